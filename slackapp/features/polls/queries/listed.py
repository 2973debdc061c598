"""The polls of a channel in a list, and one of them over its rounds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from slackapp.core.errors import NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.polls import poll as poll_of
from slackapp.features.polls.queries.rounds import current, last_round, latest_question
from slackapp.features.polls.queries.tally import trend
from slackapp.features.polls.queries.views import RoundView, view
from slackapp.features.polls.rules import Results
from slackapp.features.workspaces.queries import is_outside, open_channels, person

PAGE = 8

_ELSEWHERE = "Polls are held in a team's channel. Use /discovery poll list there."
_FOR_MEMBERS = "Looking up polls is for the members of this workspace who are in the channel."


@dataclass(frozen=True)
class Listed:
    poll: Poll
    #: With which the next round asks, or the last one asked.
    question: Question
    #: None: no round was held.
    last: RoundView | None


@dataclass(frozen=True)
class Page:
    """Polls of a channel: those that are open or go on first, then the newest."""

    polls: Sequence[Listed]
    offset: int
    has_more: bool


@dataclass(frozen=True)
class OverTime:
    """A poll with what its closed rounds came to, from the first on."""

    poll: Poll
    question: Question
    last: RoundView | None
    rounds: Sequence[tuple[Round, Question, Results]]


async def page(tx: Tx, user_id: str, channel_id: str, offset: int = 0) -> Page:
    """Raises `UserError` for whoever may not look up what happens there."""
    if not channel_id or channel_id.startswith("D"):
        raise UserError(_ELSEWHERE)
    if (await person(tx, user_id)).is_away or await is_outside(tx, user_id, channel_id):
        raise UserError(_FOR_MEMBERS)
    is_open = exists().where(
        Round.workspace_id == tx.workspace_id, Round.poll_id == Poll.id, Round.closed_at.is_(None)
    )
    found = await tx.session.scalars(
        select(Poll)
        .where(Poll.workspace_id == tx.workspace_id, Poll.channel_id == channel_id)
        .order_by(is_open.desc(), Poll.next_at.is_(None), Poll.number.desc())
        .offset(offset)
        .limit(PAGE + 1)
    )
    polls = found.all()
    if offset and not polls:  # there are fewer by now
        return await page(tx, user_id, channel_id)
    return Page([await listed(tx, each) for each in polls[:PAGE]], offset, len(polls) > PAGE)


async def listed(tx: Tx, poll: Poll) -> Listed:
    last = await current(tx, poll.id) or await last_round(tx, poll.id)
    question = await latest_question(tx, poll.id)
    return Listed(poll, question, await view(tx, poll, last) if last is not None else None)


async def numbered(tx: Tx, number: int, user_id: str, here: str) -> Poll:
    """P-3, if this person may look it up; `NotFoundError` says the same whether it is there or not."""
    found: Poll | None = await tx.session.scalar(
        select(Poll).where(
            Poll.workspace_id == tx.workspace_id,
            Poll.number == number,
            or_(Poll.channel_id.in_(open_channels(tx, user_id)), Poll.channel_id == here),
        )
    )
    if found is None or await is_outside(tx, user_id, found.channel_id):
        raise NotFoundError(
            f"There is no P-{number} that you can see. /discovery poll list shows those of a channel."
        )
    return found


async def over_time(tx: Tx, poll_id: int) -> OverTime:
    poll = await poll_of(tx, poll_id)
    it = await listed(tx, poll)
    return OverTime(poll, it.question, it.last, await trend(tx, poll))
