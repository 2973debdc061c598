"""Whether somebody may do something in a retro, and the sentence for those who may not."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Doing, Role, may
from slackapp.features.workspaces.queries import person

_FOR_FACILITATORS = frozenset({Doing.FACILITATE, Doing.RUN})


async def is_allowed(tx: Tx, user_id: str, about: Retro, doing: Doing, *, here: str | None = None) -> bool:
    """Whether the table of permissions allows it. `here`: the channel they act in."""
    return may(doing, await queries.role(tx, user_id, about, here=here))


async def check(tx: Tx, user_id: str, about: Retro, doing: Doing, *, here: str | None = None) -> None:
    """Raises `UserError` where `is_allowed` says no."""
    role = await queries.role(tx, user_id, about, here=here)
    if may(doing, role):
        return
    if role is Role.NOBODY:
        raise UserError(f"{about.label} is for those who were invited to it.")
    facilitator = (await person(tx, about.facilitator_id)).name
    if doing in _FOR_FACILITATORS:
        helpers = " and co-facilitators" if doing is Doing.FACILITATE else ""
        raise UserError(f"This is for {about.label}'s facilitator {facilitator}{helpers}.")
    if role is Role.ONLOOKER:
        raise UserError(
            f"You are not invited to {about.label}. Its facilitator {facilitator} can invite you."
        )
    raise UserError("This is for the members of this workspace.")
