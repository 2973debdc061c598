"""Who looks after a poll."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.queries import may_be_asked


async def manager(tx: Tx, poll: Poll) -> str | None:
    """Who is told how it goes: whoever made it, or an admin once they are gone; None: there is nobody.

    Of a private channel's poll only somebody who is in it.
    """
    if await may_be_asked(tx, poll.created_by, poll.channel_id):
        return poll.created_by
    admins = await tx.session.scalars(
        select(Person.user_id)
        .where(Person.workspace_id == tx.workspace_id, Person.is_admin, Person.deleted.is_(False))
        .order_by(Person.user_id)
    )
    for each in admins.all():
        if await may_be_asked(tx, each, poll.channel_id):
            return each
    return None
