"""Notes as people type them: how one becomes several, how long one may be, and how an author finds theirs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackapp.core.errors import FieldError, UserError
from slackapp.core.words import clip, counted, plain, tidy

#: Characters of a note.
LONGEST_NOTE = 500

#: Notes that one person can have unrevealed in a retro: all of them fit one form.
MOST_OWN = 30

#: Notes that can wait for a channel's next retro.
MOST_WAITING = 100

#: Characters of what is told privately.
LONGEST_CONFIDED = 2000

#: The two boxes of the form, and their only value.
LINES, NOTHING = "lines", "nothing"

_NEW, _OWN = "new", "note"

#: What a list that is pasted has before each line.
_BULLET = re.compile(r"^\s*[-*\N{BULLET}\N{EN DASH}]\s+")

#: There are fewer than ten.
_COLUMN = re.compile(r"[0-9]")

#: How Slack writes what calls many at once, a group, or a day: `<!channel>`, `<!subteam^S1|@team>`.
_CALL = re.compile(r"<!([a-z]+)(?:\^[^<>|]*)?(?:\|([^<>]*))?>")


@dataclass(frozen=True)
class Written:
    """What somebody hands in."""

    #: Column and text of each new note.
    new: Sequence[tuple[int, str]]
    #: What became of own notes, by id; empty: withdrawn.
    edited: Mapping[str, str]
    #: They say that they have nothing to add.
    nothing: bool


def new_field(column: int, turn: int) -> str:
    """The input for new notes of a column. `turn`: a form that was handed in comes back with empty ones."""
    return f"{_NEW}_{column}_{turn}"


def own_field(note_id: str) -> str:
    """The input of a note that was handed in."""
    return f"{_OWN}_{note_id}"


def message_link(channel_id: str, ts: str, thread_ts: str | None) -> str:
    """Where a message is read in Slack, whatever the workspace is called there."""
    link = f"https://slack.com/archives/{channel_id}/p{ts.replace('.', '')}"
    return link if thread_ts in {None, ts} else f"{link}?thread_ts={thread_ts}&cid={channel_id}"


def without_calls(text: str) -> str:
    """Slack's marks for channel calls, groups and days, as people read them."""
    return _CALL.sub(lambda found: found[2] or f"@{found[1]}", text)


def split(text: str, *, each_line: bool) -> list[str]:
    """The notes in what was typed: one a line, or all of it; empty ones are none."""
    if not each_line:
        return [tidy(text)] if tidy(text) else []
    lines = (plain(_BULLET.sub("", line)) for line in text.splitlines())
    return [line for line in lines if line]


def checked(text: str) -> str:
    """A note as it is kept. Raises `UserError` if it is empty or too long."""
    note = tidy(text)
    if not note:
        raise UserError("Write something first.")
    if len(note) > LONGEST_NOTE:
        raise UserError(
            f"Please keep a note to {LONGEST_NOTE} characters. “{clip(plain(note), 40)}” has {len(note):,}."
        )
    return note


def checked_word(text: str) -> str:
    """What is told privately, as it is kept. Raises `UserError` if it is empty or too long."""
    word = tidy(text)
    if not word:
        raise UserError("Write something first.")
    if len(word) > LONGEST_CONFIDED:
        raise UserError(f"Please keep this to {LONGEST_CONFIDED:,} characters; these are {len(word):,}.")
    return word


def read_form(values: Mapping[str, object], shown: Mapping[str, object]) -> Written:
    """What the form holds. `shown`: what stood in its inputs at first, which is no change.

    Raises `FieldError`: for notes that are too long, and where nothing was written.
    """
    each_line = bool(values.get(LINES))
    new: list[tuple[int, str]] = []
    edited: dict[str, str] = {}
    mistakes: dict[str, str] = {}
    for field, value in values.items():
        kind, _, about = field.partition("_")
        typed = value if isinstance(value, str) else ""
        try:
            if kind == _NEW:
                column = _column(about)
                new += [(column, checked(note)) for note in split(typed, each_line=each_line)]
            elif kind == _OWN and typed != (shown.get(field) or ""):
                edited[about] = checked(typed) if tidy(typed) else ""
        except UserError as error:
            mistakes[field] = error.sentence
    if mistakes:
        raise FieldError(mistakes)
    return Written(new, edited, nothing=bool(values.get(NOTHING)))


def _column(about: str) -> int:
    """The column that an input of `new_field` is for; -1, which no retro has, if it is for none."""
    found = about.partition("_")[0]
    return int(found) if _COLUMN.fullmatch(found) else -1


def check_number(own: int) -> None:
    """Raises `UserError` if one person would have so many notes."""
    if own > MOST_OWN:
        raise UserError(
            f"That would be {own} notes of yours, and {MOST_OWN} is the most. "
            "Put some of them together, or take away those that matter least."
        )


def how_many(new: int, changed: int, withdrawn: int) -> str:
    """What became of what was handed in, in a sentence."""
    said = [f"{counted(new, 'note')} kept"] if new else []
    if changed:
        said.append(f"{counted(changed, 'note')} changed")
    if withdrawn:
        said.append(f"{counted(withdrawn, 'note')} withdrawn")
    return f"{', '.join(said)}." if said else "Nothing was changed."
