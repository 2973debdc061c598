"""An event, a command, a click, a submit takes effect once, however often and wherever it comes at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from slackapp.core.clock import TurnedClock
from slackapp.core.database import Base
from slackapp.playground.slack import Timing
from slackapp.slack import inbound
from tests.support.broken import without
from tests.support.replicas import Fourfold, fourfold
from tests.support.world import LAUNCH, World, inhabited

KINDS = ("command", "view_submission", "event_callback", "block_actions")
LONG_OUT = "2026-08-01"


@pytest.fixture
async def slack(worlds: World) -> AsyncIterator[Fourfold]:
    async with fourfold(worlds) as found:
        yield found


async def rows(world: World, table: str) -> int:
    async with world.app.engine.connect() as connection:
        counted = select(func.count()).select_from(Base.metadata.tables[table])
        return (await connection.scalars(counted)).one()


def opened(world: World) -> int:
    return len([call for call in world.slack.calls if call.method == "views.open"])


async def record(slack: Fourfold) -> None:
    mara = slack.world.mara
    await mara.command("/launch", "New onboarding", slack.world.team)
    await mara.modal()
    for name, value in {**LAUNCH, "day": LONG_OUT}.items():
        mara.fill(name, value)
    assert await mara.submit() == {}
    await slack.settle()


async def test_a_week_in_which_everything_comes_four_times_is_a_week(slack: Fourfold) -> None:
    world, mara = slack.world, slack.world.mara
    await record(slack)
    assert (await rows(world, "launches"), opened(world)) == (1, 1)
    card = world.card()

    await mara.say(mara.dm, "44 %")
    await slack.settle()
    assert await rows(world, "readings") == 1
    assert "40 % → 44 %" in world.shown(world.team, "Recorded by").shown
    assert [m for m in mara.reads(mara.dm) if m.ephemeral] == []

    await mara.press("Keep", world.shown(mara.dm, "What do you do about it?"))
    await slack.settle()
    assert "Decision: Keep" in world.shown(world.team, "Recorded by").shown

    question = await mara.command("/launch", "cancel L-1", world.team)
    assert question is not None
    assert {len(acks) for acks in slack.answers} == {4}
    assert all(ack.ok for acks in slack.answers for ack in acks)
    assert [m.ts for m in world.slack.messages(world.team) if m.shown.startswith("L-1")] == [card.ts]
    counted = [app.telemetry.duplicates.labels(kind)._value.get() for app in slack.apps for kind in KINDS]
    assert sum(counted) == 3 * await rows(world, "inbound_keys") == 3 * 4


async def test_a_form_with_a_mistake_says_so_each_time_and_then_is_taken_once(slack: Fourfold) -> None:
    world, mara = slack.world, slack.world.mara
    await mara.command("/launch", "New onboarding", world.team)
    await mara.modal()
    for name, value in {**LAUNCH, "from_to": "by a lot"}.items():
        mara.fill(name, value)
    assert list(await mara.submit()) == ["from_to"]
    assert len({str(ack.body) for ack in slack.answers[-1]}) == 1
    mara.fill("from_to", LAUNCH["from_to"])
    assert await mara.submit() == {}
    assert {str(ack.body) for ack in slack.answers[-1]} == {"None"}  # to the repetition, too, the form closes
    await slack.settle()
    assert await rows(world, "launches") == 1


async def test_while_a_replica_is_at_it_the_repetition_is_answered_in_time(
    worlds: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, mara = worlds, worlds.mara
    monkeypatch.setattr(world.app.frame, "patience", 0.3)
    await mara.command("/launch", "New onboarding", world.team)
    await mara.modal()
    for name, value in LAUNCH.items():
        mara.fill(name, value)
    view = mara.top
    assert view is not None
    async with world.app.transactions.begin(world.app.installation.workspace_id) as elsewhere:
        assert await inbound.first_time(elsewhere, f"view:{view.id}:{view.hash}")
        [told] = (await mara.submit()).values()
        assert "takes longer than usual" in told
    assert await mara.submit() == {}
    await world.settle()
    assert await rows(world, "launches") == 0  # the other replica's own transaction did nothing here


# What could not be done

#: Over a socket the absence of an acknowledgement is the answer; over HTTP one that says no is waited for.
QUICK = Timing(acknowledge=1.0, event_retries=(0.0, 0.4, 0.4))
PATIENT = replace(QUICK, acknowledge=10.0)


@pytest.mark.parametrize("socket_mode", [True, False])
async def test_an_event_we_could_not_take_is_brought_again_and_done(
    sqlite_url: str, clock: TurnedClock, *, socket_mode: bool
) -> None:
    timing = QUICK if socket_mode else PATIENT
    async with inhabited(sqlite_url, clock, socket_mode=socket_mode, timing=timing) as world:
        mara = world.mara
        await world.launch(day=LONG_OUT)
        with capture_logs() as logged:
            async with without(world.app.engine, "readings"):
                await mara.say(mara.dm, "44 %")
                await world.slack.until(lambda: len(world.slack.troubles) == 2)
            async with asyncio.timeout(60):
                while not await rows(world, "readings"):  # noqa: ASYNC110 - rows tell nobody by themselves
                    await asyncio.sleep(0.05)
        assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == [
            "listener.failed"
        ] * 2
        world.excuse("operation_timeout" if socket_mode else "http_status_500")
        await world.settle()
        assert await rows(world, "readings") == 1
        world.check()


async def test_after_the_last_repetition_it_is_the_persons_turn(sqlite_url: str, clock: TurnedClock) -> None:
    hurried = Timing(event_retries=(0.0, 0.0, 0.0))
    async with inhabited(sqlite_url, clock, timing=hurried) as world:
        mara = world.mara
        await world.launch(day=LONG_OUT)
        with capture_logs():
            async with without(world.app.engine, "readings"):
                await mara.say(mara.dm, "44 %")
                await world.slack.quiet()
                await world.app.frame.finish()
        first, last = [m.shown for m in mara.reads(mara.dm) if m.ephemeral]
        assert "This is tried again by itself" in first
        assert "nothing was changed. Please try again." in last
        world.excuse("http_status_500")
        world.check()
