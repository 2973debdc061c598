"""Telling the facilitator privately: the form, and what the facilitator reads."""

from slack_sdk.models.views import View

from slackapp.features.retros.blocks.status import CONFIDE
from slackapp.features.retros.models import Retro
from slackapp.slack.blocks import MOST_TYPED, Field, Message, bold, entry, form, paragraph, small
from slackapp.slack.replies import Whisper
from slackapp.slack.text import quoted


def confide(retro: Retro, facilitator: str, *, here: str = "") -> View:
    """`facilitator`: their name."""
    return form(
        "Tell the facilitator",
        callback_id=CONFIDE,
        submit="Send",
        metadata=f"{retro.id}:{here}",
        blocks=[
            entry(
                Field("text", "What should the facilitator know?"),
                multiline=True,
                max_length=MOST_TYPED,
                focus=True,
            ),
            small(
                f"{facilitator} gets these words in a direct message, and nobody else does. They are kept "
                f"without your name, so nobody can answer you; {facilitator} sees when they came. "
                "Slack carries this form, so Slack itself knows that you sent it."
            ),
        ],
    )


def passed_on() -> Whisper:
    """To whoever told it: nothing in the channel shows that it went."""
    text = "The facilitator has your words in a direct message, without your name."
    return Whisper(text, [paragraph(text)])


def confided(retro: Retro, text: str) -> Message:
    """What the facilitator reads."""
    return Message(
        f"Somebody in {retro.label} told you privately: {quoted(text, 200)}",
        [
            paragraph(bold(f"Somebody in {retro.label} told you privately:")),
            paragraph(text),
            small("It is kept without its author, so there is no way to answer them."),
        ],
    )
