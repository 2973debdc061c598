"""Taking a poll's results away as a file."""

from slackapp.core.files import FileKind
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll
from slackapp.features.polls.queries.record import record
from slackapp.features.polls.rules.exports import file_name, written
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service.permitting import check, is_allowed
from slackapp.outbox.service import Direct, share

_A_MINUTE = 60


async def export(tx: Tx, user_id: str, poll_id: int, kind: FileKind) -> Poll:
    """Send what its rounds came to, as it stands now, to this person's direct message.

    With the round that is open for whoever looks after the poll.
    """
    poll = await queries.poll(tx, poll_id)
    await check(tx, user_id, poll, Doing.LOOK_UP)
    # Pressed twice it is sent once; asked for again later it holds what came in since.
    minute = int(tx.now.timestamp()) // _A_MINUTE
    what = await record(tx, poll, with_open=await is_allowed(tx, user_id, poll, Doing.MANAGE))
    await share(
        tx,
        f"polls:{poll.id}:export:{user_id}:{kind}:{minute}",
        Direct(user_id),
        file_name(what, kind),
        written(what, kind),
        text=f"{poll.label}, as it stands now.",
    )
    return poll
