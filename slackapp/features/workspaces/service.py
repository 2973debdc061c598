"""Keeping what Slack says of workspaces and people, and giving out numbers."""

from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.features.workspaces.models import Counter, Person, Workspace
from slackapp.slack.people import Profile


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
    """Keep what Slack says of a person; writes only if it is news."""
    facts = {
        "name": profile.shown_name[:255],
        "tz": profile.tz,
        "is_admin": profile.is_admin,
        "is_bot": profile.is_bot,
        "is_guest": profile.is_restricted or profile.is_ultra_restricted or profile.is_stranger,
        "deleted": profile.deleted,
    }
    statement = insert(Person, tx.dialect).values(workspace_id=tx.workspace_id, user_id=profile.id, **facts)
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "user_id"],
            set_=facts,
            where=or_(*(getattr(Person, name).is_distinct_from(value) for name, value in facts.items())),
        ),
    )


async def next_number(tx: Tx, name: str) -> int:
    """The next number for things of this name, from 1; no two transactions are given the same."""
    statement = insert(Counter, tx.dialect).values(workspace_id=tx.workspace_id, name=name, value=1)
    result = await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "name"],
            set_={"value": Counter.value + 1},
        ).returning(Counter.value),
    )
    return result.scalar_one()
