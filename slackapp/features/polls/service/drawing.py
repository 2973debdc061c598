"""The messages of a round that everybody reads, drawn as things are now."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import Stage, Way
from slackapp.features.polls.rules.keys import results_key, round_key, thread_key
from slackapp.features.polls.service import progress
from slackapp.outbox import service as outbox
from slackapp.outbox.stale import Stale
from slackapp.outbox.stale import soon as draw_soon


async def soon(tx: Tx, round_: Round) -> None:
    """Draw it within seconds of the commit: a thousand may answer at once, and none waits for another."""
    await draw_soon(tx, round_key(round_.id))


async def draw(tx: Tx, round_: Round) -> None:
    """Let the channel show how the round stands.

    Of one by direct messages it shows what it came to alone; whoever made it is told how far it is.
    """
    await tx.session.flush()
    poll = tx.held(Poll, round_.poll_id) or await queries.poll(tx, round_.poll_id)
    if poll.way == Way.CHANNEL:
        if round_.stage in {Stage.OPEN, Stage.CLOSED}:
            await _draw_message(tx, poll, round_, round_key(round_.id))
            await _begin_thread(tx, poll, round_)
        return
    await progress.tell(tx, round_)
    if round_.stage == Stage.CLOSED:
        await _draw_message(tx, poll, round_, results_key(round_.id))


async def draw_stale(tx: Tx, event: Stale) -> None:
    """A message is to be drawn: if it is a round's, draw it."""
    feature, _, rest = event.key.partition(":")
    round_id, _, surface = rest.partition(":")
    if (feature, surface) == ("polls", "round"):
        round_ = await queries.round_(tx, number(round_id))
        # Whoever closed it drew it for the last time.
        if round_.closed_at is None:
            await draw(tx, round_)


async def _draw_message(tx: Tx, poll: Poll, round_: Round, key: str) -> None:
    # What others change from here on they draw themselves, after this: nothing older comes last.
    await outbox.hold(tx, key)
    fresh = await queries.view(tx, poll, await queries.round_(tx, round_.id, anew=True))
    await outbox.say(
        tx, key, outbox.Channel(poll.channel_id), blocks.in_channel(fresh), responsible=poll.created_by
    )


async def _begin_thread(tx: Tx, poll: Poll, round_: Round) -> None:
    if not poll.thread:
        return
    to = outbox.Channel(poll.channel_id, reply_to=round_key(round_.id))
    await outbox.say(tx, thread_key(round_.id), to, blocks.first_word(poll))
