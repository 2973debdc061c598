"""What `/discovery` answers that is no form and no report."""

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.features.discovery.rules import likely
from slackapp.slack.blocks import bold, markdown, paragraph
from slackapp.slack.replies import Whisper


def help_text(text: str = "") -> Whisper:
    """`text` is what was typed and not understood."""
    blocks: list[Block] = []
    if text:
        meant = likely(text)
        hint = f" Perhaps /discovery {meant}?" if meant else ""
        blocks.append(paragraph("I do not know ", bold(f"/discovery {clip(text, 150)}"), f".{hint}"))
    blocks.append(
        markdown(
            "*`/discovery` records who takes part in finding out what to build, and what comes of it.*\n"
            "`/discovery log` says what was done, with whom, and what came of it\n"
            "`/discovery poll` asks the team something, once or again and again\n"
            "`/discovery poll Shall we meet on Tuesday?` begins with your question\n"
            "`/discovery poll list` shows this channel's polls and their results; *Manage* stops one\n"
            "`/discovery poll show P-3` shows what one came to over its rounds, with files of it\n"
            "`/discovery report` says which functions take part, and whether it makes a difference; "
            "`/discovery report 30` looks back 30 days\n"
            "`/discovery help` shows this\n"
            "The shortest way is a button: *I was in before the spec*, on a launch's card."
        )
    )
    return Whisper("What /discovery does", blocks)
