"""A quarter of one team, lived through: from September to December 2026, by everybody's diary."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from slackapp.core.clock import TurnedClock
from slackapp.core.shipped import shipped
from slackapp.playground.history.acts import Act
from slackapp.playground.slack import ImpossibleError, StandIn
from tests.stories.quarter.diaries import DIARIES
from tests.stories.quarter.people import PRIVATE, PUBLIC, TEAM
from tests.support.team import Team
from tests.support.witness import Witness
from tests.support.world import UNHURRIED, started

YEAR = 2026
#: A Monday, nine in the morning in Tokyo and the middle of the night in New York.
START = datetime(YEAR, 9, 7, tzinfo=UTC)
END = datetime(YEAR, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """What somebody does, and when."""

    at: datetime
    who: str
    act: Act


def entries() -> list[Entry]:
    """All diaries as one, by time. A time is where its writer is at home, unless a zone stands behind it."""
    homes = {member.name: member.zone for member in TEAM}
    written = [(who, when, act) for who, diary in DIARIES.items() for when, act in diary]
    found = [Entry(_moment(when, homes[who]), who, act) for who, when, act in written]
    return sorted(found, key=lambda entry: entry.at)


def _moment(when: str, home: str) -> datetime:
    weekday, day, month, at, *zone = when.split()
    local = datetime.strptime(f"{day} {month} {YEAR} {at} +0000", "%d %b %Y %H:%M %z")
    assert f"{local:%a}" == weekday, f"{when} is a {local:%A}"
    return local.replace(tzinfo=ZoneInfo(zone[0] if zone else home)).astimezone(UTC)


@dataclass(frozen=True)
class Quarter:
    """What is left of it, once it is over."""

    slack: StandIn
    witness: Witness


async def live(database_url: str) -> Quarter:
    """Live through all of it. `database_url` is that of a migrated database."""
    clock = TurnedClock(START)
    async with (
        StandIn.serve(
            shipped("manifest.yml"),
            clock=lambda: clock.now().timestamp(),
            request_url="http://127.0.0.1:1",
            timing=UNHURRIED,
        ) as slack,
        started(slack, database_url, clock) as app,
    ):
        people = {each.name: slack.add_person(each.name, tz=each.zone, admin=each.admin) for each in TEAM}
        slack.add_channel(PUBLIC, list(people.values()), with_bot=False)
        insiders = [people[each.name] for each in TEAM if each.insider]
        slack.add_channel(PRIVATE, insiders, private=True, with_bot=False)
        team = Team(slack, app, clock)
        team.witness.locate()
        for entry in entries():
            await team.turn_to(entry.at)
            try:
                await entry.act(team, people[entry.who])
            except (ImpossibleError, AssertionError, TimeoutError) as error:
                local = f"{entry.at.astimezone(ZoneInfo(people[entry.who].account.tz)):%a %d %b %H:%M}"
                error.add_note(f"{entry.who}, {local}")
                raise
        await team.turn_to(END)
    return Quarter(slack, team.witness)
