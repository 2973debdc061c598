"""Who a person is, what day it is where they are, and who looks after the workspace."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date
from slackapp.features.workspaces.models import Person, Workspace


async def person(tx: Tx, user_id: str) -> Person:
    """The person as Slack last told us. Of whom it told nothing yet, only the id is known."""
    found = await tx.session.get(Person, (tx.workspace_id, user_id))
    return found or Person(
        workspace_id=tx.workspace_id,
        user_id=user_id,
        name=user_id,
        tz=None,
        is_admin=False,
        is_bot=False,
        is_guest=False,
        deleted=False,
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
