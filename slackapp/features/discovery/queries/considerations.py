"""What a senior engineer said has to be factored in, and who may say it."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Consideration
from slackapp.features.discovery.rules import CONSIDERATIONS_KIND, Role
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Role as LaunchRole
from slackapp.features.prompts.queries import asked_of

_AS_HERE = {
    LaunchRole.OWNER: Role.OWNER,
    LaunchRole.BACKUP: Role.OWNER,
    LaunchRole.ASKED: Role.ASKED,
    LaunchRole.MEMBER: Role.MEMBER,
}


async def consideration(tx: Tx, launch_id: int) -> Consideration | None:
    """What was said of this launch; None if nothing was."""
    found: Consideration | None = await tx.session.scalar(
        select(Consideration).where(
            Consideration.workspace_id == tx.workspace_id, Consideration.launch_id == launch_id
        )
    )
    return found


async def echoed(tx: Tx, echo: str) -> Consideration | None:
    """What was taken from the reply that is answered under this outbox key."""
    found: Consideration | None = await tx.session.scalar(
        select(Consideration).where(Consideration.workspace_id == tx.workspace_id, Consideration.echo == echo)
    )
    return found


async def roles_for(
    tx: Tx, user_id: str, launch: Launch, said: Consideration | None, *, here: str | None = None
) -> frozenset[Role]:
    """What this person is to what is said of the launch. `here` is the channel they act in."""
    asked_id = await asked_of(tx, CONSIDERATIONS_KIND, launch.id)
    there = await launch_queries.roles(tx, user_id, launch, here=here, asked_id=asked_id)
    found = {_AS_HERE[role] for role in there if role in _AS_HERE}
    if found and user_id == launch.senior_id:
        found.add(Role.SENIOR)
    if found and said is not None and user_id == said.said_by:
        found.add(Role.SAID)
    return frozenset(found)
