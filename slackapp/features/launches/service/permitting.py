"""Whether somebody may do something with a launch, and the sentence for those who may not."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import OUT_KIND, Action, Role, may
from slackapp.features.prompts.queries import asked_of
from slackapp.features.workspaces.queries import person

_DONE = {
    Action.EDIT: "changed",
    Action.CANCEL: "cancelled",
    Action.RELEASE: "declared out, or moved to another day,",
}


async def is_allowed(
    tx: Tx, user_id: str, launch: Launch, action: Action, *, here: str | None = None
) -> bool:
    """Whether the table of permissions allows it. `here`: the channel they act in."""
    return may(action, await _roles(tx, user_id, launch, action, here))


async def check(tx: Tx, user_id: str, launch: Launch, action: Action, *, here: str | None = None) -> None:
    """Raises `UserError` where `is_allowed` says no."""
    roles = await _roles(tx, user_id, launch, action, here)
    if may(action, roles):
        return
    if action not in _DONE or Role.MEMBER not in roles:
        raise UserError(f"{launch.label} is for the members of its channel.")
    owner = (await person(tx, launch.owner_id)).name
    raise UserError(
        f"{launch.label} can be {_DONE[action]} by its owner {owner}, by its backup, by whoever recorded it, "
        "or by an admin of this workspace.",
    )


async def _roles(tx: Tx, user_id: str, launch: Launch, action: Action, here: str | None) -> frozenset[Role]:
    asked_id = await asked_of(tx, OUT_KIND, launch.id) if action == Action.RELEASE else None
    return await queries.roles(tx, user_id, launch, here=here, asked_id=asked_id)
