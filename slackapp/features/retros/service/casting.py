"""The statements of one vote. A hundred people vote at once: each is put together once, and few are sent."""

from functools import cache

from sqlalchemy import Dialect, Integer, Select, String, Update, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from slackapp.core.database import insert
from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Purse, Retro, Topic, Vote

_WORKSPACE = bindparam("the_workspace", type_=Integer)
_RETRO = bindparam("the_retro", type_=Integer)
_TOPIC = bindparam("the_topic", type_=Integer)
_USER = bindparam("the_user", type_=String)
_VOTES = bindparam("the_votes", type_=Integer)


async def shared(tx: Tx, retro_id: int) -> Retro | None:
    """The retro, which nobody changes until the end of the transaction. Others may share it meanwhile."""
    given = {"the_workspace": tx.workspace_id, "the_retro": retro_id}
    found: Retro | None = await tx.session.scalar(_shared(), given)
    return found


async def open_purse(tx: Tx, retro_id: int, user_id: str, budget: int) -> int:
    """What this person has left. Nobody else spends or fills it until the end of the transaction."""
    given = {**_person(tx, retro_id, user_id), "the_votes": budget}
    return (await tx.session.execute(_opened(tx.dialect), given)).scalar_one()


async def choose(tx: Tx, retro_id: int, user_id: str, topic_id: int) -> tuple[Topic, int]:
    """The topic, or the one that it became part of, and how many votes the person has on the first of them.

    `NotFoundError` if it is no more.
    """
    given = {**_person(tx, retro_id, user_id), "the_topic": topic_id}
    found = (await tx.session.execute(_chosen(), given)).one_or_none()
    if found is None:
        raise NotFoundError("This topic is not there any more.")
    topic, has = found
    return topic, has


async def spend(tx: Tx, retro_id: int, user_id: str, votes: int) -> bool:
    """Whether there were so many left."""
    given = {**_person(tx, retro_id, user_id), "the_votes": votes}
    return (await tx.session.execute(_spent(), given)).first() is not None


async def put(tx: Tx, retro_id: int, user_id: str, topic_id: int, *, has: int, more: int) -> None:
    """So many votes more on a topic on which the person has some."""
    one = {**_person(tx, retro_id, user_id), "the_topic": topic_id}
    slots = [{**one, "the_slot": slot} for slot in range(has + 1, has + more + 1)]
    await tx.session.execute(_put(tx.dialect), slots if more > 1 else slots[0])


def _person(tx: Tx, retro_id: int, user_id: str) -> dict[str, object]:
    return {"the_workspace": tx.workspace_id, "the_retro": retro_id, "the_user": user_id}


@cache
def _shared() -> Select[Retro]:
    return (
        select(Retro)
        .where(Retro.workspace_id == _WORKSPACE, Retro.id == _RETRO)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )


@cache
def _opened(dialect: Dialect) -> ReturningInsert[int]:
    statement = insert(Purse.__table__, dialect).values(
        {"workspace_id": _WORKSPACE, "retro_id": _RETRO, "user_id": _USER, "remaining": _VOTES}
    )
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "retro_id", "user_id"],
        # Unchanged, but locked, and read as it is by then.
        set_={"remaining": Purse.remaining},
    ).returning(Purse.remaining)


@cache
def _chosen() -> Select[Topic, int]:
    became = (
        select(Topic.merged_into_id)
        .where(Topic.workspace_id == _WORKSPACE, Topic.retro_id == _RETRO, Topic.id == _TOPIC)
        .scalar_subquery()
    )
    has = (
        select(func.count())
        .select_from(Vote)
        .where(Vote.workspace_id == _WORKSPACE, Vote.topic_id == _TOPIC, Vote.user_id == _USER)
        .scalar_subquery()
    )
    return (
        select(Topic, has)
        .where(
            Topic.workspace_id == _WORKSPACE,
            Topic.retro_id == _RETRO,
            Topic.merged_into_id.is_(None),
            Topic.id == func.coalesce(became, _TOPIC),
        )
        .execution_options(populate_existing=True)
    )


@cache
def _spent() -> Update:
    return (
        update(Purse)
        .where(
            Purse.workspace_id == _WORKSPACE,
            Purse.retro_id == _RETRO,
            Purse.user_id == _USER,
            Purse.remaining >= _VOTES,
        )
        .values(remaining=Purse.remaining - _VOTES)
        .returning(Purse.remaining)
        .execution_options(synchronize_session=False)
    )


@cache
def _put(dialect: Dialect) -> sqlite.Insert | postgresql.Insert:
    return insert(Vote.__table__, dialect).values(
        {
            "workspace_id": _WORKSPACE,
            "retro_id": _RETRO,
            "topic_id": _TOPIC,
            "user_id": _USER,
            "slot": bindparam("the_slot", type_=Integer),
        }
    )
