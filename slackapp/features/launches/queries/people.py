"""Who had part in a launch, and what somebody is to it."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.rules import Role, Took
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.queries import channel, is_nobody, may_be_asked, person
from slackapp.features.workspaces.rules import Function


async def part_of(tx: Tx, launch_id: int, user_id: str, took: Took) -> LaunchPerson | None:
    found: LaunchPerson | None = await tx.session.scalar(
        select(LaunchPerson).where(
            LaunchPerson.workspace_id == tx.workspace_id,
            LaunchPerson.launch_id == launch_id,
            LaunchPerson.user_id == user_id,
            LaunchPerson.part == took,
        ),
    )
    return found


async def workers(tx: Tx, launch_id: int) -> Sequence[LaunchPerson]:
    """Who said that they worked on it."""
    found = await tx.session.scalars(
        select(LaunchPerson)
        .where(
            LaunchPerson.workspace_id == tx.workspace_id,
            LaunchPerson.launch_id == launch_id,
            LaunchPerson.part == Took.WORKED,
        )
        .order_by(LaunchPerson.id),
    )
    return found.all()


async def parts_taken(tx: Tx, launch_id: int) -> dict[Took, int]:
    """How many had which part."""
    found = await tx.session.execute(
        select(LaunchPerson.part, func.count())
        .where(LaunchPerson.workspace_id == tx.workspace_id, LaunchPerson.launch_id == launch_id)
        .group_by(LaunchPerson.part),
    )
    return {Took(part): count for part, count in found}


async def has_business(tx: Tx, about: Launch) -> bool:
    """Whether somebody known to be from business owns it, recorded it, or had part in it."""
    took_part = select(LaunchPerson.user_id).where(
        LaunchPerson.workspace_id == tx.workspace_id, LaunchPerson.launch_id == about.id
    )
    found = await tx.session.scalar(
        select(Person.user_id)
        .where(
            Person.workspace_id == tx.workspace_id,
            Person.function == Function.BUSINESS,
            or_(
                Person.user_id.in_([about.owner_id, about.backup_id, about.recorder_id]),
                Person.user_id.in_(took_part),
            ),
        )
        .limit(1),
    )
    return found is not None or about.idea_of == Function.BUSINESS


async def roles(
    tx: Tx, user_id: str, about: Launch, *, here: str | None = None, asked_id: str | None = None
) -> frozenset[Role]:
    """What this person is to the launch.

    `asked_id` is whom its question is asked of. `here` is the channel they act in: where Slack told nothing
    of it, that shows that they are in it. Somebody outside of a private channel is nothing to its launches,
    and guests are only what they are asked.
    """
    if await is_nobody(tx, user_id, about.channel_id):
        return frozenset()
    asked = {Role.ASKED} if user_id == asked_id else set[Role]()
    them = await person(tx, user_id)
    if them.is_guest:
        return frozenset(asked)
    found = asked | {
        role
        for role, is_so in (
            (Role.OWNER, user_id == about.owner_id),
            (Role.BACKUP, user_id == about.backup_id),
            (Role.RECORDER, user_id == about.recorder_id),
            (Role.ADMIN, them.is_admin),
        )
        if is_so
    }
    is_known = await channel(tx, about.channel_id) is not None
    is_named = bool(found & {Role.OWNER, Role.BACKUP, Role.RECORDER})
    is_member = is_known or is_named or here == about.channel_id
    return frozenset(found | {Role.MEMBER} if is_member else found)


async def responsible(tx: Tx, about: Launch) -> str | None:
    """Who is told when its channel cannot be: its owner, or whoever of the others is still there."""
    for user_id in (about.owner_id, about.backup_id, about.recorder_id):
        if user_id is not None and await may_be_asked(tx, user_id, about.channel_id):
            return user_id
    return None
