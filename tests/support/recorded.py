"""Launches recorded in a transaction, and people known in it, for tests of services."""

from datetime import UTC, datetime

from sqlalchemy import select

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.launches import service
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchDraft
from slackapp.features.workspaces.service import install, introduce
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile

LAUNCH = {
    "title": "New onboarding",
    "problem": "New teams give up",
    "audience": "new teams",
    "metric": "Activation",
    "from_to": "40 % → 50 %",
}
#: Of a launch this old the final checkpoint has come.
LONG_OUT = "2026-08-01"


async def recorded(tx: Tx, *, by: str = "U1", channel: str = "C1", **values: str) -> Launch:
    """A launch recorded by this person, who owns it unless told otherwise."""
    draft = LaunchDraft.read({**LAUNCH, **values}, owner=by, today=tx.now.date())
    return await service.record(tx, by, channel, draft)


async def asked_about(tx: Tx, launch: Launch) -> FollowUp:
    """The launch's final follow-up."""
    found = await tx.session.scalars(select(FollowUp).where(FollowUp.launch_id == launch.id, FollowUp.final))
    return found.one()


async def messages(tx: Tx, user_id: str) -> list[OutboxMessage]:
    """What is wanted in this person's direct message, the oldest first."""
    found = await tx.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.user_id == user_id, OutboxMessage.workspace_id == tx.workspace_id)
        .order_by(OutboxMessage.id)
        .execution_options(populate_existing=True)
    )
    return list(found)


async def knows(tx: Tx, user_id: str, *, name: str = "", tz: str = "UTC", admin: bool = False) -> None:
    profile = Profile(id=user_id, name=name or user_id, tz=tz, is_admin=admin)
    await introduce(tx, profile)


async def another_workspace(transactions: Transactions) -> int:
    async with transactions.install() as session:
        return await install(session, team_id="T2", name="Elsewhere", now=datetime(2026, 9, 7, tzinfo=UTC))
