"""Keeping what Slack says of workspaces and people, telling who looks after them, and giving out numbers."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.features.workspaces import blocks, queries
from slackapp.features.workspaces.models import Counter, Person, Workspace
from slackapp.outbox.service import Direct, say
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
    statement = insert(Counter, tx.dialect).values(workspace_id=tx.workspace_id, name=name, value=1)
    result = await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "name"],
            set_={"value": Counter.value + 1},
        ).returning(Counter.value),
    )
    return result.scalar_one()
