"""How far asking is, told to whoever made the poll in one message that keeps up with it."""

from slackapp.core.transaction import Tx
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.models import Round
from slackapp.features.polls.queries.views import view
from slackapp.features.polls.rules import Stage
from slackapp.features.polls.rules.keys import progress_key
from slackapp.features.polls.service.managing import manager
from slackapp.outbox import service as outbox


async def tell(tx: Tx, round_: Round) -> None:
    """Let the message show how far it is now."""
    key = progress_key(round_.id)
    # What others change from here on they draw themselves, after this: nothing older comes last.
    await outbox.hold(tx, key)
    round_ = await queries.round_(tx, round_.id, anew=True)
    poll = await queries.poll(tx, round_.poll_id)
    if (who := await manager(tx, poll)) is not None:
        is_posted = await queries.is_posted(tx, poll)
        so_far = await queries.progress(tx, round_)
        message = blocks.progress(await view(tx, poll, round_), so_far, is_posted=is_posted)
        await outbox.say(tx, key, outbox.Direct(who), message)


async def keep_up(tx: Tx, round_id: int) -> None:
    """The same while direct messages are on their way, and once more when all of them arrived."""
    round_ = await queries.round_(tx, round_id, lock=True)
    if await queries.has_arrived(tx, round_):
        round_.is_asking = False
        await tx.session.flush()
    if round_.stage == Stage.OPEN:
        await tell(tx, round_)
