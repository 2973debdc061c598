"""A retro that waits: for more notes than it has, or for its facilitator to go on."""

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextObject
from slack_sdk.models.views import View

from slackapp.features.retros.blocks.moments import moment
from slackapp.features.retros.blocks.status import (
    FACILITATE,
    NEXT,
    PART,
    PARTS,
    next_button,
    title,
)
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.progress import Progress
from slackapp.features.retros.rules import FEWEST_HANDS, NAMES, Phase, Stop
from slackapp.slack.blocks import Confirm, Message, Part, actions, bold, button, channel, paragraph, small
from slackapp.slack.text import escape, quoted

GO_ON = "retros.go_on"
CANCEL = "retros.cancel"

_WITHOUT = Confirm(
    "Go on without these notes?",
    "What was handed in is erased unread. Nobody can bring it back.",
    "Erase and go on",
)
_SURE = Confirm(
    "Cancel the retro?",
    "Nothing is revealed: its notes and votes are erased. Action items stay. Nobody can bring it back.",
    "Cancel the retro",
)
_HANDED_IN = {1: "1 person has handed in", 0: "Nobody has handed in"}

#: What a facilitator is asked to do of a retro that waits for them.
_TO_DO = {
    Phase.COLLECT: "it has no deadline, and notes are revealed when you say so",
    Phase.GROUP: "notes can be grouped until you begin the vote",
    Phase.VOTE: "people vote until you begin the discussion",
    Phase.DISCUSS: "topics are discussed until you begin the close",
    Phase.CLOSE: "it is to be closed, with what happened to users",
}


def _where(about: Retro) -> list[Part]:
    """Which retro: whoever reads a direct message is in several channels."""
    return [bold(title(about)), " in ", channel(about.channel_id)]


def why_it_stops(about: Retro, stop: Stop) -> str:
    """A sentence for whoever wanted to reveal the notes."""
    if stop is Stop.NOBODY:
        return f"Nobody has handed in anything to {about.label}."
    return (
        f"Fewer than {FEWEST_HANDS} people have written notes for {about.label}, and it is anonymous: "
        "nothing is revealed, so that nobody can be recognised by what they wrote."
    )


def stopped(progress: Progress, stop: Stop, *, may_cancel: bool) -> View:
    """What a facilitator can do whose retro cannot go on yet."""
    about = progress.retro
    value = f"{about.id}:{about.step}"
    found = [button(FACILITATE, "Give it more time", str(about.id), style="primary")]
    if stop is Stop.NOBODY:
        found.append(button(GO_ON, "Go on without notes", value))
    else:
        found.append(button(GO_ON, "Go on without these notes", value, confirm=_WITHOUT))
    if may_cancel:
        found.append(cancel_button(about))
    lines: list[Block] = [paragraph(bold(title(about))), paragraph(why_it_stops(about, stop))]
    if stop is Stop.TOO_FEW:
        so_far = _HANDED_IN.get(progress.handed_in, f"{progress.handed_in} people have handed in")
        lines.append(paragraph(f"{so_far} so far."))
    return View(
        type="modal",
        title=PlainTextObject(text="Not yet"),
        close=PlainTextObject(text="Close"),
        private_metadata=value,
        blocks=[*lines, actions(*found), small("Without notes the retro talks about what happened.")],
    )


def cancel_button(about: Retro) -> ButtonElement:
    return button(CANCEL, "Cancel the retro", str(about.id), style="danger", confirm=_SURE)


def time_is_up(progress: Progress, stop: Stop) -> Message:
    """What its facilitator is told at once."""
    about = progress.retro
    words = f"{why_it_stops(about, stop)} The time for notes is over, and it waits for you."
    return Message(
        text=escape(words),
        blocks=[
            paragraph(*_where(about)),
            paragraph(words),
            actions(
                button(NEXT, "What can I do?", f"{about.id}:{about.step}", style="primary"),
            ),
        ],
    )


def over(about: Retro) -> Message:
    """In place of what asked for something in a phase that is over."""
    words = f"{title(about)} has moved on: there is nothing to do here any more."
    return Message(text=quoted(words, 300), blocks=[paragraph(words)])


def waits(about: Retro) -> Message:
    """The question to the facilitator: open, or no longer asked."""
    phase = Phase(about.phase)
    if not phase.is_open or about.phase_ends_at is not None:
        words = f"{title(about)}: {NAMES[phase]}. It does not wait for you any more."
        return Message(text=quoted(words, 200), blocks=[paragraph(words)])
    return Message(
        text=f"{quoted(title(about), 150)} waits for you.",
        blocks=[
            paragraph(*_where(about), f" waits for you: {_TO_DO[phase]}."),
            actions(next_button(about), button(FACILITATE, "Facilitate", str(about.id))),
        ],
        hint="Press its button to go on.",
    )


def only_by_button(about: Retro) -> Message:
    words = f"{about.label} goes on when you press the button in the message above."
    return Message(text=words, blocks=[paragraph(words)])


def taken_over(about: Retro, before: str) -> Message:
    """To whoever facilitates from now on because somebody left."""
    words = f"You facilitate {title(about)} now, since {before} is not here any more."
    return Message(
        text=quoted(words, 300),
        blocks=[
            paragraph(words),
            actions(next_button(about), button(FACILITATE, "Facilitate", str(about.id))),
        ],
    )


def reminder(about: Retro) -> Message:
    """To somebody who was invited and has not handed in, or not voted."""
    phase = Phase(about.phase)
    asks, missing = (
        ("notes are collected", "handed in")
        if phase is Phase.COLLECT
        else ("topics can be voted for", "voted")
    )
    until: list[Part] = []
    if about.phase_ends_at is not None:
        until = [" ", moment("until", about.phase_ends_at, is_live=about.is_live)]
    lines: list[Block] = [paragraph(*_where(about), ": ", asks, *until, ".")]
    if about.is_anonymous:
        lines.append(small(f"You are reminded because you have not {missing} yet. Nobody else is told that."))
    return Message(
        text=f"{quoted(title(about), 150)}: {asks}, and you have not {missing} yet.",
        blocks=[*lines, actions(button(PART, PARTS[phase], str(about.id), style="primary"))],
    )
