"""Rounds in which nobody is asked: those that wait for whoever made the poll, and those called off."""

from slackapp.core.transaction import Tx
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.blocks import called_off as words
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import Stage
from slackapp.features.polls.rules.keys import held_key, progress_key
from slackapp.features.polls.service.managing import manager
from slackapp.outbox import service as outbox
from slackapp.slack.blocks import Message


async def hold(tx: Tx, poll: Poll, round_: Round, meant: int) -> None:
    """Let the round wait: so few are meant that nothing of an anonymous one would be shown."""
    round_.stage = Stage.HELD
    await tx.session.flush()
    if (who := await manager(tx, poll)) is not None:
        question = await queries.question(tx, round_.question_id)
        message = blocks.held(poll, question, round_, meant)
        await outbox.say(tx, held_key(round_.id), outbox.Direct(who), message)


async def nobody(tx: Tx, poll: Poll, round_: Round) -> None:
    """There is nobody to ask."""
    question = await queries.question(tx, round_.question_id)
    await _end(tx, poll, round_, words.nobody_to_ask(poll, question))


async def nobody_at_work(tx: Tx, poll: Poll, round_: Round) -> None:
    """Nobody whom it asks has a working day before the deadline."""
    question = await queries.question(tx, round_.question_id)
    await _end(tx, poll, round_, words.nobody_at_work(poll, question))


async def too_many(tx: Tx, poll: Poll, round_: Round) -> None:
    """There are more to ask than can be by direct messages."""
    question = await queries.question(tx, round_.question_id)
    await _end(tx, poll, round_, words.too_many_to_ask(poll, question))


async def call_off(tx: Tx, poll: Poll, round_: Round, *, by: str | None) -> None:
    """Nobody was asked yet, and nobody will be. `by`: None if its time was up."""
    question = await queries.question(tx, round_.question_id)
    round_.closed_by = by
    await _end(tx, poll, round_, words.called_off(poll, question, by_hand=by is not None))


async def held_no_more(tx: Tx, poll: Poll, round_: Round) -> None:
    """It goes on: so says, from now on, what asked whether it should."""
    question = await queries.question(tx, round_.question_id)
    await outbox.withdraw(tx, held_key(round_.id), instead=words.went_on(poll, question))


async def _end(tx: Tx, poll: Poll, round_: Round, why: Message) -> None:
    was_held = round_.stage == Stage.HELD
    if poll.next_at is None and poll.ended_at is None:
        poll.ended_at = tx.now
    round_.stage, round_.closed_at, round_.answered = Stage.CALLED_OFF, tx.now, 0
    round_.calls_roll_at = round_.reminds_at = round_.answer_key = None
    await tx.session.flush()
    if was_held:
        await outbox.withdraw(tx, held_key(round_.id), instead=why)
    elif (who := await manager(tx, poll)) is not None:
        await outbox.say(tx, progress_key(round_.id), outbox.Direct(who), why)
