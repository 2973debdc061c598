"""The clock as a person reads it, and the moments it can be turned to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from slackapp.playground.pages.blocks import TIME, Reader
from slackapp.playground.pages.blocks.dates import said
from slackapp.playground.slack import Person
from slackapp.playground.world import World


@dataclass(frozen=True)
class Ahead:
    """What comes next by itself."""

    #: e.g. `Tue 15 Sep, 9:30 AM`
    when: str
    what: str


@dataclass(frozen=True)
class Going:
    """A turn that is under way."""

    percent: int
    to: str


@dataclass(frozen=True)
class Face:
    #: Where this person is: `Mon 14 Sep 2026`, `9:30 AM`, `Stockholm`.
    day: str
    time: str
    city: str
    #: For machines.
    iso: str
    ahead: Ahead | None
    #: Nothing comes by itself, and that is known.
    idle: bool
    going: Going | None
    #: Why it cannot be turned; empty if it can.
    stuck: str
    #: How many messages Slack has not taken when it was last turned.
    left: int


def face(world: World, person: Person) -> Face:
    turning = world.turning
    reader = Reader(person.id, ZoneInfo(person.account.tz), turning.now)
    there = turning.now.astimezone(reader.zone)
    # While the history is made the clock is turned all the time, and not by anybody who could stop it.
    coming, turn = (None, None) if world.progress else (world.outlook.upcoming, turning.turn)
    going = None
    if turn is not None:
        share = (turning.now - turn.begun) / (turn.to - turn.begun) if turn.to > turn.begun else 1.0
        going = Going(round(100 * share), _said(turn.to, reader))
    ahead = (
        None if coming is None or coming.at <= turning.now else Ahead(_said(coming.at, reader), coming.what)
    )
    return Face(
        f"{there:%a} {there.day} {there:%b %Y}",
        said(there, TIME, reader),
        person.account.tz.rpartition("/")[2].replace("_", " "),
        there.isoformat(timespec="minutes"),
        ahead,
        world.outlook.known and coming is None,
        going,
        stuck(world),
        turning.left,
    )


def stuck(world: World) -> str:
    """Why the clock cannot be turned now, in a sentence; empty if it can."""
    if world.progress is not None:
        return "The company's half year is still being made. Wait until it is there."
    if world.turning.under_way:
        return "The clock is being turned already. Wait until it stands."
    return ""


async def moment(world: World, person: Person, by: str) -> datetime | None:
    """Where a button of the clock leads; None if nothing comes by itself. KeyError for another button."""
    now, zone = world.turning.now, ZoneInfo(person.account.tz)
    if by == "hour":
        return now + timedelta(hours=1)
    if by == "morning":
        return await world.turning.next_morning(person.id, zone)
    if by == "next":
        coming = await world.turning.upcoming()
        return None if coming is None else coming.at
    days = {"day": 1, "week": 7}[by]
    # The same time of day where this person is, over a change of the clocks, too.
    there = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return there.replace(tzinfo=zone).astimezone(UTC)


def _said(moment: datetime, reader: Reader) -> str:
    there = moment.astimezone(reader.zone)
    return f"{there:%a} {there.day} {there:%b}, {said(there, TIME, reader)}"
