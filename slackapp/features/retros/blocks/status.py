"""The status message of a retro: how it stands, what comes next, and buttons for it."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.progress import Progress
from slackapp.features.retros.rules import NAMES, Phase, Template
from slackapp.slack.blocks import Message, actions, bold, button, paragraph
from slackapp.slack.text import quoted

PART = "retros.part"
NEXT = "retros.next"
FACILITATE = "retros.facilitate"
CONFIDE = "retros.confide"

#: What people press to do their part.
PARTS: Mapping[Phase, str] = {
    Phase.COLLECT: "Write notes",
    Phase.GROUP: "Group notes",
    Phase.VOTE: "Vote",
    Phase.DISCUSS: "Discuss",
    Phase.CLOSE: "Score",
}
#: What facilitators press to go on.
NEXTS: Mapping[Phase, str] = {
    Phase.COLLECT: "Reveal the notes",
    Phase.GROUP: "Begin voting",
    Phase.VOTE: "Begin discussing",
    Phase.DISCUSS: "Begin closing",
    Phase.CLOSE: "Close it",
}


def title(about: Retro) -> str:
    """R-7 Post-launch review."""
    template = Template(about.template)
    if template is Template.CUSTOM:
        return f"{about.label} {clip(', '.join(about.columns), 150)}"
    return f"{about.label} {template.label}"


def status(progress: Progress) -> Message:
    about = progress.retro
    phase = Phase(about.phase)
    return Message(
        text=f"{quoted(title(about), 150)}: {NAMES[phase]}",
        blocks=[paragraph(bold(title(about))), paragraph(bold(NAMES[phase])), *_buttons(progress)],
    )


def _buttons(progress: Progress) -> list[Block]:
    about = progress.retro
    phase = Phase(about.phase)
    if not phase.is_open:
        return []
    return [
        actions(
            button(PART, PARTS[phase], str(about.id), style="primary"),
            button(NEXT, NEXTS[phase], f"{about.id}:{about.step}"),
            button(FACILITATE, "Facilitate", str(about.id)),
            button(CONFIDE, "Tell the facilitator", str(about.id)),
        )
    ]
