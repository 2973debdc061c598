"""Rounds: one is made ready, learns whom it means, and is open until its deadline."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from slackapp.core.database import insert
from slackapp.core.errors import UserError
from slackapp.core.secrecy import new_key
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.queries.audience import meant_now
from slackapp.features.polls.rules import FEWEST_SHOWN, Audience, Stage, Way
from slackapp.features.polls.rules.schedule import MOST_MEANT, reminded_at
from slackapp.features.polls.service import asking, calling_off, drawing, progress


async def open_round(tx: Tx, poll: Poll, day: date, *, anyway: bool = False) -> Round:
    """Begin the poll's next round, which is for that local day, with its latest wording.

    Where Slack has to say first who is in the channel, people are asked a moment later. Raises `UserError`
    if a round is open, or there was one for that day.
    """
    await _must_be_free(tx, poll, day)
    last = await queries.last_round(tx, poll.id)
    round_ = Round(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        number=1 if last is None else last.number + 1,
        occurs_on=day,
        question_id=(await queries.latest_question(tx, poll.id)).id,
        stage=Stage.READYING,
        opened_at=tx.now,
        closes_at=tx.now + timedelta(minutes=poll.open_minutes),
        answer_key=new_key() if poll.is_anonymous else None,
    )
    tx.session.add(round_)
    await tx.session.flush()
    if (meant := await meant_now(tx, poll)) is not None:
        await go_on(tx, poll, round_, meant=await add_people(tx, round_, meant), anyway=anyway)
        return round_
    round_.calls_roll_at = tx.now
    tx.hurry()
    if not has_to_know(poll):
        await begin(tx, poll, round_)
    await tx.session.flush()
    return round_


def has_to_know(poll: Poll) -> bool:
    """Whether nobody can be asked before it is known who is meant."""
    return poll.is_anonymous or poll.way == Way.DIRECT or poll.audience == Audience.FUNCTIONS


async def go_on(tx: Tx, poll: Poll, round_: Round, *, meant: int | None, anyway: bool = False) -> None:
    """Who is meant is known now, or that they are too many to be: ask them, or whoever made it first."""
    if meant and poll.way == Way.DIRECT:
        meant = len((await asking.planned(tx, poll, round_)).moments)
        if not meant:
            await calling_off.nobody_at_work(tx, poll, round_)
            return
    if meant == 0:
        await calling_off.nobody(tx, poll, round_)
    elif meant is None and poll.way == Way.DIRECT:
        await calling_off.too_many(tx, poll, round_)
    elif meant is not None and poll.is_anonymous and meant < FEWEST_SHOWN and not anyway:
        await calling_off.hold(tx, poll, round_, meant)
    else:
        await begin(tx, poll, round_)


async def begin(tx: Tx, poll: Poll, round_: Round) -> None:
    """Ask. The round is open for its time from now on, or from when everybody's time to be asked has come."""
    last = tx.now
    if poll.way == Way.DIRECT:
        plan = await asking.planned(tx, poll, round_)
        await asking.keep(tx, round_, plan)
        last = plan.last
    round_.stage = Stage.OPEN
    round_.opened_at = tx.now
    round_.closes_at = last + timedelta(minutes=poll.open_minutes)
    round_.reminds_at = reminded_at(last, round_.closes_at) if poll.reminds else None
    await tx.session.flush()
    if poll.way == Way.CHANNEL:
        await drawing.draw(tx, round_)
    else:
        await progress.tell(tx, round_)


async def add_people(tx: Tx, round_: Round, user_ids: Sequence[str], most: int = MOST_MEANT) -> int | None:
    """Keep that the round means them. Returns how many; None: too many to keep each."""
    if len(user_ids) > most:
        return None
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "round_id": round_.id,
            "user_id": user_id,
            # The channel's message asks, unless a direct one is planned.
            "is_asked": True,
        }
        for user_id in sorted(user_ids)
    ]
    if rows:
        await tx.session.execute(insert(RoundPerson.__table__, tx.dialect).on_conflict_do_nothing(), rows)
    return len(rows)


async def _must_be_free(tx: Tx, poll: Poll, day: date) -> None:
    """Of two who open a round at once the second waits for the poll, and then sees the first one's."""
    await queries.poll(tx, poll.id, lock=True)
    if await queries.current(tx, poll.id) is not None:
        raise UserError(f"A round of {poll.label} is open. The next begins once that is closed.")
    held = await tx.session.scalar(
        select(Round.id).where(
            Round.workspace_id == tx.workspace_id, Round.poll_id == poll.id, Round.occurs_on == day
        )
    )
    if held is not None:
        raise UserError(f"{poll.label} had its round of this day.")
