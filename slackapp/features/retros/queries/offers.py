"""The retros that are offered for launches."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Offer, Retro, RetroLaunch
from slackapp.features.retros.rules import Phase


async def offer_of(tx: Tx, launch_id: int, *, lock: bool = False) -> Offer | None:
    """`lock`: as it stands, and nobody else settles it until the end of the transaction."""
    statement = select(Offer).where(Offer.workspace_id == tx.workspace_id, Offer.launch_id == launch_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Offer | None = await tx.session.scalar(statement)
    return found


async def was_offered(tx: Tx, launch_id: int) -> bool:
    found = await offer_of(tx, launch_id)
    return found is not None and found.due_at is None


async def is_looked_back_on(tx: Tx, launch_id: int) -> bool:
    """Whether a retro did so, or does."""
    found = await tx.session.scalar(
        select(RetroLaunch.launch_id)
        .join(Retro, Retro.id == RetroLaunch.retro_id)
        .where(
            RetroLaunch.workspace_id == tx.workspace_id,
            Retro.workspace_id == tx.workspace_id,
            RetroLaunch.launch_id == launch_id,
            Retro.phase != Phase.CANCELLED,
        )
        .limit(1)
    )
    return found is not None
