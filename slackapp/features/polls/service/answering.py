"""Answering: one response for each person and round, however often and from wherever they press."""

from dataclasses import dataclass, replace

from slackapp.core.transaction import Tx
from slackapp.core.words import clip
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.responses import responder_of
from slackapp.features.polls.rules import Answer, check_answer
from slackapp.features.polls.rules.answers import LONGEST_TEXT
from slackapp.features.polls.rules.standing import check_meant, check_stage
from slackapp.features.polls.service import casting, drawing
from slackapp.features.workspaces.queries import as_read


@dataclass(frozen=True)
class Answered:
    """What somebody's answer is now, and to what."""

    round: Round
    poll: Poll
    question: Question
    answer: Answer
    #: False: they had said the very same before.
    is_changed: bool


async def answer(tx: Tx, user_id: str, round_id: int, said: Answer, *, here: str | None = None) -> Answered:
    """Let this be what the person answers in this round: the last holds. `here`: the channel they act in.

    Raises `UserError` where the round is closed, or does not ask them, and `FieldError` at `answer` where
    this is no answer to its question.
    """
    round_, poll, question, standing, function = await casting.shared(tx, round_id, user_id, here)
    check_stage(round_.stage)
    # Without its key an answer would be kept under a name.
    assert poll.is_anonymous == (round_.answer_key is not None)
    check_meant(poll.audience, standing)
    check_answer(question, said)
    if said.text is not None:
        said = replace(said, text=clip(await as_read(tx, said.text), LONGEST_TEXT))
    by_function = poll.by_function and not poll.is_anonymous
    responder = responder_of(round_, user_id)
    is_changed = await casting.keep(tx, round_id, responder, said, function if by_function else None)
    if said.choices:
        await casting.choose(tx, round_id, responder, said.choices)
    if is_changed:
        await drawing.soon(tx, round_)
    return Answered(round_, poll, question, said, is_changed)


async def must_be_asked(tx: Tx, user_id: str, round_id: int, *, here: str | None = None) -> None:
    """Raises `UserError` where the round is closed, or does not ask this person."""
    round_, poll, _, standing, _ = await casting.shared(tx, round_id, user_id, here)
    check_stage(round_.stage)
    check_meant(poll.audience, standing)


async def withdraw(tx: Tx, user_id: str, round_id: int) -> bool:
    """Take back what the person answered; whether there was something. Raises `UserError` if it is closed."""
    round_, *_ = await casting.shared(tx, round_id, user_id, None)
    check_stage(round_.stage)
    was_there = await casting.drop(tx, round_id, responder_of(round_, user_id))
    if was_there:
        await drawing.soon(tx, round_)
    return was_there
