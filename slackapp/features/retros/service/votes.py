"""Voting: cast and taken back within a budget that holds whoever else does the same at that moment."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import counted
from slackapp.features.retros import queries
from slackapp.features.retros.models import Purse, Retro, Vote
from slackapp.features.retros.queries import topics as topics_found
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.votes import check_budget, check_lowered, suggested_votes
from slackapp.features.retros.service import casting, status
from slackapp.features.retros.service.permitting import check
from slackapp.features.workspaces.queries import meet


async def cast(tx: Tx, user_id: str, retro_id: int, topic_id: int, wanted: int) -> None:
    """Let this person have so many votes on this topic; 0 takes them back.

    Raises `UserError` where they have not so many left, may have fewer on one topic, or voting is over, and
    `NotFoundError` for a topic that is no more.
    """
    about = await _voting(tx, retro_id)
    await meet(tx, [user_id], about.channel_id)
    await check(tx, user_id, about, Doing.VOTE)
    if wanted > about.votes_cap:
        raise UserError(f"At most {counted(about.votes_cap, 'vote')} on one topic.")
    budget = await topics_found.budget(tx, about)
    left = await casting.open_purse(tx, retro_id, user_id, budget)
    # Only now: a double of this click waited for the purse, too.
    topic, has = await casting.choose(tx, retro_id, user_id, topic_id)
    if topic.id != topic_id:
        raise UserError(f"This is part of “{topic.name}” now. Vote for that one.")
    more = max(wanted, 0) - has
    if more > 0:
        if not await casting.spend(tx, retro_id, user_id, more):
            raise UserError("You have no votes left for that. Take one back first.")
        await casting.put(tx, retro_id, user_id, topic_id, has=has, more=more)
    elif more < 0:
        mine = and_(Vote.workspace_id == tx.workspace_id, Vote.topic_id == topic_id, Vote.user_id == user_id)
        await tx.session.execute(delete(Vote).where(mine, Vote.slot > max(wanted, 0)))
        await _fill(tx, about, user_id, -more)
    # How many have voted is all that others see.
    if more and budget in {left, left - more}:
        await status.soon(tx, retro_id)


async def may_vote(tx: Tx, user_id: str, retro_id: int) -> Retro:
    """The retro, if it is voted in and by this person, too; else `UserError` says why not."""
    about = await queries.retro(tx, retro_id)
    _must_vote(about)
    await check(tx, user_id, about, Doing.VOTE)
    return about


async def set_budget(tx: Tx, about: Retro, each: int | None, cap: int) -> None:
    """So many votes for each person, and at most so many on one topic. More of them are given to all.

    None: as many as fit the number of topics, known once the vote begins. Raises `FieldError` at
    `votes_each` or `votes_cap`, also where somebody has used more by now.
    """
    about = await queries.retro(tx, about.id, lock=True)
    was = about.votes_each
    purses = select(func.count()).where(Purse.workspace_id == tx.workspace_id, Purse.retro_id == about.id)
    is_known = about.phase not in {Phase.COLLECT, Phase.GROUP} or await tx.session.scalar(purses)
    if each is None and is_known:
        each = suggested_votes(await topics_found.size(tx, about.id))
    check_budget(each, cap)
    by_person = (
        select(Vote.user_id, Vote.topic_id, func.count().label("votes"))
        .where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == about.id)
        .group_by(Vote.user_id, Vote.topic_id)
    )
    used: dict[str, int] = {}
    stacked = 0
    for user_id, _, votes in await tx.session.execute(by_person):
        used[user_id] = used.get(user_id, 0) + votes
        stacked = max(stacked, votes)
    check_lowered(max(used.values(), default=0), stacked, each=each, cap=cap)
    if each is not None and was is not None:
        await tx.session.execute(
            update(Purse)
            .where(Purse.workspace_id == tx.workspace_id, Purse.retro_id == about.id)
            .values(remaining=Purse.remaining + (each - was))
            .execution_options(synchronize_session=False)
        )
    about.votes_each, about.votes_cap = each, cap
    await tx.session.flush()


async def follow(tx: Tx, about: Retro, sources: Sequence[int], target: int) -> None:
    """Votes go where their topics went. Who voted for several of them has the others back.

    The caller holds the retro's lock, so that nobody votes meanwhile.
    """
    taken = aliased(Vote)
    for source in sources:
        is_taken = exists().where(
            taken.workspace_id == tx.workspace_id,
            taken.topic_id == target,
            taken.user_id == Vote.user_id,
            taken.slot == Vote.slot,
        )
        await tx.session.execute(
            update(Vote)
            .where(Vote.workspace_id == tx.workspace_id, Vote.topic_id == source, ~is_taken)
            .values(topic_id=target)
            .execution_options(synchronize_session=False)
        )
    await give_back(tx, about, sources)


async def give_back(tx: Tx, about: Retro, topic_ids: Collection[int]) -> None:
    """Whoever voted for these topics has those votes back. The caller holds the retro's lock."""
    which = and_(Vote.workspace_id == tx.workspace_id, Vote.topic_id.in_(topic_ids))
    back = (
        select(func.count())
        .select_from(Vote)
        .where(which, Vote.user_id == Purse.user_id)
        .correlate(Purse)
        .scalar_subquery()
    )
    await tx.session.execute(
        update(Purse)
        .where(
            Purse.workspace_id == tx.workspace_id,
            Purse.retro_id == about.id,
            Purse.user_id.in_(select(Vote.user_id).where(which)),
        )
        .values(remaining=Purse.remaining + back)
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(delete(Vote).where(which).execution_options(synchronize_session=False))


async def _voting(tx: Tx, retro_id: int) -> Retro:
    """The retro while it is voted in, which lasts until the end of the transaction.

    Voters share it, and wait for nobody but whoever ends the vote.
    """
    about = await casting.shared(tx, retro_id) or await queries.retro(tx, retro_id)
    _must_vote(about)
    return about


def _must_vote(about: Retro) -> None:
    if about.phase != Phase.VOTE:
        is_before = about.phase in {Phase.COLLECT, Phase.GROUP}
        raise UserError(f"The vote of {about.label} {'has not begun yet' if is_before else 'is over'}.")


async def _fill(tx: Tx, about: Retro, user_id: str, votes: int) -> None:
    await tx.session.execute(
        update(Purse)
        .where(_purse(tx, about, user_id))
        .values(remaining=Purse.remaining + votes)
        .execution_options(synchronize_session=False)
    )


def _purse(tx: Tx, about: Retro, user_id: str) -> ColumnElement[bool]:
    return and_(Purse.workspace_id == tx.workspace_id, Purse.retro_id == about.id, Purse.user_id == user_id)
