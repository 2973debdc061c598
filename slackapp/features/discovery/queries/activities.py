"""What was done to find out what to build."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Activity, Contribution, Present
from slackapp.features.discovery.rules import CAME_KIND, Contributed, Role
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader, visible
from slackapp.features.launches.rules import LaunchState
from slackapp.features.polls import queries as poll_queries
from slackapp.features.prompts.queries import asked_of
from slackapp.features.workspaces.queries import channel, is_nobody, person
from slackapp.features.workspaces.rules import Function

#: What one of Slack's menus takes, less the entry for none.
MOST_LAUNCHES = 99


@dataclass(frozen=True)
class Logged:
    """An activity with all that its message shows."""

    activity: Activity
    #: In their own order.
    present: Sequence[Function]
    contributions: Sequence[Contributed]
    launch: Launch | None
    #: The poll that counted who was there: P-3.
    counted_by: str | None


async def activity(tx: Tx, activity_id: int, *, lock: bool = False) -> Activity:
    """Raises `NotFoundError`. `lock`: nobody else changes it until the end of the transaction."""
    found = await find(tx, activity_id, lock=lock)
    if found is None:
        raise NotFoundError("This is not here any more: somebody removed it.")
    return found


async def find(tx: Tx, activity_id: int, *, lock: bool = False) -> Activity | None:
    """None if it was removed."""
    statement = select(Activity).where(Activity.workspace_id == tx.workspace_id, Activity.id == activity_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Activity | None = await tx.session.scalar(statement)
    return found


async def logged(tx: Tx, about: Activity) -> Logged:
    present = await tx.session.scalars(
        select(Present.function).where(
            Present.workspace_id == tx.workspace_id, Present.activity_id == about.id
        )
    )
    contributions = await tx.session.scalars(
        select(Contribution.kind).where(
            Contribution.workspace_id == tx.workspace_id, Contribution.activity_id == about.id
        )
    )
    were, came = set(present), set(contributions)
    launch = None if about.launch_id is None else await launch_queries.launch(tx, about.launch_id)
    return Logged(
        about,
        [each for each in Function if each in were],
        [each for each in Contributed if each in came],
        launch,
        await _counted_by(tx, about),
    )


async def _counted_by(tx: Tx, about: Activity) -> str | None:
    if about.round_id is None:
        return None
    found = await poll_queries.round_(tx, about.round_id)
    return (await poll_queries.poll(tx, found.poll_id)).label


async def offered(tx: Tx, user_id: str, channel_id: str, *, also: int | None = None) -> Sequence[Launch]:
    """The channel's launches that this person may see, the newest first. `also`: one that stands already."""
    recent = await tx.session.scalars(
        select(Launch)
        .where(
            Launch.workspace_id == tx.workspace_id,
            Launch.channel_id == channel_id,
            or_(Launch.state != LaunchState.DROPPED, Launch.id == also),
            visible(tx, Reader(user_id, channel_id)),
        )
        # What stands already is among them, however old it is.
        .order_by((Launch.id == also).desc() if also is not None else Launch.number.desc())
        .order_by(Launch.number.desc())
        .limit(MOST_LAUNCHES)
    )
    return sorted(recent, key=lambda launch: launch.number, reverse=True)


async def roles(tx: Tx, user_id: str, about: Activity, *, here: str | None = None) -> frozenset[Role]:
    """What this person is to the activity. `here` is the channel they act in.

    Somebody outside of a private channel is nothing to what was logged there, and guests are only what they
    are asked.
    """
    if await is_nobody(tx, user_id, about.channel_id):
        return frozenset()
    asked_id = None if about.round_id is None else await asked_of(tx, CAME_KIND, about.id)
    asked = {Role.ASKED} if asked_id == user_id else set[Role]()
    them = await person(tx, user_id)
    if them.is_guest:
        return frozenset(asked)
    is_known = await channel(tx, about.channel_id) is not None
    is_logger = about.logged_by == user_id
    found = asked | ({Role.LOGGER} if is_logger else set()) | ({Role.ADMIN} if them.is_admin else set())
    is_member = is_known or is_logger or here == about.channel_id
    return frozenset(found | {Role.MEMBER} if is_member else found)
