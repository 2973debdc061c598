"""What `/retro help` says."""

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.slack.blocks import bold, markdown, paragraph
from slackapp.slack.replies import Whisper


def help_text(typed: str = "") -> Whisper:
    """What `/retro` does. `typed` is what was not understood."""
    blocks: list[Block] = []
    if typed:
        blocks.append(paragraph("I do not know what to do with ", bold(clip(typed, 150)), "."))
    blocks.append(
        markdown(
            "*`/retro` looks back together: on what was measured, and on what everybody writes.*\n"
            "`/retro` starts one in this channel\n"
            "`/retro add The import took a whole day` hands in a note; with none open it waits\n"
            "`/retro status` says how the open one stands\n"
            "`/retro actions` shows what is still to do here\n"
            "`/retro list` shows the retros of this channel, and ends those that recur\n"
            "`/retro show R-7` shows what came of one\n"
            "`/retro help` shows this\n"
            "From a message, *Add to retro* in its menu takes it up as a note, with a link to it."
        )
    )
    return Whisper("What /retro does", blocks)
