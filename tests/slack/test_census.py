"""Before people are asked, Slack is asked where they are, and who is in the channels it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from slackapp.core.jobs import Roll
from slackapp.core.transaction import Tx
from slackapp.features.workspaces import queries
from slackapp.features.workspaces.models import ChannelMember
from slackapp.slack import people
from slackapp.slack.census import BURST, Census
from slackapp.slack.rooms import FRESH
from tests.support.world import World


def asked(world: World) -> list[str]:
    """The channels Slack was asked about, in their order."""
    return [call.args["channel"] for call in world.slack.calls if call.method == "conversations.info"]


async def test_each_channel_that_is_not_fresh_is_asked_about_once(world: World) -> None:
    here = world.app.installation.workspace_id
    payroll = world.slack.add_channel("payroll", [world.mara], private=True)
    rooms = [(here, payroll.id), (here, world.team.id), (here, payroll.id), (here, world.mara.dm.id)]
    census = Census(world.app.transactions, world.app.frame.reporter, world.app.installation.client_for)
    await census.take(rooms)
    assert asked(world) == [payroll.id, world.team.id]
    await census.take([*rooms, (here + 1, world.team.id)])  # that workspace has no client here
    assert len(asked(world)) == 2
    async with world.app.transactions.read(here) as tx:
        assert await queries.is_outside(tx, world.jonas.id, payroll.id)
        assert not await queries.is_outside(tx, world.mara.id, payroll.id)


async def test_the_first_trouble_ends_it_and_the_rest_is_asked_next_time(world: World) -> None:
    here = world.app.installation.workspace_id
    world.expected_refusals = {"account_inactive"}
    census = Census(world.app.transactions, world.app.frame.reporter, world.app.installation.client_for)
    world.slack._slack.revoked = "account_inactive"
    attic = world.slack.add_channel("attic")
    await census.take([(here, world.team.id), (here, attic.id)])
    assert asked(world) == [world.team.id]
    world.slack._slack.revoked = None
    await census.take([(here, world.team.id), (here, attic.id)])
    assert asked(world) == [world.team.id, world.team.id, attic.id]


async def test_a_question_about_a_private_channel_goes_to_nobody_who_left_it_unseen(world: World) -> None:
    """Slack lost the event, and nobody said anything in the channel since."""
    payroll = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True)
    await world.mara.command("/launch", "New payslips", payroll)
    await world.mara.modal()
    for name, value in {
        "problem": "Nobody reads them",
        "audience": "everybody",
        "metric": "Opened",
        "from_to": "40 % → 50 %",
        "backup": world.jonas.id,
    }.items():
        if name == "backup":
            await world.open_more(world.mara)
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    slack = world.slack._slack
    slack.workspace.leave(slack.workspace.channels[payroll.id], world.mara.id)
    kept = world.app.frame.reporter.rooms._fresh._kept
    kept.update({key: at - FRESH for key, at in kept.items()})
    await world.turn(days=8)
    assert world.asked(world.mara) == []
    assert len(world.asked(world.jonas)) == 1


async def test_nobody_is_asked_by_the_clock_of_a_place_they_left_unseen(world: World) -> None:
    """Mara flew to Los Angeles while the app was down, and Slack gave up telling it."""
    await world.launch()
    fly(world, "America/Los_Angeles")
    await world.turn_to(datetime(2026, 9, 14, 8, 0, tzinfo=UTC))  # her morning, were she in Stockholm still
    assert world.asked(world.mara) == []
    await world.turn_to(datetime(2026, 9, 14, 17, 0, tzinfo=UTC))
    [question] = world.asked(world.mara)
    asked_at = datetime.fromtimestamp(float(question.ts), ZoneInfo("America/Los_Angeles"))
    assert (asked_at.date(), asked_at.time()) == (date(2026, 9, 14), time(9, 30))


async def test_whom_slack_does_not_tell_of_keeps_nobody_else_from_being_met(world: World) -> None:
    here = world.app.installation.workspace_id
    world.expected_refusals = {"user_not_found"}
    fly(world, "America/Los_Angeles")
    census = Census(world.app.transactions, world.app.frame.reporter, world.app.installation.client_for)
    wanted = [(here + 1, world.mara.id), (here, "U0"), (here, world.mara.id), (here, world.mara.id)]
    before = len(world.slack.calls)
    await census.meet(wanted)
    await census.meet([(here, world.mara.id)])
    assert [call.args["user"] for call in world.slack.calls[before:]] == ["U0", world.mara.id]
    async with world.app.transactions.read(here) as tx:
        assert (await queries.person(tx, world.mara.id)).tz == "America/Los_Angeles"


async def test_the_roll_of_a_public_channel_is_handed_to_whoever_asked_and_kept_nowhere_else(
    world: World,
) -> None:
    here = world.app.installation.workspace_id
    crowd = [world.slack.add_person(f"Somebody {number}", tz="UTC") for number in range(3)]
    hall = world.slack.add_channel("hall", [world.mara, *crowd])
    rolls: list[Roll] = []

    async def keep(tx: Tx, roll: Roll) -> None:
        assert tx.workspace_id == here
        rolls.append(roll)

    census = Census(world.app.transactions, world.app.frame.reporter, world.app.installation.client_for)
    await census.call_roll([(here + 1, hall.id), (here, hall.id)], keep)
    everybody = {world.mara.id, *(person.id for person in crowd), world.slack.bot_user_id}
    assert rolls == [Roll(hall.id, frozenset(everybody))]
    async with world.app.transactions.read(here) as tx:
        assert (await tx.session.scalars(select(ChannelMember))).all() == []
    world.expected_refusals = {"account_inactive"}
    world.slack._slack.revoked = "account_inactive"
    await census.call_roll([(here, hall.id), (here, world.team.id)], keep)
    assert len(rolls) == 1
    world.slack._slack.revoked = None


def fly(world: World, zone: str) -> None:
    """Mara is in that zone, and Slack tells it only to those who ask."""
    workspace = world.slack._slack.workspace
    workspace.save_account(replace(workspace.accounts[world.mara.id], tz=zone))
    kept = world.app.frame.reporter.directory._fresh._kept
    kept.update({key: at - people.FRESH for key, at in kept.items()})


async def test_no_more_people_are_asked_about_at_once_than_slack_likes(world: World) -> None:
    here = world.app.installation.workspace_id
    census = Census(world.app.transactions, world.app.frame.reporter, world.app.installation.client_for)
    many = [(here, world.slack.add_person(f"Person {n}").id) for n in range(BURST + 10)]

    def asked_about() -> int:
        return sum(call.method == "users.info" for call in world.slack.calls)

    before = asked_about()
    await census.meet(many)
    assert asked_about() - before == BURST
    census.paces[here] -= 60  # a minute later
    await census.meet(many)
    assert asked_about() - before == BURST + 10
