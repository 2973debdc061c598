"""The end of a round: what it came to stays as it is, and what asked for it can be pressed no more."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.queries.responses import meant, responder_of, responders
from slackapp.features.polls.rules import RoundClosed, Stage, Way
from slackapp.features.polls.rules.keys import ask_key, remind_key
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service import drawing, forgetting
from slackapp.features.polls.service.permitting import check
from slackapp.outbox import service as outbox


async def close(tx: Tx, round_id: int, *, by: str | None) -> Round:
    """Close it, once: whoever comes second finds it closed. `by`: None at its deadline.

    Raises `UserError` for who may not, and where nobody was asked yet.
    """
    poll = await queries.poll(tx, (await queries.round_(tx, round_id)).poll_id, lock=True)
    if by is not None:
        await check(tx, by, poll, Doing.MANAGE)
    # Whoever is answering is done first; whoever comes later finds it closed.
    round_ = await queries.round_(tx, round_id, lock=True)
    if round_.stage == Stage.CLOSED:
        return round_
    if round_.stage != Stage.OPEN:
        raise UserError("Nobody was asked in this round, so there is nothing to close.")
    await _count(tx, round_)
    round_.stage, round_.closed_at, round_.closed_by = Stage.CLOSED, tx.now, by
    round_.reminds_at = round_.calls_roll_at = None
    round_.is_asking = False
    if poll.next_at is None and poll.ended_at is None:
        poll.ended_at = tx.now
    await tx.session.flush()
    if poll.is_anonymous:
        await forgetting.who_answered(tx, round_)
    await _ask_no_more(tx, poll, round_)
    await tx.emit(RoundClosed(round_.id))
    await drawing.draw(tx, round_)
    return round_


async def _count(tx: Tx, round_: Round) -> None:
    """Fix how many were meant, those who came later and answered among them, and how many answered."""
    known = {responder_of(round_, user_id) for user_id in await meant(tx, round_)}
    have = await responders(tx, round_)
    round_.answered = len(have)
    round_.meant = len(known | have) or None if known else None


async def _ask_no_more(tx: Tx, poll: Poll, round_: Round) -> None:
    """Direct messages say that it is closed, all alike; those not sent yet are not sent."""
    people = await meant(tx, round_)
    keys = [remind_key(round_.id, user_id) for user_id in people]
    if poll.way == Way.DIRECT:
        keys += [ask_key(round_.id, user_id) for user_id in people]
    question, is_posted = await queries.question(tx, round_.question_id), await queries.is_posted(tx, poll)
    await outbox.withdraw_each(tx, keys, instead=blocks.closed(poll, question, is_posted=is_posted))
