"""Offering the retro of a launch, and what is said of a launch that the next retro looks back on."""

from slackapp.features.launches.models import Launch
from slackapp.slack.blocks import CardPart, Message, actions, bold, button, paragraph
from slackapp.slack.replies import Whisper
from slackapp.slack.text import escape, quoted

START_ABOUT = "retros.start_about"
NOT_NOW = "retros.not_now"
ADD_LAUNCH = "retros.add_launch"


def offer(launch: Launch, *, has_reading: bool) -> Message:
    """In the launch's thread, once."""
    why = "has its first number" if has_reading else "has been out for a while"
    text = f"{quoted(launch.title)} {why}. Shall we look back on it together?"
    return Message(
        text,
        [
            paragraph(bold(launch.title), f" {why}. Shall we look back on it together?"),
            actions(
                button(START_ABOUT, "Start a retro", str(launch.id), style="primary"),
                button(NOT_NOW, "Not now", str(launch.id)),
            ),
        ],
    )


def declined(launch: Launch, name: str) -> Message:
    rest = f" for now, said {name}. /retro start begins one whenever you like."
    return Message(
        f"No retro about {quoted(launch.title)}{escape(rest)}",
        [paragraph("No retro about ", bold(launch.title), rest)],
    )


def taken_up(launch: Launch, label: str) -> Message:
    return Message(
        f"{label} looks back on {quoted(launch.title)}.",
        [paragraph(bold(label), " looks back on ", bold(launch.title), ".")],
    )


def add_to_next(launch_id: int) -> CardPart:
    """Below an outcome."""
    return CardPart([], [button(ADD_LAUNCH, "Add to next retro", str(launch_id))])


def added(launch: Launch, label: str) -> Whisper:
    return Whisper(f"{label}, which is open in this channel, looks back on {quoted(launch.title)} now.")


def there_already(launch: Launch, label: str) -> Whisper:
    return Whisper(f"{label} looks back on {quoted(launch.title)} already.")


def waits(launch: Launch) -> Whisper:
    return Whisper(
        f"The next retro in this channel looks back on {quoted(launch.title)}. /retro start begins one."
    )


def waits_already(launch: Launch) -> Whisper:
    return Whisper(f"{quoted(launch.title)} waits for the next retro in this channel already.")
