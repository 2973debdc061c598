"""Whether somebody may do something with a poll, and the sentence for those who may not."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll
from slackapp.features.polls.rules.permissions import Doing, Role, may
from slackapp.features.workspaces.queries import is_nobody, may_be_asked, person


async def is_allowed(tx: Tx, user_id: str, poll: Poll, doing: Doing, *, here: str | None = None) -> bool:
    """Whether the table of permissions allows it. `here`: the channel they act in."""
    return may(doing, await _roles(tx, user_id, poll, here))


async def check(tx: Tx, user_id: str, poll: Poll, doing: Doing, *, here: str | None = None) -> None:
    """Raises `UserError` where `is_allowed` says no."""
    roles = await _roles(tx, user_id, poll, here)
    if may(doing, roles):
        return
    if doing is Doing.MANAGE and Role.MEMBER in roles:
        creator = (await person(tx, poll.created_by)).name
        raise UserError(f"This is for {creator}, who made {poll.label}, and for admins.")
    raise UserError("This poll is for the members of its channel.")


async def _roles(tx: Tx, user_id: str, poll: Poll, here: str | None) -> frozenset[Role]:
    them = await person(tx, user_id)
    if await may_be_asked(tx, user_id, poll.channel_id):
        found = {Role.MEMBER}
        if user_id == poll.created_by:
            found.add(Role.CREATOR)
        if them.is_admin:
            found.add(Role.ADMIN)
        return frozenset(found)
    is_here = here == poll.channel_id and not await is_nobody(tx, user_id, poll.channel_id)
    return frozenset({Role.GUEST}) if is_here and not them.is_bot else frozenset()
