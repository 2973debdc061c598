"""What follows in the transaction in which a message dies."""

from functools import partial

import structlog

from slackapp.core.transaction import Failed, Tx
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.notices import tell_responsible
from slackapp.outbox.rules import Dead

log = structlog.get_logger()


async def announce(tx: Tx, row: OutboxMessage, reason: str, *, maybe_shown: bool) -> None:
    """Tell whoever is responsible, and let follow what follows.

    What follows takes locks of its own after this row's, in the other order than those who say how the
    message should look. Where the two meet the database ends one of them, which is then done again.
    """
    death = Dead(row.key, reason, row.user_id, row.channel_id, maybe_shown)
    for follows in (partial(tell_responsible, tx, row, reason), partial(tx.emit, death)):
        done = await tx.attempt(follows)
        if isinstance(done, Failed):
            # Or it would be tried for ever: it is dead all the same.
            log.error("outbox.death_not_told", exc_info=done.error)
