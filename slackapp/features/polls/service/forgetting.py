"""Keeping the promise of an anonymous round: once it is closed nothing links an answer to a person.

`docs/anonymity.md` says what is stored when, and what could be linked until then.
"""

from slackapp.core.rewriting import take, write
from slackapp.core.secrecy import new_id
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Choice, Response, Round
from slackapp.features.polls.rules import FEWEST_SHOWN


async def who_answered(tx: Tx, round_: Round) -> None:
    """Write all answers anew under random ids, or, where too few answered to show any, delete them.

    The caller closes the round, and holds its lock.
    """
    choices = await take(tx, Choice.round_id, round_.id)
    responses = await take(tx, Response.round_id, round_.id)
    round_.answer_key = None
    round_.is_withheld = len(responses) < FEWEST_SHOWN
    await tx.session.flush()
    tx.scrub()
    if round_.is_withheld:
        return
    anew = {response["responder"]: new_id() for response in responses}
    for kind, rows in ((Response, responses), (Choice, choices)):
        await write(tx, kind.round_id, [row | {"responder": anew[row["responder"]]} for row in rows])
