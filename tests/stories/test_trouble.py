"""What can go wrong around a launch, and what people are told then."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from structlog.testing import capture_logs

from slackapp.core.clock import TurnedClock
from slackapp.slack.blocks import actions, button
from tests.support.world import World, inhabited

LONG_OUT = "2026-08-01"


async def submit_launch(world: World) -> None:
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    world.mara.fill("problem", "They give up")
    world.mara.fill("audience", "new teams")
    assert await world.mara.submit() == {}


async def test_without_the_bot_in_the_channel_nothing_is_lost_and_the_remedy_is_told(world: World) -> None:
    world.expected_refusals = {"not_in_channel"}
    await submit_launch(world)
    world.slack.remove_bot(world.team)  # before the card is posted
    await world.settle()
    notice = world.slack.messages(world.mara.dm)[-1]
    assert "L-1 New onboarding" in notice.shown
    assert "/invite @Afterlaunch" in notice.shown
    listed = await world.mara.command("/launch", "list", world.team)
    assert listed is not None
    assert "L-1 New onboarding" in listed.shown
    world.slack.invite_bot(world.team)
    await world.press(world.mara, "Try again", notice, times=2)
    assert len([m for m in world.slack.messages(world.team) if m.shown.startswith("L-1")]) == 1


async def test_when_slack_refuses_the_card_the_launch_stays_and_its_owner_is_told(world: World) -> None:
    world.expected_refusals = {"is_archived"}
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    await world.open_more(world.mara)
    for name, value in {"problem": "They give up", "audience": "new teams", "owner": world.jonas}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    world.slack.archive(world.team)  # before the card is posted
    await world.settle()
    assert "is archived" in world.slack.messages(world.jonas.dm)[-1].shown
    mine = await world.jonas.command("/launch", "list mine")
    assert mine is not None
    assert "L-1 New onboarding" in mine.shown


@asynccontextmanager
async def without(world: World, table: str) -> AsyncIterator[None]:
    """While the block runs the table is missing: a bug in whatever needs it."""
    engine = world.app.engine
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO missing"))
    with capture_logs() as logged:
        yield
    assert "listener.failed" in [entry["event"] for entry in logged]
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE missing RENAME TO {table}"))


REFERENCE = re.compile(r"Something went wrong on our side, and nothing was changed.*: [0-9a-f]{8}\.")


async def test_a_bug_gives_a_reference_and_leaves_nothing_half_written(worlds: World) -> None:
    world = worlds
    await world.launch(day=LONG_OUT)
    before = [m.shown for m in world.slack.messages(world.team)]
    question = world.question(world.mara)
    await world.mara.press("Record", question)
    await world.mara.modal()
    world.mara.fill("value", "44 %")

    async with without(world, "readings"):
        wrong = await world.mara.submit()
        await world.mara.say(world.mara.dm, "44 %")
        await world.slack.quiet()
        await world.app.frame.finish()
    assert REFERENCE.search(wrong["value"])
    assert "This is tried again by itself" in world.told(world.mara)
    world.excuse("http_status_500")

    await world.settle()
    assert [m.shown for m in world.slack.messages(world.team)] == before
    assert world.question(world.mara).shown == question.shown
    assert await world.mara.submit() == {}
    await world.settle()
    assert "40 % → 44 %" in world.shown(world.team, "Recorded by").shown


async def test_a_bug_behind_a_command_or_a_click_is_told_to_the_one_who_acted(world: World) -> None:
    await world.launch(day=LONG_OUT)
    question = world.question(world.mara)
    async with without(world, "launches"):
        answer = await world.mara.command("/launch", "list", world.team)
        await world.mara.press("Record", question)
        await world.slack.quiet()
        await world.app.frame.finish()
    assert answer is not None
    assert REFERENCE.search(answer.shown)
    assert REFERENCE.search(world.told(world.mara))


async def test_a_button_of_an_older_version_says_so(world: World) -> None:
    await world.launch()
    old = actions(button("launches.of_old", "Celebrate", "1")).to_dict()
    await world.app.installation.client.chat_postMessage(
        channel=world.team.id, text="An old message", blocks=[old]
    )
    await world.press(world.jonas, "Celebrate", world.slack.messages(world.team)[-1])
    assert "older version" in world.told(world.jonas, world.team)


async def test_a_name_with_markup_in_it_pings_and_links_nobody(world: World) -> None:
    rogue = world.slack.add_person("<!channel> *Rogue* <https://evil.example|you>")
    world.slack.join(world.team, rogue)
    await world.launch(by=rogue)
    refusal = await world.mara.command("/launch", "cancel L-1", world.team)
    assert refusal is not None
    assert "<!channel>" in refusal.shown
    assert "&lt;!channel&gt;" in refusal.text


async def test_the_main_line_also_runs_over_socket_mode(sqlite_url: str, clock: TurnedClock) -> None:
    async with inhabited(sqlite_url, clock, socket_mode=True) as world:
        assert world.slack.connected == 1
        card = await world.launch(day=LONG_OUT)
        await world.mara.press("Record", world.question(world.mara))
        await world.mara.modal()
        world.mara.fill("value", "half")
        assert list(await world.mara.submit()) == ["value"]
        world.mara.fill("value", "53 %")
        assert await world.mara.submit() == {}
        await world.settle()
        await world.press(world.mara, "Keep", world.shown(world.mara.dm, "What do you do about it?"))
        outcome = world.shown(world.team, "Decision: Keep")
        assert (outcome.thread_ts, outcome.broadcast) == (card.ts, True)
        world.check()
