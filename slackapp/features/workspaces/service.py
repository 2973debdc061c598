"""Keeping what Slack says of workspaces and people, telling who looks after them, and giving out numbers."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import ColumnElement, Dialect, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.dml import ReturningInsert

from slackapp.core.database import insert
from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.workspaces import blocks, queries
from slackapp.features.workspaces.models import Channel, ChannelMember, Counter, Person, Workspace
from slackapp.features.workspaces.rules import Function, PersonLeft, SettingsDraft, read_function
from slackapp.outbox.service import Direct, say
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Hidden, Move, Room


async def install(session: AsyncSession, *, team_id: str, name: str, now: datetime) -> int:
    """The id of the team's workspace row, made if it is new."""
    statement = insert(Workspace, session.get_bind().dialect).values(
        team_id=team_id,
        name=name,
        installed_at=now,
    )
    result = await session.execute(
        statement.on_conflict_do_update(
            index_elements=["team_id"],
            set_={"name": statement.excluded.name},
        ).returning(Workspace.id),
    )
    return result.scalar_one()


async def introduce(tx: Tx, profile: Profile) -> None:
    """Keep what Slack says of a person; writes only if it is news. What they settled stays."""
    team_id = (await queries.workspace(tx)).team_id
    facts = {
        "name": profile.shown_name[:255],
        "tz": profile.tz,
        "is_admin": profile.is_admin,
        "is_bot": profile.is_bot,
        "is_guest": profile.is_restricted or profile.is_ultra_restricted or not profile.is_of(team_id),
        "is_stranger": not profile.is_of(team_id),
        "deleted": profile.deleted,
    }
    before = await tx.session.execute(
        select(Person.is_guest, Person.deleted).where(
            Person.workspace_id == tx.workspace_id, Person.user_id == profile.id
        ),
    )
    was_away = any(before.one_or_none() or ())
    await _keep(tx, Person, {"user_id": profile.id}, facts)
    if (facts["is_guest"] or facts["deleted"]) and not was_away:
        await tx.emit(PersonLeft(profile.id))


async def note_gone(tx: Tx, user_id: str) -> None:
    """Slack says, otherwise than in what it tells of people, that this one is not here any more."""
    them = await queries.person(tx, user_id)
    if not them.deleted:
        them.deleted = True
        tx.session.add(them)
        await tx.session.flush()
        await tx.emit(PersonLeft(user_id))


async def keep_room(tx: Tx, room: Room | Hidden) -> None:
    """Keep what Slack says of a channel and of who is in it; what the team settled stays.

    A channel that is hidden from us is taken for private: a public one would be shown. Who was in it before
    is still taken to be. One that we never saw is not known to be there.
    """
    where = (Channel.workspace_id == tx.workspace_id, Channel.channel_id == room.channel_id)
    if isinstance(room, Hidden):
        await tx.session.execute(update(Channel).where(*where).values(is_private=True, is_member=False))
        return
    facts = {
        "name": room.name[:255],
        "is_private": room.is_private,
        "is_archived": room.is_archived,
        "is_member": room.is_member,
    }
    await _keep(tx, Channel, {"channel_id": room.channel_id}, facts)
    if not room.is_private:
        await tx.session.execute(delete(ChannelMember).where(*_members_of(tx, room.channel_id)))
    elif room.members is not None:
        known = await tx.session.scalars(
            select(ChannelMember.user_id).where(*_members_of(tx, room.channel_id))
        )
        before = set(known)
        for user_id in sorted(before - room.members):
            await keep_move(tx, Move(room.channel_id, user_id, joined=False))
        await _add_members(tx, room.channel_id, room.members - before)


async def keep_move(tx: Tx, move: Move) -> None:
    """Keep that somebody came into a channel or left it, as far as its members are kept."""
    if move.joined:
        there = await queries.channel(tx, move.channel_id)
        if there is not None and there.is_private:
            await _add_members(tx, move.channel_id, {move.user_id})
        return
    gone = await tx.session.execute(
        delete(ChannelMember)
        .where(*_members_of(tx, move.channel_id), ChannelMember.user_id == move.user_id)
        .returning(ChannelMember.user_id)
    )
    if gone.one_or_none() is not None:
        await tx.emit(PersonLeft(move.user_id, move.channel_id))


