"""Finding topics and votes. How topics stand is told by nothing here before they are discussed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.action_items.models import ActionItem
from slackapp.features.retros.models import Decision, Note, Purse, Retro, RetroAction, Topic, Vote
from slackapp.features.retros.queries.retros import retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.votes import suggested_votes
from slackapp.features.workspaces.queries import meet, person

#: While these last, and afterwards, everybody may know how topics stand.
_TOLD = (Phase.DISCUSS, Phase.CLOSE, Phase.CLOSED)


@dataclass(frozen=True)
class TopicView:
    topic: Topic
    #: In the order drawn by lot.
    notes: Sequence[Note]


@dataclass(frozen=True)
class Board:
    """The topics of a retro, and the notes that are in none."""

    retro: Retro
    topics: Sequence[TopicView]
    loose: Sequence[Note]
    #: Whose notes they are, by id; empty in an anonymous retro.
    names: Mapping[str, str]


@dataclass(frozen=True)
class Ballot:
    """What one person may know while they vote."""

    board: Board
    #: Their votes, by topic.
    votes: Mapping[int, int]
    budget: int
    remaining: int
    cap: int


@dataclass(frozen=True)
class Outcome:
    """What was noted down under a topic; `topic_id` is None for what came of none that is still there."""

    actions: Sequence[tuple[int | None, ActionItem]]
    decisions: Sequence[Decision]


async def topics(tx: Tx, retro_id: int) -> Sequence[TopicView]:
    """Topics with their notes; merged ones are left out.

    Once they are discussed in the order of their place, before in the order in which they were made.
    """
    is_placed = is_told(await retro(tx, retro_id))
    order = (Topic.place.is_(None), Topic.place, Topic.id) if is_placed else (Topic.id,)
    found = await tx.session.scalars(
        select(Topic).where(*_live(tx, retro_id)).order_by(*order).execution_options(populate_existing=True)
    )
    rows = found.all()
    notes: dict[int, list[Note]] = {topic.id: [] for topic in rows}
    for note in await tx.session.scalars(_revealed(tx, retro_id).where(Note.topic_id.is_not(None))):
        if note.topic_id in notes:
            notes[note.topic_id].append(note)
    return [TopicView(topic, notes[topic.id]) for topic in rows]


async def loose(tx: Tx, retro_id: int) -> Sequence[Note]:
    """The notes in no topic."""
    return (await tx.session.scalars(_revealed(tx, retro_id).where(Note.topic_id.is_(None)))).all()


async def board(tx: Tx, about: Retro) -> Board:
    there, alone = await topics(tx, about.id), await loose(tx, about.id)
    notes = [*alone, *(note for view in there for note in view.notes)]
    authors = {note.author_id for note in notes if note.author_id is not None}
    await meet(tx, authors, about.channel_id)
    names = {user_id: (await person(tx, user_id)).name for user_id in authors}
    return Board(about, there, alone, {} if about.is_anonymous else names)


async def topic(tx: Tx, retro_id: int, topic_id: int) -> Topic:
    """The topic, or the one that it became part of. `NotFoundError` if it is no more."""
    named = select(Topic.merged_into_id).where(
        Topic.workspace_id == tx.workspace_id, Topic.retro_id == retro_id, Topic.id == topic_id
    )
    found: Topic | None = await tx.session.scalar(
        select(Topic)
        .where(*_live(tx, retro_id), Topic.id == func.coalesce(named.scalar_subquery(), topic_id))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError("This topic is not there any more.")
    return found


async def tally(tx: Tx, retro_id: int) -> Mapping[int, int]:
    """Votes by topic; nothing before topics are discussed."""
    found = await tx.session.execute(
        select(Vote.topic_id, func.count())
        .join(Retro, Retro.id == Vote.retro_id)
        .where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == retro_id, Retro.phase.in_(_TOLD))
        .group_by(Vote.topic_id)
    )
    return dict(found.all())


async def discussed(tx: Tx, retro_id: int) -> Topic | None:
    """The topic that is being discussed."""
    found: Topic | None = await tx.session.scalar(
        select(Topic)
        .where(*_live(tx, retro_id), Topic.discussed_from.is_not(None), Topic.discussed_until.is_(None))
        .order_by(Topic.id)
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return found


async def budget(tx: Tx, about: Retro) -> int:
    """How many votes each person has."""
    return suggested_votes(await size(tx, about.id)) if about.votes_each is None else about.votes_each


async def size(tx: Tx, retro_id: int) -> int:
    """How many topics there are."""
    return await tx.session.scalar(select(func.count()).select_from(Topic).where(*_live(tx, retro_id))) or 0


async def votes_of(tx: Tx, retro_id: int, user_id: str) -> Mapping[int, int]:
    """How this person voted, by topic: for their own eyes."""
    found = await tx.session.execute(
        select(Vote.topic_id, func.count())
        .where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == retro_id, Vote.user_id == user_id)
        .group_by(Vote.topic_id)
    )
    return dict(found.all())


async def ballot(tx: Tx, about: Retro, user_id: str) -> Ballot:
    """What this person sees while they vote."""
    each = await budget(tx, about)
    left = await tx.session.scalar(
        select(Purse.remaining).where(
            Purse.workspace_id == tx.workspace_id, Purse.retro_id == about.id, Purse.user_id == user_id
        )
    )
    return Ballot(
        await board(tx, about),
        await votes_of(tx, about.id, user_id),
        budget=each,
        remaining=each if left is None else left,
        cap=about.votes_cap,
    )


async def outcome(tx: Tx, retro_id: int) -> Outcome:
    """What was noted down in the retro, in the order in which it was."""
    decisions = await tx.session.scalars(
        select(Decision)
        .where(Decision.workspace_id == tx.workspace_id, Decision.retro_id == retro_id)
        .order_by(Decision.id)
    )
    actions = await tx.session.execute(
        select(RetroAction.topic_id, ActionItem)
        .join(ActionItem, ActionItem.id == RetroAction.action_id)
        .where(RetroAction.workspace_id == tx.workspace_id, RetroAction.retro_id == retro_id)
        .order_by(ActionItem.number)
    )
    return Outcome([(topic_id, item) for topic_id, item in actions], decisions.all())


async def decision(tx: Tx, retro_id: int, decision_id: int) -> Decision:
    """`NotFoundError` if there is none of this retro."""
    found: Decision | None = await tx.session.scalar(
        select(Decision).where(
            Decision.workspace_id == tx.workspace_id,
            Decision.retro_id == retro_id,
            Decision.id == decision_id,
        )
    )
    if found is None:
        raise NotFoundError("This decision is not there any more.")
    return found


async def action(tx: Tx, retro_id: int, action_id: int) -> ActionItem:
    """`NotFoundError` if none of this retro is that one."""
    found: ActionItem | None = await tx.session.scalar(
        select(ActionItem)
        .join(RetroAction, RetroAction.action_id == ActionItem.id)
        .where(
            RetroAction.workspace_id == tx.workspace_id,
            RetroAction.retro_id == retro_id,
            RetroAction.action_id == action_id,
        )
    )
    if found is None:
        raise NotFoundError("This action item is not of this retro.")
    return found


def is_told(about: Retro) -> bool:
    """Whether everybody may know how topics stand."""
    return about.phase in _TOLD


def _live(tx: Tx, retro_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Topic.workspace_id == tx.workspace_id,
        Topic.retro_id == retro_id,
        Topic.merged_into_id.is_(None),
    )


def _revealed(tx: Tx, retro_id: int) -> Select[Note]:
    return (
        select(Note)
        .where(Note.workspace_id == tx.workspace_id, Note.retro_id == retro_id, Note.position.is_not(None))
        .order_by(Note.position, Note.id)
        .execution_options(populate_existing=True)
    )
