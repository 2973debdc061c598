"""What somebody sees who had part in a launch."""

from slack_sdk.models.views import View

from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Took
from slackapp.features.workspaces.blocks import function_form
from slackapp.slack.blocks import actions, bold, button, paragraph
from slackapp.slack.replies import Whisper
from slackapp.slack.text import quoted

LEAVE = "launches.leave"

_SAID = {
    Took.WORKED: "You worked on this. Its outcome comes in your morning message.",
    Took.BEFORE_SPEC: "You were in before the spec. It is counted, and never shown by name.",
}


def took_part(launch: Launch, took: Took) -> Whisper:
    name = f"{launch.label} {launch.title}"
    return Whisper(
        f"{quoted(name)}: {_SAID[took]}",
        [
            paragraph(bold(name), ": ", _SAID[took]),
            actions(button(f"{LEAVE}.{took}", "Take back", str(launch.id))),
        ],
    )


def whose_function(launch: Launch) -> View:
    """It is counted by function, so whoever never said theirs is asked for it, once."""
    take_back = button(f"{LEAVE}.{Took.BEFORE_SPEC}", "Take back", str(launch.id))
    return function_form(
        [paragraph(bold(f"{launch.label} {launch.title}"), ": ", _SAID[Took.BEFORE_SPEC])],
        below=[actions(take_back)],
    )


def left_part(launch: Launch) -> Whisper:
    name = f"{launch.label} {launch.title}"
    return Whisper(f"{quoted(name)}: Taken back.", [paragraph(bold(name), ": Taken back.")])
