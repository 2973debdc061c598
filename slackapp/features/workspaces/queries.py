"""Who a person is, when they work, what they may read, and who looks after the workspace."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import MORNING, Calendar, local_date
from slackapp.features.workspaces import blocks
from slackapp.features.workspaces.models import Channel, ChannelMember, Person, Workspace
from slackapp.features.workspaces.rules import Function, Settled
from slackapp.slack.replies import OpenModal

T = TypeVar("T")

#: People and channels, as Slack puts them into what somebody wrote.
_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>")

#: Made once: it runs before every submit of a form, while somebody waits.
_MET = (
    select(Workspace, Channel, Person)
    .outerjoin(
        Channel, and_(Channel.workspace_id == Workspace.id, Channel.channel_id == bindparam("channel_id"))
    )
    .outerjoin(
        Person,
        and_(Person.workspace_id == Workspace.id, Person.user_id.in_(bindparam("user_ids", expanding=True))),
    )
    .where(Workspace.id == bindparam("workspace_id"))
)


async def person(tx: Tx, user_id: str) -> Person:
    """The person as Slack last told us. Of whom it told nothing yet, only the id is known."""
    return await _read(tx, Person, user_id) or Person(
        workspace_id=tx.workspace_id,
        user_id=user_id,
        name=user_id,
        tz=None,
        is_admin=False,
        is_bot=False,
        is_guest=False,
        is_stranger=False,
        deleted=False,
        country=None,
        morning=None,
        function=None,
        asked_function=False,
    )


async def as_read(tx: Tx, text: str) -> str:
    """What a person wrote, as it is read: with the names of those and of what they mentioned."""
    read, at = "", 0
    for found in _MENTION.finditer(text):
        sign, it = found[1], found[2]
        read += text[at : found.start()] + (await _mentioned(tx, it) if sign == "@" else await _room(tx, it))
        at = found.end()
    return read + text[at:]


async def _mentioned(tx: Tx, user_id: str) -> str:
    met = await person(tx, user_id)
    return "somebody" if met.name == user_id else f"@{met.name}"


async def _room(tx: Tx, channel_id: str) -> str:
    """Of a private channel not even the name is for everybody who may read it later."""
    there = await channel(tx, channel_id)
    return "a channel" if there is None or there.is_private else f"#{there.name}"


async def workspace(tx: Tx) -> Workspace:
    found = await _read(tx, Workspace)
    assert found is not None
    return found


async def channel(tx: Tx, channel_id: str) -> Channel | None:
    """The channel as Slack last told us; None if it told nothing yet."""
    return await _read(tx, Channel, channel_id)


async def meet(tx: Tx, user_ids: Collection[str], channel_id: str) -> None:
    """Read the workspace, these people and this channel at once; to ask for each then costs nothing more."""
    given = {"workspace_id": tx.workspace_id, "channel_id": channel_id, "user_ids": list(user_ids)}
    found = await tx.session.execute(_MET, given)
    for row in found:
        for each in row:
            _hold(tx, each)


async def _read(tx: Tx, kind: type[T], *key: str) -> T | None:
    """A row of this workspace, from the database the first time."""
    return tx.held(kind, tx.workspace_id, *key) or _hold(
        tx, await tx.session.get(kind, (tx.workspace_id, *key))
    )


def _hold(tx: Tx, row: T) -> T:
    """A session refers to its rows weakly: what nobody holds it asks the database for again."""
    tx.session.info.setdefault("held", []).append(row)
    return row


async def calendar(tx: Tx, user_id: str, channel_id: str | None = None) -> Calendar:
    """When this person works: their own settings, else those of the channel it is about, else everybody's."""
    them, everybody = await person(tx, user_id), await workspace(tx)
    there = await channel(tx, channel_id) if channel_id else None
    return Calendar(
        them.zone,
        them.country or (there.country if there else None) or everybody.country,
        them.morning or everybody.morning or MORNING,
    )


async def settled(tx: Tx, user_id: str, channel_id: str | None) -> Settled:
    """What is settled for this person, in this channel (None: in no channel) and for everybody."""
    them, everybody = await person(tx, user_id), await workspace(tx)
    there = await channel(tx, channel_id) if channel_id else None
    return Settled(
        country=them.country,
        morning=them.morning,
        function=None if them.function is None else Function(them.function),
        channel_id=channel_id,
        channel_known=there is not None,
        channel_country=there.country if there else None,
        workspace_country=everybody.country,
        workspace_morning=everybody.morning,
        is_admin=them.is_admin,
        calendar=await calendar(tx, user_id, channel_id),
    )


async def settings(tx: Tx, user_id: str, channel_id: str | None) -> OpenModal:
    """The modal for that. It is here and not in the service so that the command's listener may call it."""
    return OpenModal(blocks.settings(await settled(tx, user_id, channel_id)))


async def wants_function(tx: Tx, user_id: str) -> bool:
    """Whether to ask this person for their function where it matters: it is unknown, and never was asked."""
    them = await person(tx, user_id)
    return them.can_be_asked and them.function is None and not them.asked_function


