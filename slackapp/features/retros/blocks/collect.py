"""Writing notes: the form for all columns, the one for a single note, what waits for the next retro."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from slackapp.core.words import clip
from slackapp.features.retros.models import Note, Retro
from slackapp.features.retros.rules import FEWEST_HANDS
from slackapp.features.retros.rules.notes import LINES, LONGEST_NOTE, NOTHING, new_field, own_field
from slackapp.slack.blocks import (
    MOST_TYPED,
    Field,
    actions,
    bold,
    boxes,
    button,
    choice,
    entry,
    form,
    link,
    markdown,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper

COLLECT = "retros.collect"
ADD = "retros.add"
FROM_MESSAGE = "retros.add_from_message"
TAKE_BACK = "retros.take_back"

_LONGEST_LABEL = 75


@dataclass(frozen=True)
class Writing:
    """Somebody's form of notes."""

    retro: Retro
    #: What they handed in and may still change.
    own: Sequence[Note]
    has_handed_in: bool
    #: What is handed in from now on is marked as late.
    is_late: bool
    #: The channel they opened it in.
    here: str = ""
    #: How often it was handed in.
    turn: int = 0
    #: What became of that, in a sentence.
    kept: str = ""


def promise(retro: Retro, where: str = "here") -> str:
    """What becomes of a note. `where` it can be changed."""
    if not retro.is_anonymous:
        return (
            "Your name stands beside your notes. All notes are revealed together; until then nobody reads "
            f"them, the facilitator included, and you can change yours {where}."
        )
    return (
        "Anonymous: notes are kept without author and time, and under random ids. All are revealed together, "
        f"shuffled; if fewer than {_WRITTEN} people write some, none is. Until then you can change yours "
        f"{where}; afterwards nothing says whose they were."
    )


_LATER = "with Write notes in the retro's message"
_WRITTEN = {3: "three"}.get(FEWEST_HANDS, str(FEWEST_HANDS))


def collect(writing: Writing) -> View:
    """The form for notes: an input for each column, and below what was handed in so far."""
    retro = writing.retro
    blocks: list[Block] = []
    if writing.kept:
        blocks.append(paragraph(bold(writing.kept), " Write more, or close this."))
    if writing.is_late:
        blocks.append(
            small("Collecting was to be over by now: what you hand in is taken, and marked as late.")
        )
    blocks.append(small(promise(retro)))
    blocks += [
        entry(
            Field(new_field(number, writing.turn), name, optional=True),
            multiline=True,
            max_length=MOST_TYPED,
            focus=number == 0 and not writing.own,
        )
        for number, name in enumerate(retro.columns)
    ]
    blocks.append(
        boxes(
            Field(LINES, "Several at a time", optional=True),
            [(LINES, "Each line is a note of its own")],
            ticked={LINES},
        )
    )
    if not writing.has_handed_in:
        blocks.append(
            boxes(Field(NOTHING, "Nothing this time?", optional=True), [(NOTHING, "I have nothing to add")])
        )
    if writing.own:
        blocks.append(paragraph(bold("Yours so far"), ". Change them here, or empty one to withdraw it."))
        blocks += [
            entry(
                Field(own_field(note.id), retro.columns[note.column], optional=True),
                initial=note.text,
                multiline=True,
                max_length=MOST_TYPED,
            )
            for note in writing.own
        ]
    return form(
        f"Notes for {retro.label}",
        callback_id=COLLECT,
        submit="Hand in",
        close="Close",
        metadata=f"{retro.id}:{writing.turn}:{writing.here}",
        blocks=blocks,
    )


def one_note(retro: Retro | None, text: str, *, link_to: str = "", metadata: str) -> View:
    """The form for one note, for a column of this retro, or for the channel's next one."""
    blocks: list[Block] = [
        entry(
            Field("text", "Note", hint=f"At most {LONGEST_NOTE} characters."),
            initial=text or None,
            multiline=True,
            max_length=MOST_TYPED,
            focus=True,
        )
    ]
    if link_to:
        blocks.append(paragraph("It is kept with a link: ", link(link_to, "from a message"), "."))
    if retro is None:
        blocks.append(small(f"No retro collects notes here now. {_WAITS}"))
    else:
        columns = [(str(n), clip(name, _LONGEST_LABEL)) for n, name in enumerate(retro.columns)]
        blocks.insert(0, choice(Field("column", "Where?"), columns, initial="0"))
        blocks.append(small(promise(retro, _LATER)))
    return form(
        f"Add to {retro.label}" if retro else "Add to the next retro",
        callback_id=ADD,
        submit="Hand in" if retro else "Keep",
        metadata=metadata,
        blocks=blocks,
    )


_WAITS = "This waits for the channel's next one, without your name, and is read when that begins."


def added(retro: Retro, column: int) -> Whisper:
    text = f"Your note is in {retro.label}."
    where = retro.columns[column]
    return Whisper(
        text,
        [
            paragraph(f"Your note is in {retro.label}, under ", bold(where), "."),
            small(promise(retro, _LATER)),
        ],
    )


def waits(waiting_id: str, open_retro: Retro | None) -> Whisper:
    """The note is kept for the channel's next retro."""
    text = "Kept for the next retro here, without your name."
    why = f"{open_retro.label} is past collecting notes. " if open_retro else ""
    return Whisper(text, [markdown(why + text), actions(button(TAKE_BACK, "Take back", waiting_id))])


def taken_back() -> Whisper:
    text = "Taken back: the note is gone."
    return Whisper(text, [markdown(text)])
