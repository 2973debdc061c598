"""What is said to the person responsible when Slack will not take a message.

The message itself is quoted as plain text: what people wrote in it is never read as markup.
"""

from slackapp.core.transaction import Tx
from slackapp.core.words import clip, plain
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.rules import MayRead
from slackapp.outbox.saying import Direct, say
from slackapp.slack.blocks import Message, RichText, actions, button, italic, markdown, paragraph
from slackapp.slack.text import as_typed, channel_link

RETRY = "outbox.retry"

_AGAIN = "press *Try again*"
_REMEDIES = {
    "not_in_channel": f"I am not in {{channel}}. Type `/invite @Afterlaunch` there, then {_AGAIN}.",
    "channel_not_found": "I cannot see {channel}. "
    f"If it is private, type `/invite @Afterlaunch` there, then {_AGAIN}.",
    "is_archived": f"{{channel}} is archived. Unarchive it and {_AGAIN}, or leave it as it is.",
    # What an update is told where a post would hear is_archived.
    "is_inactive": f"{{channel}} is archived. Unarchive it and {_AGAIN}, or leave it as it is.",
    "restricted_action": f"Posting in {{channel}} is restricted. Ask an admin to let me post, then {_AGAIN}.",
    "out_of_reach": f"Slack could not be reached for a day. To go on trying, {_AGAIN}.",
    "unknown_outcome": "Slack did not say whether it arrived. "
    f"Look in {{channel}}; if it is not there, {_AGAIN}.",
}
_OTHERWISE = (
    "Slack refused it with `{reason}`. Press *Try again*; "
    "if that does not help, show this to whoever runs Afterlaunch."
)


async def tell_responsible(tx: Tx, row: OutboxMessage, reason: str) -> None:
    """Nothing is lost with a message that could not be posted; this says so, and what to do."""
    reader = await _reader(tx, row)
    if reader is None:
        return
    remedy = _REMEDIES.get(reason, _OTHERWISE).format(
        channel=channel_link(row.channel_id or ""), reason=reason
    )
    await say(
        tx,
        notice_key(row.id, reader),
        Direct(reader),
        Message(
            text="A message could not be posted. It is kept.",
            blocks=[
                paragraph("I could not post this. It is recorded, and nothing is lost."),
                _quoted(row),
                markdown(remedy),
                actions(button(RETRY, "Try again", str(row.id))),
            ],
        ),
    )


async def say_trying_again(tx: Tx, row: OutboxMessage) -> None:
    """The notice loses its button; if the message is refused once more, it gets it back."""
    reader = await _reader(tx, row)
    if reader is None:
        return
    text = "Trying again. If it still cannot be posted, I will say so here."
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


def _quoted(row: OutboxMessage) -> RichText:
    # The text is escaped, as notifications need it; cut before that is undone, an escape could be cut in two.
    return paragraph(italic(clip(plain(as_typed(row.text)), 300)))


def notice_key(message_id: int, user_id: str) -> str:
    return f"outbox:{message_id}:dead:{user_id}"