async def is_outside(tx: Tx, user_id: str, channel_id: str) -> bool:
    """Whether the channel is known to be private and this person not to be in it."""
    there = await channel(tx, channel_id)
    if there is None or not there.is_private:
        return False
    return await tx.session.get(ChannelMember, (tx.workspace_id, channel_id, user_id)) is None


async def members(tx: Tx, channel_id: str) -> Sequence[str] | None:
    """Who is in a private channel, apps left out as far as they are known; None of others, and if unsure."""
    there = await channel(tx, channel_id)
    if there is None or not there.is_private:
        return None
    bots = select(Person.user_id).where(Person.workspace_id == tx.workspace_id, Person.is_bot)
    found = await tx.session.scalars(
        select(ChannelMember.user_id).where(
            ChannelMember.workspace_id == tx.workspace_id,
            ChannelMember.channel_id == channel_id,
            ChannelMember.user_id.not_in(bots),
        )
    )
    return found.all() or None


async def is_nobody(tx: Tx, user_id: str, channel_id: str) -> bool:
    """Whether what happens there is no matter of this person's, whatever they were to it before.

    They left the workspace, or are outside of that channel.
    """
    return (await person(tx, user_id)).deleted or await is_outside(tx, user_id, channel_id)


async def may_look_up(tx: Tx, user_id: str, channel_id: str) -> bool:
    """Whether this person, who acts in the channel, may look up what happened in it."""
    return not (await person(tx, user_id)).is_away and not await is_outside(tx, user_id, channel_id)


async def check_place(tx: Tx, user_id: str, channel_id: str) -> None:
    """Raises `FieldError` at `channel` where the app could not speak, or this person is not."""
    there = await channel(tx, channel_id)
    if there is None:
        return
    if there.is_archived:
        raise FieldError({"channel": f"#{there.name} is archived. Choose a channel that is in use."})
    if await is_outside(tx, user_id, channel_id):
        raise FieldError({"channel": "You are not a member of this channel. Choose one of yours."})
    if not there.is_member:
        raise FieldError(
            {
                "channel": f"I am not in #{there.name} and cannot post there. "
                "Type /invite @Afterlaunch in it, then press the button again."
            }
        )


async def is_unsure(tx: Tx, channel_id: str) -> bool:
    """Whether the channel is private and Slack has not told us who is in it."""
    there = await channel(tx, channel_id)
    if there is None or not there.is_private:
        return False
    found = await tx.session.scalar(
        select(ChannelMember.user_id)
        .where(ChannelMember.workspace_id == tx.workspace_id, ChannelMember.channel_id == channel_id)
        .limit(1),
    )
    return found is None


async def may_be_asked(tx: Tx, user_id: str, channel_id: str | None = None) -> bool:
    """Whether this is a colleague who would answer, and who may read of what happens in that channel."""
    if not (await person(tx, user_id)).can_be_asked:
        return False
    return channel_id is None or not await is_outside(tx, user_id, channel_id)


def open_channels(tx: Tx, user_id: str) -> Select[str]:
    """Ids of the channels of which this person may read anywhere: all public ones, and their private ones.

    Guests, people of another organisation and people who left read of none.
    """
    mine = select(ChannelMember.channel_id).where(
        ChannelMember.workspace_id == tx.workspace_id, ChannelMember.user_id == user_id
    )
    return select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id,
        or_(Channel.is_private.is_(False), Channel.channel_id.in_(mine)),
        ~is_away(tx, user_id),
    )


def closed_channels(tx: Tx, user_id: str) -> Select[str]:
    """Ids of the private channels that this person is not in."""
    mine = select(ChannelMember.channel_id).where(
        ChannelMember.workspace_id == tx.workspace_id, ChannelMember.user_id == user_id
    )
    return select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id, Channel.is_private, Channel.channel_id.not_in(mine)
    )


def is_away(tx: Tx, user_id: str) -> ColumnElement[bool]:
    """Whether this is a guest, somebody of another organisation, or somebody who left."""
    return exists().where(
        Person.workspace_id == tx.workspace_id,
        Person.user_id == user_id,
        or_(Person.is_guest, Person.deleted),
    )


async def today(tx: Tx, user_id: str) -> date:
    """The calendar day where this person is."""
    return local_date(tx.now, (await person(tx, user_id)).zone)


async def lock(tx: Tx) -> None:
    """Let one transaction at a time past this point in the workspace. SQLite has one writer anyway."""
    await tx.session.execute(
        # `FOR NO KEY UPDATE`: rows that refer to the workspace may still be written meanwhile.
        select(Workspace.id).where(Workspace.id == tx.workspace_id).with_for_update(key_share=True),
    )


async def an_admin(tx: Tx) -> str | None:
    """An admin or owner of the workspace, always the same of those we have met; None if we met none."""
    found: str | None = await tx.session.scalar(
        select(Person.user_id)
        .where(
            Person.workspace_id == tx.workspace_id,
            Person.is_admin,
            Person.deleted.is_(False),
            Person.is_bot.is_(False),
        )
        .order_by(Person.user_id)
        .limit(1),
    )
    return found


async def installations(session: AsyncSession) -> Mapping[str, int]:
    """Every workspace's id, by its Slack team."""
    found = await session.execute(select(Workspace.team_id, Workspace.id))
    return {row.team_id: row.id for row in found}
