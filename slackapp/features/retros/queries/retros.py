"""Finding retros, and what a person is to one."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import or_, select

from slackapp.core.errors import NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, RetroLaunch, RetroPerson
from slackapp.features.retros.rules import Part, Role
from slackapp.features.workspaces.queries import channel, is_nobody, is_outside, open_channels, person


async def retro(
    tx: Tx, retro_id: int, *, lock: bool = False, share: bool = False, anew: bool = False
) -> Retro:
    """The retro. `lock`: as it stands, and nobody else changes it until the end of the transaction.

    `share`: the same for many at once, of whom none changes the retro itself. `anew`: as the database has it
    now, whatever was read of it before.
    """
    statement = select(Retro).where(Retro.workspace_id == tx.workspace_id, Retro.id == retro_id)
    if lock or share:
        statement = statement.with_for_update(read=not lock)
    if lock or share or anew:
        statement = statement.execution_options(populate_existing=True)
    found: Retro | None = await tx.session.scalar(statement)
    if found is None:
        raise NotFoundError("This retro is not there.")
    return found


async def open_in(tx: Tx, channel_id: str) -> Retro | None:
    """The channel's open retro: there is one at most."""
    found: Retro | None = await tx.session.scalar(
        select(Retro).where(
            Retro.workspace_id == tx.workspace_id,
            Retro.channel_id == channel_id,
            Retro.ended_at.is_(None),
        )
    )
    return found


async def numbered(tx: Tx, number: int, user_id: str, here: str) -> Retro:
    """R-7, if this person may look it up; `NotFoundError` says the same whether it is there or not."""
    found: Retro | None = await tx.session.scalar(
        select(Retro).where(
            Retro.workspace_id == tx.workspace_id,
            Retro.number == number,
            or_(Retro.channel_id.in_(open_channels(tx, user_id)), Retro.channel_id == here),
        )
    )
    if found is None or await is_outside(tx, user_id, found.channel_id):
        raise NotFoundError(f"There is no R-{number} that you can see. /retro list shows those of a channel.")
    return found


async def people(tx: Tx, retro_id: int, part: Part) -> Sequence[str]:
    """Who was invited by name or with the channel, or who helps to facilitate."""
    found = await tx.session.scalars(
        select(RetroPerson.user_id)
        .where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id == retro_id,
            RetroPerson.part == part,
        )
        .order_by(RetroPerson.user_id)
    )
    return found.all()


async def launches(tx: Tx, retro_id: int) -> Sequence[int]:
    """Ids of the launches it looks back on."""
    found = await tx.session.scalars(
        select(RetroLaunch.launch_id)
        .where(RetroLaunch.workspace_id == tx.workspace_id, RetroLaunch.retro_id == retro_id)
        .order_by(RetroLaunch.launch_id)
    )
    return found.all()


async def role(tx: Tx, user_id: str, about: Retro, *, here: str | None = None) -> Role:
    """What this person is to the retro. `here`: the channel they act in, which shows that they are in it."""
    them = await person(tx, user_id)
    if them.is_bot or await is_nobody(tx, user_id, about.channel_id):
        return Role.NOBODY
    parts = await _parts(tx, about.id, user_id)
    is_invited = Part.INVITED in parts
    if them.is_stranger:
        return Role.OUTSIDER if is_invited else Role.NOBODY
    if them.is_guest:
        is_meant = is_invited or (about.whole_channel and here == about.channel_id)
        return Role.GUEST if is_meant else Role.NOBODY
    return await _of_colleague(tx, user_id, about, parts, here)


async def _of_colleague(
    tx: Tx, user_id: str, about: Retro, parts: AbstractSet[str], here: str | None
) -> Role:
    if user_id == about.facilitator_id:
        return Role.FACILITATOR
    if Part.CO_FACILITATOR in parts:
        return Role.CO_FACILITATOR
    if Part.INVITED in parts or about.whole_channel:
        return Role.PARTICIPANT
    is_known = await channel(tx, about.channel_id) is not None
    return Role.ONLOOKER if is_known or here == about.channel_id else Role.NOBODY


async def _parts(tx: Tx, retro_id: int, user_id: str) -> frozenset[str]:
    """What this person alone is to it: of those invited there may be hundreds."""
    found = await tx.session.scalars(
        select(RetroPerson.part).where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id == retro_id,
            RetroPerson.user_id == user_id,
        )
    )
    return frozenset(found)


def must_be_open(about: Retro) -> None:
    """Raises `UserError` if it is closed or cancelled."""
    if about.ended_at is not None:
        raise UserError(f"{about.label} is over. /retro starts the next one.")
