"""What somebody sees who had part in a launch."""

from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Took
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


def left_part(launch: Launch) -> Whisper:
    name = f"{launch.label} {launch.title}"
    return Whisper(f"{quoted(name)}: Taken back.", [paragraph(bold(name), ": Taken back.")])
