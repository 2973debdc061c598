"""What is said to the person responsible when Slack will not take a message.

The message itself is quoted as plain text: what people wrote in it is never read as markup.
"""

from slack_sdk.models.blocks import ButtonElement

from slackapp.core.transaction import Tx
from slackapp.core.words import clip, plain
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.remedies import remedy
from slackapp.outbox.rules import MayRead
from slackapp.outbox.saying import Direct, say
from slackapp.slack.blocks import (
    Confirm,
    Message,
    RichText,
    actions,
    button,
    italic,
    markdown,
    paragraph,
    small,
)
from slackapp.slack.text import as_typed, channel_link

RETRY = "outbox.retry"
DROP = "outbox.drop"


async def tell_responsible(tx: Tx, row: OutboxMessage, reason: str) -> None:
    """Nothing is lost with a message that could not be posted; this says so, and what to do."""
    reader = await _reader(tx, row)
    if reader is None:
        return
    channel = channel_link(row.channel_id) if row.channel_id else "your messages"
    what_to_do = remedy(reason, channel=channel, again="press *Try again*")
    await say(
        tx,
        notice_key(row.id, reader),
        Direct(reader),
        Message(
            text="A message could not be posted. It is kept.",
            blocks=[
                paragraph("I could not post this. It is recorded, and nothing is lost."),
                _quoted(row),
                markdown(what_to_do),
                actions(button(RETRY, "Try again", str(row.id)), _drop(row)),
                small(f"If that does not help, tell whoever runs Afterlaunch: message {row.id}."),
            ],
        ),
    )


async def say_trying_again(tx: Tx, row: OutboxMessage) -> None:
    """The notice loses its buttons; if the message is refused once more, it gets them back."""
    await _say_instead(tx, row, "Trying again. If it still cannot be posted, I will say so here.")


async def say_dropped(tx: Tx, row: OutboxMessage) -> None:
    """The notice loses its buttons: nobody tries any more."""
    await _say_instead(tx, row, "Dropped: this is not posted. What it tells of is recorded all the same.")


async def _say_instead(tx: Tx, row: OutboxMessage, text: str) -> None:
    reader = await _reader(tx, row)
    if reader is None:
        return
    await say(
        tx,
        notice_key(row.id, reader),
        Direct(reader),
        Message(text=text, blocks=[paragraph(text), _quoted(row)]),
    )


async def _reader(tx: Tx, row: OutboxMessage) -> str | None:
    """The person responsible, as long as they may read what it says."""
    if row.responsible_id is None or row.channel_id is None:
        return row.responsible_id
    allowed = await tx.gather(MayRead(row.responsible_id, row.channel_id))
    return row.responsible_id if all(allowed) else None


def _drop(row: OutboxMessage) -> ButtonElement:
    return button(
        DROP,
        "Drop it",
        str(row.id),
        confirm=Confirm("Drop it?", "It will not be posted. What it tells of stays recorded.", "Drop it"),
    )


def _quoted(row: OutboxMessage) -> RichText:
    # The text is escaped, as notifications need it; cut before that is undone, an escape could be cut in two.
    words = plain(as_typed(row.text))
    named = words if row.file_name is None else f"{plain(row.file_name)}: {words}"
    return paragraph(italic(clip(named, 300)))


def notice_key(message_id: int, user_id: str) -> str:
    return f"outbox:{message_id}:dead:{user_id}"
