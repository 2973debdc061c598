"""What a retro begins with: the launches it may look back on, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import ANSWERS
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader, visible
from slackapp.features.launches.rules import LaunchState
from slackapp.features.retros.models import Retro, RetroLaunch, Series, WaitingLaunch
from slackapp.features.retros.rules import MOST_LAUNCHES, Phase
from slackapp.features.workspaces.models import Channel

#: How far back the first retro of a channel looks.
FIRST_LOOK = timedelta(days=90)

_THERE = (LaunchState.OUT, LaunchState.MEASURED, LaunchState.CLOSED)


@dataclass(frozen=True)
class Offered:
    """A launch of the channel that its next retro may look back on."""

    launch: Launch
    #: Somebody asked for it, or its outcome came since the last retro.
    is_chosen: bool


async def last_closed(tx: Tx, channel_id: str, before: int | None = None) -> Retro | None:
    """The channel's last retro that was closed; `before`: the last one with a smaller number."""
    found: Retro | None = await tx.session.scalar(
        select(Retro)
        .where(
            Retro.workspace_id == tx.workspace_id,
            Retro.channel_id == channel_id,
            Retro.phase == Phase.CLOSED,
            *(() if before is None else (Retro.number < before,)),
        )
        .order_by(Retro.number.desc())
        .limit(1)
    )
    return found


def since(tx: Tx, last: Retro | None) -> datetime:
    """From when on something was not told in that retro."""
    return tx.now - FIRST_LOOK if last is None or last.ended_at is None else last.ended_at


async def offered(tx: Tx, channel_id: str, also: int = 0) -> Sequence[Offered]:
    """The launches to choose from: those asked for, then those with an outcome, then those that came out.

    `also`: the id of one more that was asked for.
    """
    start = since(tx, await last_closed(tx, channel_id))
    wanted = or_(Launch.id.in_(_waiting(tx, channel_id)), Launch.id == also)
    told, out = _measured_since(tx, start), Launch.day >= start.date()
    found = await tx.session.execute(
        select(Launch, wanted, told)
        .where(
            Launch.workspace_id == tx.workspace_id,
            Launch.channel_id == channel_id,
            Launch.state.in_(_THERE),
            or_(wanted, told, out),
        )
        .order_by(wanted.desc(), told.desc(), Launch.number.desc())
        .limit(MOST_LAUNCHES)
    )
    return [Offered(launch, bool(is_wanted or is_told)) for launch, is_wanted, is_told in found]


async def chosen(tx: Tx, channel_id: str) -> Sequence[int]:
    """Ids of the launches that a retro looks back on where nobody chooses."""
    return [each.launch.id for each in await offered(tx, channel_id) if each.is_chosen]


async def may_be_looked_back_on(
    tx: Tx, launch_ids: Sequence[int], channel_id: str, user_id: str
) -> frozenset[int]:
    """Which of these launches a retro in this channel may name, and this person may read of."""
    public = select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id, Channel.is_private.is_(False)
    )
    found = await tx.session.scalars(
        select(Launch.id).where(
            Launch.workspace_id == tx.workspace_id,
            Launch.id.in_(launch_ids),
            Launch.state.in_(_THERE),
            or_(Launch.channel_id == channel_id, Launch.channel_id.in_(public)),
            visible(tx, Reader(user_id, channel_id)),
        )
    )
    return frozenset(found)


async def looking_back_on(tx: Tx, launch_id: int) -> Sequence[str]:
    """The channels with an open retro that looks back on this launch."""
    found = await tx.session.scalars(
        select(Retro.channel_id)
        .join(RetroLaunch, RetroLaunch.retro_id == Retro.id)
        .where(
            Retro.workspace_id == tx.workspace_id,
            RetroLaunch.workspace_id == tx.workspace_id,
            RetroLaunch.launch_id == launch_id,
            Retro.ended_at.is_(None),
        )
    )
    return found.all()


async def running(tx: Tx, channel_id: str) -> Series | None:
    """The retros that recur in the channel."""
    found: Series | None = await tx.session.scalar(
        select(Series).where(
            Series.workspace_id == tx.workspace_id,
            Series.channel_id == channel_id,
            Series.ended_at.is_(None),
        )
    )
    return found


def _waiting(tx: Tx, channel_id: str) -> ColumnElement[int]:
    return (
        select(WaitingLaunch.launch_id)
        .where(WaitingLaunch.workspace_id == tx.workspace_id, WaitingLaunch.channel_id == channel_id)
        .scalar_subquery()
    )


def _measured_since(tx: Tx, start: datetime) -> ColumnElement[bool]:
    return exists().where(
        FollowUp.workspace_id == tx.workspace_id,
        FollowUp.launch_id == Launch.id,
        FollowUp.final,
        and_(FollowUp.state.in_(ANSWERS), FollowUp.answered_at >= start),
    )
