"""The form that puts notes into topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    InputBlock,
    OptionGroup,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from slackapp.core.words import counted, plain
from slackapp.features.retros.blocks.boards import (
    Piece,
    choices,
    line,
    listed,
    option,
    paged,
    topic_choices,
    turning,
)
from slackapp.features.retros.models import Note
from slackapp.features.retros.queries.topics import Board, TopicView
from slackapp.features.retros.rules import column_name
from slackapp.features.retros.rules.topics import Into
from slackapp.slack.blocks import (
    MOST_TYPED,
    VALUE,
    Confirm,
    Field,
    actions,
    bold,
    button,
    element,
    entry,
    form,
    italic,
    paragraph,
    small,
)

GROUP = "retros.group"
GROUP_PAGE = "retros.group.page"
START_OVER = "retros.group.start_over"


@dataclass(frozen=True)
class Grouping:
    """Somebody's form."""

    board: Board
    page: int = 0
    #: How often it was handed in: its inputs are empty again then.
    turn: int = 0
    #: What came of that.
    done: str = ""


def field(name: str, turn: int) -> str:
    """The block id of an input: another one after each submit, so that Slack shows it empty."""
    return f"{name}_{turn}"


def group(grouping: Grouping) -> View:
    board = grouping.board
    topics = [view for view in board.topics if not view.topic.is_single]
    alone = sorted(
        [*board.loose, *(note for view in board.topics if view.topic.is_single for note in view.notes)],
        key=_place,
    )
    numbers = _numbers(topics, alone)
    pages = paged([*_topics(board, topics, numbers), *_alone(board, alone, numbers)])
    page = min(grouping.page, len(pages) - 1)
    again = button(f"{GROUP_PAGE}.here", "Refresh", str(page))
    over = button(START_OVER, "Start over", style="danger", confirm=_OVER)
    blocks: list[Block] = [
        *_how_it_stands(grouping, topics, alone),
        *_inputs(board, topics, numbers, grouping.turn),
        actions(again, *([over] if board.topics else ())),
        DividerBlock(),
        *pages[page],
        *turning(GROUP_PAGE, page, len(pages)),
    ]
    return form(
        f"Group notes of {board.retro.label}"[:24],
        callback_id=GROUP,
        submit="Put together",
        close="Close",
        metadata=f"{board.retro.id}:{page}:{grouping.turn}",
        blocks=blocks,
    )


_OVER = Confirm(
    title="Start over?",
    text="All topics go, also those that others made, and every note stands alone. This cannot be undone.",
    go_on="Start over",
)


def _place(note: Note) -> tuple[int, str]:
    return note.position or 0, note.id


def _numbers(topics: Sequence[TopicView], alone: Sequence[Note]) -> Mapping[str, int]:
    """The number of each note: the same wherever it goes."""
    notes = sorted([*alone, *(note for view in topics for note in view.notes)], key=_place)
    return {note.id: number for number, note in enumerate(notes, 1)}


def _how_it_stands(grouping: Grouping, topics: Sequence[TopicView], alone: Sequence[Note]) -> list[Block]:
    blocks: list[Block] = [paragraph(bold(grouping.done))] if grouping.done else []
    left = f"{counted(len(alone), 'note')} in none" if alone else "every note is in one"
    stands = f"{counted(len(topics), 'topic')}, and {left}. All are below."
    if any(view.topic.is_draft for view in topics):
        stands += " Those marked as suggested were put together by likeness: change whatever you like."
    if alone:
        stands += " Notes that stay alone are voted for one by one."
    return [*blocks, small(stands)]


def _inputs(
    board: Board, topics: Sequence[TopicView], numbers: Mapping[str, int], turn: int
) -> list[InputBlock]:
    named = topic_choices(topics)
    new, none = option(Into.NEW, "A new topic"), option(Into.NONE, "No topic: they stand alone")
    otherwise = OptionGroup(label="Otherwise", options=[new, none])
    chosen = [
        (
            Field(field("notes", turn), "Notes", optional=True),
            "By number, or by a word",
            _notes(board, numbers),
        ),
        (
            Field(field("topics", turn), "Whole topics", optional=True),
            "To merge them, or to give one another name",
            choices("Topics", named),
        ),
    ]
    return [
        *(
            element(
                about,
                StaticMultiSelectElement(action_id=VALUE, placeholder=placeholder, option_groups=offered),
            )
            for about, placeholder, offered in chosen
            if offered
        ),
        element(
            Field(field("into", turn), "Put them into"),
            StaticSelectElement(
                action_id=VALUE,
                initial_option=new,
                option_groups=[otherwise, *choices("Topics", named)],
            ),
        ),
        entry(
            Field(
                field("name", turn),
                "Name",
                hint="Empty: a topic keeps its name, and a new one is called by what its notes share.",
                optional=True,
            ),
            placeholder="Slow deploys",
            max_length=MOST_TYPED,
        ),
    ]


def _notes(board: Board, numbers: Mapping[str, int]) -> list[OptionGroup]:
    notes = [*board.loose, *(note for view in board.topics for note in view.notes)]
    groups: list[OptionGroup] = []
    for column, among in groupby(
        sorted(notes, key=lambda note: (note.column, numbers[note.id])), key=lambda note: note.column
    ):
        options = [(note.id, f"{numbers[note.id]} · {plain(note.text)}") for note in among]
        groups += choices(column_name(board.retro.columns, column), options)
    return groups


def _topics(board: Board, topics: Sequence[TopicView], numbers: Mapping[str, int]) -> list[Piece]:
    return [
        piece
        for view in topics
        for piece in listed(
            [
                bold(view.topic.name),
                f" · {counted(len(view.notes), 'note')}",
                italic(" · suggested") if view.topic.is_draft else "",
            ],
            [line(board, note, number=numbers[note.id]) for note in view.notes],
        )
    ]


def _alone(board: Board, alone: Sequence[Note], numbers: Mapping[str, int]) -> list[Piece]:
    by_column = groupby(
        sorted(alone, key=lambda note: (note.column, numbers[note.id])), key=lambda note: note.column
    )
    return [
        piece
        for column, notes in by_column
        for piece in listed(
            [bold(column_name(board.retro.columns, column)), " · in no topic"],
            [line(board, note, number=numbers[note.id], with_column=False) for note in notes],
        )
    ]
