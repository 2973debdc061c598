"""The message that asks, and what is said to a reply that answers nothing."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from slackapp.slack.blocks import Message, paragraph, small

#: Of the open questions so many are named, the oldest first.
MOST_NAMED = 10


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


def closed() -> Message:
    text = "What you replied to is answered, or not asked any more. To change an answer, press Undo under it."
    return Message(text=text, blocks=[paragraph(text)])


def which_one(questions: Sequence[Message]) -> Message:
    """Several are open, so a bare reply could belong to any of them. Each begins with the question itself."""
    text = f"{len(questions)} questions are open, so I cannot tell which one this answers."
    what_to_do = "Nothing is recorded. Press Record under the one you mean:"
    more = len(questions) - MOST_NAMED
    return Message(
        text=text,
        blocks=[
            paragraph(f"{text} {what_to_do}"),
            *(question.blocks[0] for question in questions[:MOST_NAMED]),
            *([small(f"and {more} more")] if more > 0 else []),
        ],
    )
