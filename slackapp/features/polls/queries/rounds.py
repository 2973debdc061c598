"""How far a round of a poll is, which one is open, and with which words the next will ask."""

from dataclasses import dataclass

from sqlalchemy import Select, String, func, literal, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round, RoundPerson
from slackapp.features.polls.queries.polls import poll, round_
from slackapp.features.polls.queries.responses import answered, known_meant
from slackapp.features.polls.rules.keys import ask_key
from slackapp.outbox.queries import count_ended, count_posted


@dataclass(frozen=True)
class Progress:
    """How far a round is."""

    #: To how many a direct message has come.
    asked: int
    #: None: it is not known who is in the channel.
    meant: int | None
    answered: int


async def progress(tx: Tx, about: Round) -> Progress:
    asked = await count_posted(tx, _asking_keys(tx, about))
    return Progress(asked, await known_meant(tx, about), await answered(tx, about))


async def has_arrived(tx: Tx, about: Round) -> bool:
    """Whether nothing more will come of the direct messages that were said so far."""
    said = await tx.session.scalar(select(func.count()).select_from(_said(tx, about).subquery()))
    return await count_ended(tx, _asking_keys(tx, about)) == (said or 0)


async def current(tx: Tx, poll_id: int) -> Round | None:
    """The poll's round that is not over, be it that nobody is asked yet. There is one at most."""
    found: Round | None = await tx.session.scalar(
        select(Round).where(
            Round.workspace_id == tx.workspace_id, Round.poll_id == poll_id, Round.closed_at.is_(None)
        )
    )
    return found


async def locked(tx: Tx, round_id: int) -> tuple[Poll, Round]:
    """A round and its poll: nobody else changes either until the end of the transaction."""
    its_poll = await poll(tx, (await round_(tx, round_id)).poll_id, lock=True)
    return its_poll, await round_(tx, round_id, lock=True)


async def last_round(tx: Tx, poll_id: int) -> Round | None:
    found: Round | None = await tx.session.scalar(
        select(Round)
        .where(Round.workspace_id == tx.workspace_id, Round.poll_id == poll_id)
        .order_by(Round.number.desc())
        .limit(1)
    )
    return found


async def latest_question(tx: Tx, poll_id: int) -> Question:
    """The wording with which the next round asks. Raises `NotFoundError`."""
    found: Question | None = await tx.session.scalar(
        select(Question)
        .where(Question.workspace_id == tx.workspace_id, Question.poll_id == poll_id)
        .order_by(Question.version.desc())
        .limit(1)
    )
    if found is None:
        raise NotFoundError("This poll is not here any more.")
    return found


def _said(tx: Tx, about: Round) -> Select[str]:
    return select(RoundPerson.user_id).where(
        RoundPerson.workspace_id == tx.workspace_id,
        RoundPerson.round_id == about.id,
        RoundPerson.asks_at.is_not(None),
        RoundPerson.is_asked,
    )


def _asking_keys(tx: Tx, about: Round) -> Select[str]:
    key = literal(ask_key(about.id, ""), String) + RoundPerson.user_id
    return _said(tx, about).with_only_columns(key)
