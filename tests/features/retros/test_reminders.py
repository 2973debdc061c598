"""Who is reminded, once; and that a facilitator is asked to go on where nobody else does."""

from datetime import timedelta

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.prompts.queries import find
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import reminders
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import WAITS_KIND, Part
from slackapp.features.retros.service import inviting, notes, phases
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.recorded import messages
from tests.support.retros import collecting

THERE = {
    "U1": Profile(id="U1", team_id="T1"),
    "UHAND": Profile(id="UHAND", team_id="T1"),
    "UMISS": Profile(id="UMISS", team_id="T1"),
    "UGUEST": Profile(id="UGUEST", team_id="T1", is_restricted=True),
    "UFAR": Profile(id="UFAR", team_id="T1", tz="Pacific/Honolulu"),
    "UBOT": Profile(id="UBOT", team_id="T1", is_bot=True),
    "UGONE": Profile(id="UGONE", team_id="T1", deleted=True),
    "UALIEN": Profile(id="UALIEN", team_id="T2"),
}
OUTSIDE = Profile(id="UOUT", team_id="T1")


async def over_days(tx: Tx) -> Retro:
    """A retro in a private channel, over two days, with people of every kind invited."""
    for profile in [*THERE.values(), OUTSIDE]:
        await introduce(tx, profile)
    members = frozenset(THERE)
    await keep_room(
        tx, Room("C1", "team", is_private=True, is_archived=False, is_member=True, members=members)
    )
    about = await collecting(tx, is_live=False, is_anonymous=False)
    about.whole_channel, about.vote_minutes = False, 24 * 60
    await inviting.add(tx, about, [*THERE, OUTSIDE.id], Part.INVITED)
    await phases.extend(tx, about.id, by="U1", step=0, ends_at=tx.now + timedelta(days=2))
    return about


async def reminded(tx: Tx) -> set[str]:
    return {user for user in [*THERE, OUTSIDE.id] if await messages(tx, user)}


async def beat(transactions: Transactions, workspace_id: int) -> set[str]:
    async with transactions.begin(workspace_id) as tx:
        await reminders.remind(tx)
        return await reminded(tx)


async def test_those_who_may_take_part_and_have_not_are_reminded_each_in_their_hours(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await over_days(tx)
        await notes.hand_in(tx, "UHAND", about.id, [(0, "Calm")], {})
    clock.turn(clock.now() + timedelta(hours=23))
    assert await beat(transactions, workspace_id) == set()
    clock.turn(clock.now() + timedelta(hours=3))
    assert await beat(transactions, workspace_id) == {"U1", "UMISS", "UGUEST"}
    async with transactions.begin(workspace_id) as tx:
        await notes.hand_in(tx, "UGUEST", about.id, [(0, "Slow")], {})
        next_at = await tx.session.scalar(reminders.DUE.next_at(tx))
    assert next_at is not None
    clock.turn(next_at)
    assert await beat(transactions, workspace_id) == {"U1", "UMISS", "UGUEST", "UFAR"}
    async with transactions.begin(workspace_id) as tx:
        assert (await queries.retro(tx, about.id)).reminds_at is None
        assert [row.wanted for row in await messages(tx, "UMISS")] == [1]


async def test_voters_are_reminded_of_the_vote_where_there_is_an_hour_for_it(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await over_days(tx)
        await notes.hand_in(tx, "UHAND", about.id, [(0, "Calm")], {})
        await phases.advance(tx, about.id, by="U1", step=0)
    clock.turn(clock.now() + timedelta(hours=13))
    # It ends before anybody else's next morning at nine.
    assert await beat(transactions, workspace_id) == {"UFAR"}


async def test_after_an_outage_nobody_is_reminded_of_what_is_over(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await over_days(tx)
    clock.turn(clock.now() + timedelta(days=3))
    assert await beat(transactions, workspace_id) == set()


async def test_whoever_facilitates_now_is_the_one_who_is_asked_to_go_on(tx: Tx) -> None:
    about = await over_days(tx)
    await inviting.add(tx, about, ["UMISS"], Part.CO_FACILITATOR)
    await notes.hand_in(tx, "UHAND", about.id, [(0, "Calm")], {})
    await phases.advance(tx, about.id, by="U1", step=0)
    assert (waits := await find(tx, WAITS_KIND, about.id)) is None or waits.next_at is None
    await phases.advance(tx, about.id, by="U1", step=1)
    waits = await find(tx, WAITS_KIND, about.id)
    assert waits is not None
    assert (waits.user_id, waits.backup_id) == ("U1", "UMISS")
    await introduce(tx, Profile(id="U1", team_id="T1", deleted=True))
    await tx.session.refresh(waits)
    assert (about.facilitator_id, waits.user_id) == ("UMISS", "UMISS")
