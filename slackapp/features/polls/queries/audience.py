"""Whom a poll means, as far as that is known without asking Slack who is in a public channel."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select

from slackapp.core.slackbot import SLACKBOT
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, PollPerson
from slackapp.features.polls.rules import Audience, PollDraft, Way
from slackapp.features.polls.rules.schedule import MOST_MEANT
from slackapp.features.workspaces.models import ChannelMember, Person
from slackapp.features.workspaces.queries import channel, members


async def meant_by(tx: Tx, draft: PollDraft, channel_id: str) -> int | None:
    """How many this poll would ask; None: that is known once Slack said who is in the channel."""
    found = await _among(
        tx, channel_id, Audience(draft.audience), Way(draft.way), draft.people, draft.functions
    )
    return None if found is None else len(found)


async def meant_now(tx: Tx, poll: Poll) -> Sequence[str] | None:
    """Whom a round of it would ask that began now, in the order of their ids; None as above."""
    return await _among(
        tx,
        poll.channel_id,
        Audience(poll.audience),
        Way(poll.way),
        await asked_by_name(tx, poll),
        poll.functions,
    )


async def asked_by_name(tx: Tx, poll: Poll) -> Sequence[str]:
    found = await tx.session.scalars(
        select(PollPerson.user_id).where(
            PollPerson.workspace_id == tx.workspace_id, PollPerson.poll_id == poll.id
        )
    )
    return found.all()


async def of_functions(tx: Tx, functions: Collection[str]) -> frozenset[str]:
    """Colleagues who said that they have one of these functions, wherever they are."""
    found = await tx.session.scalars(
        select(Person.user_id).where(
            Person.workspace_id == tx.workspace_id,
            Person.function.in_(functions),
            Person.deleted.is_(False),
            Person.is_guest.is_(False),
        )
    )
    return frozenset(found)


async def count_known(tx: Tx, user_ids: Collection[str]) -> int:
    """Of how many of them Slack told who they are."""
    found = await tx.session.scalar(
        select(func.count()).where(Person.workspace_id == tx.workspace_id, Person.user_id.in_(user_ids))
    )
    return found or 0


async def those_meant(tx: Tx, poll: Poll, user_ids: Iterable[str]) -> Sequence[str]:
    """Those of them whom a round of this poll means now: guests read the channel, and get no questions."""
    return await _fitting(tx, poll.channel_id, Way(poll.way), Audience(poll.audience), user_ids)


async def _among(
    tx: Tx,
    channel_id: str,
    audience: Audience,
    way: Way,
    people: Collection[str],
    functions: Collection[str],
) -> Sequence[str] | None:
    if audience is Audience.PEOPLE:
        return await _fitting(tx, channel_id, way, audience, people)
    there = await members(tx, channel_id)
    if there is None:
        return None
    # Whom Slack told nothing of may be an app, ours among them. Where they are too many, it does not matter.
    if len(there) <= MOST_MEANT and await count_known(tx, there) < len(there):
        return None
    if audience is Audience.FUNCTIONS:
        there = sorted(set(there) & await of_functions(tx, functions))
    return await _fitting(tx, channel_id, way, audience, there)


async def _fitting(
    tx: Tx, channel_id: str, way: Way, audience: Audience, user_ids: Iterable[str]
) -> Sequence[str]:
    """Two questions to the database, however many they are."""
    wanted = frozenset(user_ids)
    inside = await _inside(tx, channel_id, wanted)
    found = await tx.session.scalars(
        select(Person).where(Person.workspace_id == tx.workspace_id, Person.user_id.in_(wanted))
    )
    with_guests = way is Way.CHANNEL and audience is Audience.CHANNEL
    away = {them.user_id for them in found if not _fits(them, with_guests=with_guests)}
    return sorted(inside - away - {SLACKBOT})


def _fits(them: Person, *, with_guests: bool) -> bool:
    is_guest_there = with_guests and not (them.is_bot or them.is_stranger or them.deleted)
    return them.can_be_asked or is_guest_there


async def _inside(tx: Tx, channel_id: str, user_ids: frozenset[str]) -> frozenset[str]:
    """Those of them who may read there: in a private channel those who are in it."""
    there = await channel(tx, channel_id)
    if there is None or not there.is_private:
        return user_ids
    found = await tx.session.scalars(
        select(ChannelMember.user_id).where(
            ChannelMember.workspace_id == tx.workspace_id,
            ChannelMember.channel_id == channel_id,
            ChannelMember.user_id.in_(user_ids),
        )
    )
    return frozenset(found)
