"""The message that asks, and what is said to a reply that answers nothing."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from slackapp.slack.blocks import Message, bullets, paragraph


def asking(questions: Sequence[Message]) -> Message:
    """One message for everything asked of a person on one morning."""
    blocks: list[Block] = []
    for question in questions:
        if blocks:
            blocks.append(DividerBlock())
        blocks += question.blocks
    more = f" (and {len(questions) - 1} more)" if len(questions) > 1 else ""
    return Message(text=f"{questions[0].text}{more}", blocks=blocks)


def nothing_open() -> Message:
    text = "I read replies to my questions, and none is open for you. /launch help says what else I can do."
    return Message(text=text, blocks=[paragraph(text)])


def which_one(questions: Sequence[Message]) -> Message:
    """Several are open, so a bare reply could belong to any of them."""
    text = f"{len(questions)} questions are open, so I cannot tell which one this answers."
    return Message(
        text=text,
        blocks=[
            paragraph(f"{text} Press Record under the one you mean:"),
            bullets([[question.text] for question in questions]),
        ],
    )
