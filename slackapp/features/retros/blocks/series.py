"""What is said of retros that recur."""

from slackapp.slack.blocks import Message, paragraph
from slackapp.slack.text import escape


def without_facilitator(name: str) -> Message:
    """In the channel, once, in place of the next one."""
    text = (
        f"The retros here do not recur any more: {name}, who facilitated them, is not here. "
        "Whoever would like to go on can start them anew with /retro start."
    )
    return Message(escape(text), [paragraph(text)])
