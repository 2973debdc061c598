"""The modal to discuss in: the topic, what was noted down under it, and forms for more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock, StaticSelectElement
from slack_sdk.models.views import View

from slackapp.core.words import clip, counted
from slackapp.features.action_items.blocks import inputs, row
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState
from slackapp.features.retros.blocks.boards import (
    Piece,
    choices,
    listed,
    listed_notes,
    paged,
    sheet,
    titled,
    topic_choices,
    turning,
    votes,
)
from slackapp.features.retros.blocks.vote import MERGE
from slackapp.features.retros.models import Decision, Retro, Topic
from slackapp.features.retros.queries.topics import Board, Outcome, TopicView
from slackapp.slack.blocks import (
    MOST_TYPED,
    Field,
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    entry,
    form,
    italic,
    paragraph,
    small,
)

DISCUSS_PAGE = "retros.discuss.page"
NEXT_TOPIC = "retros.next_topic"
PREVIOUS_TOPIC = "retros.previous_topic"
CHOOSE_TOPIC = "retros.choose_topic"
ADD_ACTION = "retros.add_action"
ADD_DECISION = "retros.add_decision"
EDIT_NOTED = "retros.edit_noted"
NOTED_ACTION = "retros.note_action"
NOTED_DECISION = "retros.note_decision"


#: Of the topic so much on a page that what is to be done with it is in sight.
_PAGE_LETTERS = 3000

#: So much of what was noted down last stands below.
_NOTED = 12

#: So many of the topics that come are named.
_AHEAD = 5

#: Of a message: fewer letters than Slack takes, since it counts more than what is read.
_MESSAGE_BLOCKS, _MESSAGE_LETTERS = 44, 8000


@dataclass(frozen=True)
class Discussion:
    """What somebody sees while topics are discussed."""

    board: Board
    tally: Mapping[int, int]
    #: What is discussed; None before the first topic and after the last.
    current: Topic | None
    outcome: Outcome
    today: date
    may_facilitate: bool
    may_note: bool
    page: int = 0
    #: Where it went, if what was just noted down is under another topic than the one that is shown.
    elsewhere: str = ""


def discuss(seen: Discussion) -> View:
    board, about = seen.board, seen.board.retro
    view = next((each for each in board.topics if each.topic is seen.current), None)
    pages = paged(_topic(seen, view), letters=_PAGE_LETTERS)
    page = min(seen.page, len(pages) - 1)
    current = view.topic.id if view is not None else 0
    noting = [button(ADD_ACTION, "Add an action item"), button(ADD_DECISION, "Add a decision")]
    blocks: list[Block] = [
        *([paragraph("Noted under ", bold(seen.elsewhere), ".")] if seen.elsewhere else ()),
        *pages[page],
        *turning(DISCUSS_PAGE, page, len(pages)),
        *_noted(seen, view),
        actions(*(noting if seen.may_note else ()), button(f"{DISCUSS_PAGE}.here", "Refresh", str(page))),
        *_ahead(seen, view),
        *(_facilitating(seen, view) if seen.may_facilitate and board.topics else ()),
    ]
    return sheet(f"Discuss in {about.label}", blocks, metadata=f"{about.id}:{current}:{page}")


def _topic(seen: Discussion, view: TopicView | None) -> list[Piece]:
    if view is None:
        words = "All topics have been discussed." if seen.board.topics else "There are no topics to discuss."
        return [Piece([paragraph(bold(words))], len(words))]
    place = [each.topic.id for each in seen.board.topics].index(view.topic.id) + 1
    standing = f" · {votes(seen.tally.get(view.topic.id, 0))}"
    title = [f"{place} of {len(seen.board.topics)}: ", *titled(seen.board, view, standing)]
    return listed(title, listed_notes(seen.board, view))


def _noted(seen: Discussion, view: TopicView | None) -> list[Block]:
    """What came of this topic; what came of no topic, where none is discussed."""
    topic_id = view.topic.id if view is not None else None
    items = [item for about, item in seen.outcome.actions if about == topic_id]
    decisions = [each for each in seen.outcome.decisions if each.topic_id == topic_id]
    lines = [_line(seen, row(item, seen.today), _edited(item)) for item in items]
    lines += [_line(seen, ["Decided: ", bold(each.text)], f"decision:{each.id}") for each in decisions]
    if not lines:
        return []
    more = [small(f"… and {len(lines) - _NOTED} before these.")] if len(lines) > _NOTED else []
    shown = [block for each in lines[-_NOTED:] for block in each]
    return [paragraph(bold("Noted so far")), *more, *shown]


def _edited(item: ActionItem) -> str:
    return f"action:{item.id}" if item.state == ActionState.OPEN else ""


def _line(seen: Discussion, parts: Sequence[Part], value: str) -> list[Block]:
    blocks: list[Block] = [paragraph(*parts)]
    if value and seen.may_note:
        blocks.append(actions(button(EDIT_NOTED, "Edit", value)))
    return blocks


def _ahead(seen: Discussion, view: TopicView | None) -> list[Block]:
    """What comes next; without a vote it is at the end, and still there."""
    waiting = [each for each in seen.board.topics if each is not view and each.topic.discussed_from is None]
    if not waiting:
        return []
    rows: list[list[Part]] = [
        [clip(each.topic.name, 100), italic(f" · {votes(seen.tally.get(each.topic.id, 0))}")]
        for each in waiting[:_AHEAD]
    ]
    if len(waiting) > _AHEAD:
        rows.append([italic(f"… and {counted(len(waiting) - _AHEAD, 'more topic')}")])
    return [DividerBlock(), paragraph(bold("Still to come")), bullets(rows)]


def _facilitating(seen: Discussion, view: TopicView | None) -> list[Block]:
    topics = seen.board.topics
    current = str(view.topic.id) if view is not None else "0"
    buttons = []
    if any(each.topic.discussed_from is None for each in topics):
        buttons.append(button(NEXT_TOPIC, "Next topic", current, style="primary"))
    elif view is not None:
        buttons.append(button(NEXT_TOPIC, "Done with the last topic", current, style="primary"))
    if view is None or view is not topics[0]:
        buttons.append(button(PREVIOUS_TOPIC, "Topic before", current))
    others = [each for each in topics if each is not view]
    if len(topics) > 1:
        buttons.append(button(MERGE, "Merge topics"))
    chosen = (
        [
            actions(
                StaticSelectElement(
                    action_id=CHOOSE_TOPIC,
                    placeholder="Discuss another topic now",
                    option_groups=choices("Topics", topic_choices(others)),
                ),
                block_id=CHOOSE_TOPIC,
            )
        ]
        if others
        else []
    )
    return [*([actions(*buttons)] if buttons else ()), *chosen]


def action_form(
    about: Retro, topic: Topic | None, item: ActionItem | None = None, *, by: str, due_on: date
) -> View:
    """For a new action item, or one that was noted down."""
    fields = (
        inputs(owner=by, due_on=due_on)
        if item is None
        else inputs(owner=item.owner_id, due_on=item.due_on, text=item.text, if_then=item.if_then)
    )
    return form(
        "Add an action item" if item is None else f"Edit {item.label}",
        callback_id=NOTED_ACTION,
        submit="Add" if item is None else "Save",
        close="Close",
        metadata=_metadata(about, topic, item),
        blocks=[*_under(topic), *fields, actions(button(f"{DISCUSS_PAGE}.here", "Back", "0"))],
    )


def decision_form(about: Retro, topic: Topic | None, decision: Decision | None = None) -> View:
    return form(
        "Add a decision" if decision is None else "Edit a decision",
        callback_id=NOTED_DECISION,
        submit="Add" if decision is None else "Save",
        close="Close",
        metadata=_metadata(about, topic, decision),
        blocks=[
            *_under(topic),
            entry(
                Field(
                    "decision",
                    "What was decided?",
                    hint=None if decision is None else "Empty: it was no decision, and goes.",
                    optional=decision is not None,
                ),
                initial=decision.text if decision is not None else None,
                placeholder="We stop shipping on Fridays",
                multiline=True,
                max_length=MOST_TYPED,
                focus=True,
            ),
            actions(button(f"{DISCUSS_PAGE}.here", "Back", "0")),
        ],
    )


def _metadata(about: Retro, topic: Topic | None, what: ActionItem | Decision | None) -> str:
    return f"{about.id}:{topic.id if topic is not None else 0}:{what.id if what is not None else 0}"


def _under(topic: Topic | None) -> list[Block]:
    return [paragraph("Under ", bold(topic.name))] if topic is not None else []


def listing(board: Board, tally: Mapping[int, int]) -> list[Message]:
    """The topics in their order, for the thread of a retro over days."""
    pieces = [
        piece
        for place, view in enumerate(board.topics, 1)
        for piece in listed(
            [f"{place}. ", *titled(board, view, f" · {votes(tally.get(view.topic.id, 0))}")],
            listed_notes(board, view),
        )
    ]
    pages = paged(pieces, blocks=_MESSAGE_BLOCKS, letters=_MESSAGE_LETTERS)
    return [_listed(board, blocks, page, len(pages)) for page, blocks in enumerate(pages, 1)]


def listed_before() -> Message:
    """In place of a part that is not needed any more."""
    words = "The topics above are all there are now."
    return Message(words, [small(words)])


def not_listed(about: Retro) -> Message:
    """In place of a list of what is erased, or comes again in another way."""
    words = f"The topics of {about.label} stood here. They are not listed any more."
    return Message(words, [small(words)])


def _listed(board: Board, blocks: Iterable[Block], page: int, pages: int) -> Message:
    if not board.topics:
        words = f"{board.retro.label} has no topics. Action items and decisions can be noted all the same."
        return Message(words, [small(words)])
    part = f", part {page} of {pages}" if pages > 1 else ""
    says = "Those with the most votes come first. Talk about them here in the thread."
    heading = [paragraph(bold(f"Topics of {board.retro.label}{part}"))]
    return Message(
        f"Topics of {board.retro.label}{part}", [*heading, *([small(says)] if page == 1 else ()), *blocks]
    )
