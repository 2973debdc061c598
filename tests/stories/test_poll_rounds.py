"""Six rounds of a poll over a daylight-saving change: each is asked at their own ten in the morning."""

from datetime import UTC, datetime, time, timedelta

from slackapp.core.recurrence import Every, Weekday
from slackapp.core.transaction import Tx
from slackapp.features.polls.queries import poll, trend
from slackapp.features.polls.rules import Recurring, Stage
from slackapp.features.polls.service import starting
from slackapp.features.workspaces.rules import SettingsDraft
from slackapp.features.workspaces.service import settle
from slackapp.playground.slack import Message, Person
from tests.support.polls import drafted
from tests.support.world import World

FORTNIGHTLY = Recurring(Every.FORTNIGHT, Weekday.MONDAY, time(10), in_own_zone=True)


async def begin(world: World, people: list[Person]) -> int:
    """Mara has these people asked, each at ten on every other Monday where they are."""
    draft = drafted(
        people=[each.id for each in people], recurring=FORTNIGHTLY, open_minutes=3 * 1440, reminds=False
    )

    async def use(tx: Tx) -> int:
        return (await starting.start(tx, world.mara.id, draft, channel_id=world.team.id)).id

    for each in people:
        await each.open_home()
    await world.settle()
    poll_id = await world.app.transactions.run(world.app.installation.workspace_id, use)
    await world.settle()
    return poll_id


def asked(world: World, person: Person) -> list[datetime]:
    """When each question came to this person."""
    found = [m for m in world.slack.messages(person.dm) if m.shown.startswith("Is there cake?")]
    return [datetime.fromtimestamp(float(m.ts), UTC).replace(microsecond=0) for m in found]


def question(world: World, person: Person) -> Message:
    return [m for m in world.slack.messages(person.dm) if m.shown.startswith("Is there cake?")][-1]


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


async def test_six_rounds_over_a_daylight_saving_change(world: World) -> None:
    yuki = world.slack.add_person("Yuki Mori", tz="Asia/Tokyo")
    workspace = world.app.installation.workspace_id
    poll_id = await begin(world, [world.jonas, world.ines, yuki])
    await world.app.transactions.run(
        workspace, lambda tx: settle(tx, yuki.id, None, SettingsDraft(country="JP"))
    )
    await world.press(world.jonas, "Yes", question(world, world.jonas))
    # It is four in the morning in New York: the first round, too, waits there until people are at work.
    await world.turn_to(at(9, 7, 13))
    await skip(world, at(9, 11, 8))
    # The second: Japan is on holiday from Monday to Wednesday.
    await skip(world, at(9, 20, 20))
    await world.turn_to(at(9, 21, 15))
    await world.press(world.ines, "Yes", question(world, world.ines))
    await world.turn_to(at(9, 24, 2))
    await world.press(yuki, "No", question(world, yuki))
    await world.turn_to(at(9, 25, 0))
    await hold(world, at(10, 4, 20))
    # The fourth passes by while nobody is looking for a day and an hour.
    await skip(world, at(10, 19, 21))
    # Clocks go back in Europe on 25 October, in New York a week later; and Jonas moves.
    await hold(world, at(11, 1, 20))
    world.slack.set_zone(world.jonas, "America/Los_Angeles")
    await hold(world, at(11, 15, 20))
    await hold(world, at(11, 29, 20))
    first = at(9, 7, 8)
    assert asked(world, world.jonas) == [
        first, at(9, 21, 9), at(10, 5, 9), at(11, 2, 10), at(11, 16, 18), at(11, 30, 18)
    ]  # fmt: skip
    assert asked(world, world.ines) == [
        at(9, 7, 13), at(9, 21, 14), at(10, 5, 14), at(11, 2, 15), at(11, 16, 15), at(11, 30, 15)
    ]  # fmt: skip
    assert asked(world, yuki) == [
        first, at(9, 24, 1), at(10, 5, 1), at(11, 2, 1), at(11, 16, 1), at(11, 30, 1)
    ]  # fmt: skip
    await _came_to(world, poll_id, [1, 2, 0, 0, 0, 0])


async def hold(world: World, begins: datetime) -> None:
    """The round that is made ready then, where that Monday's ten o'clock comes first on earth, to its end."""
    await skip(world, begins)
    await world.turn(days=1)
    await skip(world, begins + timedelta(days=4))


async def skip(world: World, moment: datetime) -> None:
    """Nothing falls due before, or nobody looks."""
    world.clock.turn(moment)
    await world.settle()


async def _came_to(world: World, poll_id: int, answered: list[int]) -> None:
    async with world.app.transactions.read(world.app.installation.workspace_id) as tx:
        rounds = await trend(tx, await poll(tx, poll_id))
        assert [(r.number, r.stage, results.answered, results.meant) for r, _, results in rounds] == [
            (number, Stage.CLOSED, each, 3) for number, each in enumerate(answered, 1)
        ]
