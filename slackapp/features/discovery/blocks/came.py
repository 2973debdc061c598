"""What whoever made a poll about attendance is asked once it is closed: what came of it."""

from slackapp.core.words import clip, written_day
from slackapp.features.discovery.blocks.log import EDIT, functions_named
from slackapp.features.discovery.queries import Logged
from slackapp.features.discovery.rules import ActivityKind
from slackapp.slack.blocks import Message, actions, bold, button, paragraph, small
from slackapp.slack.text import escape


def question(logged: Logged | None, *, is_open: bool) -> Message:
    """The question as it should look now: open, answered, or no longer asked."""
    if logged is None:
        text = "What this asked about was removed. There is nothing to do."
        return Message(text, [paragraph(text)])
    if not is_open:
        return noted(logged)
    activity = logged.activity
    kind = ActivityKind(activity.kind).label
    there = f"{functions_named(logged.present)} said they would be there" if logged.present else ""
    about = " · ".join(filter(None, [logged.counted_by, there, f"closed {written_day(activity.day)}"]))
    return Message(
        text=f"{kind}: what came of it?",
        blocks=[
            paragraph(bold(kind), ": what came of it?"),
            small(about),
            actions(button(EDIT, "What came of it?", str(activity.id), style="primary")),
        ],
        hint="Or just reply with a sentence.",
    )


def noted(logged: Logged) -> Message:
    """It was answered, and can be changed."""
    activity = logged.activity
    kind = ActivityKind(activity.kind).label
    what = f": {clip(activity.note, 300)}" if activity.note else " is logged."
    return Message(
        escape(f"{kind}{what}"),
        [paragraph(bold(kind), what), actions(button(EDIT, "Change", str(activity.id)))],
    )


def not_taken(sentence: str) -> Message:
    """A reply that could not be taken as the answer."""
    return Message(escape(sentence), [paragraph(sentence)])
