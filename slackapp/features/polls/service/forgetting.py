"""Keeping the promise of an anonymous round: once it is closed nothing links an answer to a person.

`docs/anonymity.md` says what is stored when, and what could be linked until then.
"""

from datetime import timedelta

from slackapp.core.rewriting import take, write
from slackapp.core.secrecy import new_id
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Choice, Response, Round
from slackapp.features.polls.rules import FEWEST_SHOWN
from slackapp.features.polls.rules.keys import ask_key, remind_key
from slackapp.outbox import service as outbox

#: After the close, Slack is told that a thousand messages have no buttons any more.
LATER = timedelta(hours=1)


async def who_answered(tx: Tx, round_: Round) -> None:
    """Write all answers anew under random ids, or, where too few answered to show any, delete them.

    The caller closes the round, and holds its lock.
    """
    choices = await take(tx, Choice.round_id, round_.id)
    responses = await take(tx, Response.round_id, round_.id)
    round_.answer_key = None
    round_.forgets_at = tx.now + LATER
    round_.is_withheld = len(responses) < FEWEST_SHOWN
    await tx.session.flush()
    tx.scrub()
    if round_.is_withheld:
        return
    anew = {response["responder"]: new_id() for response in responses}
    for kind, rows in ((Response, responses), (Choice, choices)):
        await write(tx, kind.round_id, [row | {"responder": anew[row["responder"]]} for row in rows])


async def whom_it_wrote_to(tx: Tx, round_id: int) -> None:
    """Forget who was reminded, and so had not answered by then; again later what Slack is still to be told.

    Of those who were asked by direct messages, too: each of these was drawn anew when its reminder came.
    """
    round_ = await queries.round_(tx, round_id, lock=True)
    if round_.forgets_at is None or round_.forgets_at > tx.now:
        return
    keys = [key(round_id, each) for each in await queries.meant(tx, round_) for key in (ask_key, remind_key)]
    is_done = await outbox.forget_each(tx, keys)
    round_.forgets_at = None if is_done else tx.now + LATER
    await tx.session.flush()
    tx.scrub()
