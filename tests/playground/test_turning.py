"""The clock turned by hand: what falls due happens at its moment, in order, whatever Slack does meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from slackapp.playground.slack import Channel, Fault, Message, Person
from slackapp.playground.turning import BusyError
from slackapp.playground.world import World, world
from tests.conftest import START
from tests.support.world import LAUNCH


@pytest.fixture
async def place(sqlite_url: str) -> AsyncIterator[World]:
    async with world(sqlite_url, START) as made:
        made.slack.add_channel(
            "team-onboarding",
            [
                made.slack.add_person("Mara Lind", tz="Europe/Stockholm"),
                made.slack.add_person("Jonas Bell", tz="Europe/London"),
                made.slack.add_person("Ines Okafor", tz="America/New_York"),
            ],
        )
        yield made


def team(place: World) -> Channel:
    return place.slack.channel("team-onboarding")


async def launch(place: World, name: str, title: str, **fields: object) -> None:
    person = place.slack.person(name)
    await person.command("/launch", title, team(place))
    await person.modal()
    for field, value in {**LAUNCH, **fields}.items():
        person.fill(field, value)
    assert await person.submit() == {}
    await place.turning.settle()


def said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(int(message.ts.partition(".")[0]), UTC)


def questions(place: World, person: Person) -> list[Message]:
    return [message for message in place.slack.messages(person.dm) if message.shown]


async def test_a_message_that_slack_takes_late_has_the_moment_at_which_it_was_due(place: World) -> None:
    await launch(place, "Mara Lind", "A new onboarding")
    place.slack.faults.next("chat.postMessage", Fault.rate_limited("1"))
    await place.turning.to(START + timedelta(days=10))
    first = questions(place, place.slack.person("Mara Lind"))[0]
    # A week after, at half past nine in Stockholm.
    assert said_at(first) == datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
    assert place.turning.left == 0


async def test_mornings_come_in_the_order_of_the_zones_and_each_at_its_moment(place: World) -> None:
    names = ("Ines Okafor", "Jonas Bell", "Mara Lind")
    for name in names:
        await launch(place, name, f"By {name}")
    stops: list[datetime] = []
    await place.turning.to(START + timedelta(days=8), stopped=lambda: stops.append(place.turning.now))
    asked = [said_at(questions(place, place.slack.person(name))[0]) for name in names]
    assert asked == [datetime(2026, 9, 14, hour, 30, tzinfo=UTC) for hour in (13, 8, 7)]
    assert stops == sorted(stops)
    assert set(asked) < set(stops)
    assert stops[-1] == place.turning.now == START + timedelta(days=8)


async def test_what_slack_never_takes_does_not_hold_the_clock(
    place: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slackapp.playground.turning.PATIENCE", 0.5)
    await launch(place, "Mara Lind", "A new onboarding")
    place.slack.faults.always("chat.*", Fault.rate_limited("60"))
    await place.turning.to(START + timedelta(days=10))
    assert place.turning.now == START + timedelta(days=10)
    assert place.turning.left > 0
    assert questions(place, place.slack.person("Mara Lind")) == []


async def test_one_turn_at_a_time_and_only_forward(place: World) -> None:
    await launch(place, "Mara Lind", "A new onboarding")
    turning = asyncio.create_task(place.turning.to(START + timedelta(days=20)))
    await asyncio.sleep(0)
    assert place.turning.under_way
    with pytest.raises(BusyError, match="being turned already"):
        await place.turning.to(START + timedelta(days=30))
    await turning
    with pytest.raises(ValueError, match="forward"):
        await place.turning.to(START)
    assert place.turning.now == START + timedelta(days=20)


async def test_a_turn_that_is_halted_ends_where_it_stops_next(place: World) -> None:
    await launch(place, "Mara Lind", "A new onboarding")
    await place.turning.to(START + timedelta(days=20), stopped=place.turning.halt)
    assert place.turning.now == datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
    assert place.turning.turn is None


async def test_what_is_foretold_happens_then(place: World) -> None:
    """One thing after the other until nothing is left: from an early look to the end without an answer."""
    for number in range(5):
        await launch(place, "Mara Lind", f"Number {number}", day="2026-09-07")
    foretold: list[str] = []
    while (coming := await place.turning.upcoming()) is not None:
        before = len(place.slack.calls)
        await place.turning.to(coming.at - timedelta(seconds=1))
        assert len(place.slack.calls) == before, f"something came before: {coming}"
        await place.turning.to(coming.at)
        # The channel is asked on a Monday, and that message is foretold by itself.
        assert len(place.slack.calls) > before or "the channel is to be asked next" in coming.what, coming
        foretold.append(coming.what)
    assert foretold[0] == (
        "Mara Lind is asked 3 questions, the first: What happened to Activation after Number 0 shipped?"
    )
    assert any(line.startswith("Mara Lind is reminded") for line in foretold)
    assert any(line.startswith("#team-onboarding is told: ") for line in foretold)
    assert "nobody is asked any more" in foretold[-1]
    assert place.slack.troubles == []


async def test_how_far_asking_is_stands_there_as_soon_as_the_clock_stands(place: World) -> None:
    mara = place.slack.person("Mara Lind")
    await mara.command("/discovery", "poll What should a harbour office see first?", team(place))
    await mara.modal()
    await mara.press("More")
    await place.slack.until(lambda: mara.top and "Where are they asked?" in mara.top.shown)
    await mara.choose("way", "Each by a direct message")
    assert await mara.submit() == {}
    await place.turning.settle()
    await place.turning.to(START + timedelta(days=1))
    [told] = [message.shown for message in questions(place, mara) if " asked, " in message.shown]
    assert "P-1: 3 of 3 asked, 0 answered" in told
