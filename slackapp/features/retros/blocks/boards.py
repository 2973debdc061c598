"""Notes and topics as lines of text, and long lists of them on pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, Option, OptionGroup
from slack_sdk.models.views import View

from slackapp.core.words import clip, counted
from slackapp.features.retros.models import Note
from slackapp.features.retros.queries.topics import Board, TopicView
from slackapp.features.retros.rules import column_name
from slackapp.features.retros.rules.topics import name_alone
from slackapp.slack.blocks import Part, actions, bold, bullets, button, italic, link, paragraph
from slackapp.slack.plain import Choice, Plain

#: Of a list in one block. Slack takes more, but does not say how much.
_ROWS, _LETTERS = 40, 2500

#: Of one page.
_PAGE_BLOCKS, _PAGE_LETTERS = 60, 9000


#: Characters of an option, and options of a group.
_OPTION, _MOST_OPTIONS = 75, 100


@dataclass(frozen=True)
class Piece:
    """What stays together on a page."""

    blocks: Sequence[Block]
    letters: int


def line(board: Board, note: Note, *, number: int | None = None, with_column: bool = True) -> list[Part]:
    """A note, with its number, its author, and from where and when it is, as far as that is known."""
    parts: list[Part] = [bold(f"{number}  ")] if number is not None else []
    parts.append(note.text)
    author = board.names.get(note.author_id or "")
    said = [f" · {author}"] if author else []
    if with_column and len(board.retro.columns) > 1:
        said.append(f" · {column_name(board.retro.columns, note.column)}")
    if note.is_late:
        said.append(" · late")
    if said:
        parts.append(italic("".join(said)))
    if note.source_link:
        parts += [" · ", link(note.source_link, "from a message")]
    return parts


def listed(title: Sequence[Part], rows: Sequence[Sequence[Part]]) -> list[Piece]:
    """A heading with its list, in pieces where it is long."""
    pieces: list[Piece] = []
    for chunk in _chunks(rows):
        heading = title if not pieces else [*title, italic(" · continued")]
        letters = _letters(heading) + sum(_letters(row) for row in chunk)
        pieces.append(Piece([paragraph(*heading), bullets(chunk)], letters))
    return pieces or [Piece([paragraph(*title)], _letters(title))]


def says_itself(view: TopicView) -> bool:
    """Whether it is called by the one note that it holds."""
    return len(view.notes) == 1 and view.topic.name == name_alone(view.notes[0].text)


def titled(board: Board, view: TopicView, standing: str) -> list[Part]:
    """Its name and how it stands; a note that says itself stands there in full, with what is known of it."""
    if not says_itself(view):
        return [bold(view.topic.name), standing]
    text, *rest = line(board, view.notes[0])
    return [bold(str(text)), standing, *rest]


def listed_notes(board: Board, view: TopicView) -> list[list[Part]]:
    """The notes of a topic, if its title is none."""
    return [] if says_itself(view) else [line(board, note) for note in view.notes]


def votes(number: int) -> str:
    return counted(number, "vote")


def paged(
    pieces: Iterable[Piece], *, blocks: int = _PAGE_BLOCKS, letters: int = _PAGE_LETTERS
) -> list[list[Block]]:
    """The pieces on pages of at most so many blocks and letters; there is one page at least."""
    pages: list[list[Block]] = [[]]
    room = letters
    for piece in pieces:
        if pages[-1] and (len(pages[-1]) + len(piece.blocks) > blocks or piece.letters > room):
            pages.append([])
            room = letters
        pages[-1] += piece.blocks
        room -= piece.letters
    return pages


def turning(action_id: str, page: int, pages: int) -> list[ActionsBlock]:
    """Buttons to turn the pages; nothing if there is one."""
    turn = []
    if page > 0:
        turn.append(button(f"{action_id}.back", f"Page {page} of {pages}", str(page - 1)))
    if page + 1 < pages:
        turn.append(button(f"{action_id}.on", f"Page {page + 2} of {pages}", str(page + 1)))
    return [actions(*turn, block_id=action_id)] if turn else []


def choices(label: str, options: Sequence[tuple[str, str]]) -> list[OptionGroup]:
    """Options for a menu, as (value, label). Slack takes a hundred in a group, and a hundred groups."""
    made = [option(value, shown) for value, shown in options]
    return [
        OptionGroup(
            label=Plain(clip(label, _OPTION)),
            options=made[start : start + _MOST_OPTIONS],
        )
        for start in range(0, len(made), _MOST_OPTIONS)
    ]


def option(value: str, label: str) -> Option:
    return Choice(value, clip(label, _OPTION))


def topic_choices(topics: Sequence[TopicView]) -> list[tuple[str, str]]:
    return [(str(view.topic.id), _called(view)) for view in topics]


def _called(view: TopicView) -> str:
    size = f" ({counted(len(view.notes), 'note')})"
    return f"{clip(view.topic.name, _OPTION - len(size))}{size}"


def sheet(title: str, blocks: Sequence[Block], *, metadata: str) -> View:
    """A modal with nothing to fill in."""
    return View(
        type="modal",
        private_metadata=metadata,
        title=Plain(clip(title, 24)),
        close=Plain("Close"),
        blocks=blocks,
    )


def _chunks(rows: Sequence[Sequence[Part]]) -> list[list[Sequence[Part]]]:
    chunks: list[list[Sequence[Part]]] = []
    room = 0
    for row in rows:
        if not chunks or len(chunks[-1]) == _ROWS or _letters(row) > room:
            chunks.append([])
            room = _LETTERS
        chunks[-1].append(row)
        room -= _letters(row)
    return chunks


def _letters(parts: Sequence[Part]) -> int:
    return sum(len(part if isinstance(part, str) else str(part.get("text", ""))) for part in parts)
