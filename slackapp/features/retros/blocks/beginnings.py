"""What is said of a retro that nothing can come of, and of retros that recur no more."""

from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import FEWEST_HANDS
from slackapp.slack.blocks import Message, channel, paragraph
from slackapp.slack.text import escape


def too_few(retro: Retro, meant: int) -> Message:
    """To its facilitator."""
    few = "1 person is" if meant == 1 else f"{meant} people are"
    why = f"{retro.label} is anonymous, so nothing is revealed before {FEWEST_HANDS} have written notes, and "
    then = ". Ask more people to join, or cancel it below Facilitate and start one with names."
    return Message(
        f"{why}{few} in its channel{then}", [paragraph(why, f"{few} in ", channel(retro.channel_id), then)]
    )


def without_facilitator(name: str) -> Message:
    """In the channel, once, in place of the next one."""
    text = (
        f"The retros here do not recur any more: {name}, who facilitated them, is not here. "
        "Whoever would like to go on can start them anew with /retro start."
    )
    return Message(escape(text), [paragraph(text)])