def _members_of(tx: Tx, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return (ChannelMember.workspace_id == tx.workspace_id, ChannelMember.channel_id == channel_id)


async def _add_members(tx: Tx, channel_id: str, user_ids: AbstractSet[str]) -> None:
    if user_ids:
        await tx.session.execute(
            insert(ChannelMember, tx.dialect).on_conflict_do_nothing(),
            # In one order, so that two who add the same people wait for each other once.
            [
                {"workspace_id": tx.workspace_id, "channel_id": channel_id, "user_id": user_id}
                for user_id in sorted(user_ids)
            ],
        )


async def _keep(
    tx: Tx, kind: type[Person] | type[Channel], key: Mapping[str, str], facts: Mapping[str, object]
) -> None:
    """Insert or update these columns of one row, and write nothing if they are as they were."""
    table = kind.__table__
    statement = insert(kind, tx.dialect).values(workspace_id=tx.workspace_id, **key, **facts)
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", *key],
            set_=dict(facts),
            where=or_(*(table.c[name].is_distinct_from(value) for name, value in facts.items())),
        ),
    )
    known = tx.session.identity_map.get(identity_key(kind, (tx.workspace_id, *key.values())))
    if known is not None:
        tx.session.expire(known)  # the statement went past it


async def settle(tx: Tx, user_id: str, channel_id: str | None, draft: SettingsDraft) -> None:
    """Settle what the draft says; what it does not hold stays. It counts for what is planned from now on.

    Raises `UserError` for who is asked nothing, `FieldError` for what is not theirs to settle.
    """
    them, said = await queries.person(tx, user_id), draft.model_fields_set
    if not them.can_be_asked:
        raise UserError("Guests are asked nothing, so there is nothing to settle.")
    if draft.for_workspace and not them.is_admin:
        sentence = "Only admins settle this. Nothing was saved; open the settings again to change your own."
        raise FieldError(dict.fromkeys(sorted(draft.for_workspace), sentence))
    for name in said & {"country", "morning", "function"}:
        setattr(them, name, getattr(draft, name))
    # Of somebody Slack told nothing of there was no row yet.
    tx.session.add(them)
    if channel_id is not None and "channel_country" in said:
        await _settle_channel(tx, user_id, channel_id, draft.channel_country)
    if draft.for_workspace:
        everybody = await queries.workspace(tx)
        for name in draft.for_workspace:
            setattr(everybody, name.removeprefix("workspace_"), getattr(draft, name))


async def set_function(tx: Tx, user_id: str, function: Function) -> None:
    """It is theirs from now on, as if they had settled it."""
    them = await queries.person(tx, user_id)
    them.function, them.asked_function = function, True
    tx.session.add(them)
    await tx.session.flush()


async def asked_function(tx: Tx, user_id: str) -> None:
    """They were asked for it, and are not asked again, whether they answer or not."""
    them = await queries.person(tx, user_id)
    them.asked_function = True
    tx.session.add(them)
    await tx.session.flush()


async def take_function(tx: Tx, user_id: str, values: Mapping[str, object]) -> Function | None:
    """What a form with `blocks.function_input` says, if it says anything; they are not asked again.

    Raises `FieldError` at `function` for what is not offered.
    """
    if (function := read_function(values)) is None:
        await asked_function(tx, user_id)
    else:
        await set_function(tx, user_id, function)
    return function


async def _settle_channel(tx: Tx, user_id: str, channel_id: str, country: str | None) -> None:
    there = await queries.channel(tx, channel_id)
    if there is None or await queries.is_outside(tx, user_id, channel_id):
        sentence = "Only people in the channel settle this. Nothing was saved; open the settings there."
        raise FieldError({"channel_country": sentence})
    there.country = country


async def tell_of_missing_scopes(tx: Tx, missing: Sequence[str]) -> str | None:
    """Tell an admin, once for each set of missing scopes; a bot's token does not say who installed the app.

    Returns whom; None if we met no admin yet.
    """
    admin = await queries.an_admin(tx)
    if admin is not None:
        names = sha256(" ".join(sorted(missing)).encode()).hexdigest()[:16]
        await say(tx, f"workspaces:{names}:scopes", Direct(admin), blocks.scopes_missing(missing))
    return admin


async def next_number(tx: Tx, name: str) -> int:
    """The next number for things of this name, from 1; no two transactions are given the same."""
    result = await tx.session.execute(
        _count(tx.dialect), {"its_workspace_id": tx.workspace_id, "its_name": name}
    )
    return result.scalar_one()


@lru_cache
def _count(dialect: Dialect) -> ReturningInsert[int]:
    """Made once: others wait for the row, so nothing is to be done meanwhile that can be done before."""
    return (
        insert(Counter.__table__, dialect)
        .values(workspace_id=bindparam("its_workspace_id"), name=bindparam("its_name"), value=1)
        .on_conflict_do_update(
            index_elements=["workspace_id", "name"], set_={"value": Counter.__table__.c.value + 1}
        )
        .returning(Counter.__table__.c.value)
    )
