"""Whether somebody may do something with discovery, and the sentence for those who may not."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.models import Activity
from slackapp.features.discovery.rules import Doing, Role, may
from slackapp.features.workspaces.queries import person

FOR_MEMBERS = "Discovery is for the members of this workspace. You are asked here when something is for you."


async def check_member(tx: Tx, user_id: str) -> None:
    """Raises `UserError` for guests, people of another organisation, and people who left."""
    if (await person(tx, user_id)).is_away:
        raise UserError(FOR_MEMBERS)


async def check_edit(tx: Tx, user_id: str, about: Activity, *, here: str | None = None) -> None:
    """Raises `UserError` if it is not theirs to change or remove."""
    roles = await queries.roles(tx, user_id, about, here=here)
    if may(Doing.EDIT, roles):
        return
    if Role.MEMBER not in roles:
        raise UserError("This is for the members of its channel.")
    logger = (await person(tx, about.logged_by)).name
    raise UserError(f"This can be changed by {logger}, who logged it, or by an admin of this workspace.")
