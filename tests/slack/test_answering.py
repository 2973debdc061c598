"""What a person is told when the form they asked for does not come."""

import asyncio
import re
from collections.abc import Callable

import pytest
from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View
from structlog.testing import capture_logs

from slackapp.core.transaction import Tx
from slackapp.playground.slack import Fault
from slackapp.playground.slack.timing import Timing
from slackapp.slack.blocks import Field, actions, button, entry, markdown
from slackapp.slack.mount import mount
from slackapp.slack.replies import OpenModal, Reply, UpdateModal, Whisper
from slackapp.slack.routes import Click, Command, OnAction, OnCommand
from tests.support.world import World

MORE = "tests.more"
SLOW = "Slack was too slow to open the form. Please try again."
REFERENCE = re.compile(r"The form could not be shown\. .* ([0-9a-f]{8})\.")


def form(*, valid: bool = True) -> View:
    name = entry(Field("name", "Name"))
    return View(
        type="modal",
        title=PlainTextObject(text="A form"),
        submit=PlainTextObject(text="Send"),
        blocks=[markdown("Say who."), actions(button(MORE, "More")), name, *([] if valid else [name])],
    )


@pytest.fixture
def answer(world: World) -> Callable[[View, View], None]:
    """Replaces what the app listens to: `/launch` opens the one view, More redraws it as the other."""

    def listen(opened: View, redrawn: View) -> None:
        async def open_it(tx: Tx, command: Command) -> Reply:
            del tx, command
            return OpenModal(opened)

        async def redraw_it(tx: Tx, click: Click) -> Reply:
            del tx, click
            return UpdateModal(redrawn)

        world.app.bolt._async_listeners.clear()
        mount(world.app.bolt, [OnCommand("/launch", open_it), OnAction(MORE, redraw_it)], world.app.frame)

    return listen


async def ask(world: World) -> None:
    await world.mara.command("/launch", "", world.team)
    await world.slack.quiet()
    await world.app.frame.finish()


async def test_a_trigger_that_came_too_late_is_slowness(
    world: World, answer: Callable[[View, View], None]
) -> None:
    answer(form(), form())
    world.expected_refusals = {"expired_trigger_id"}
    world.slack._slack.triggers._timing = Timing(trigger=0)
    await ask(world)
    assert world.told(world.mara, world.team) == SLOW


async def test_a_form_slack_does_not_take_is_no_slowness_and_has_a_reference(
    world: World, answer: Callable[[View, View], None]
) -> None:
    answer(form(valid=False), form())
    world.expected_refusals = {"invalid_arguments"}
    with capture_logs() as logged:
        await ask(world)
    found = REFERENCE.fullmatch(world.told(world.mara, world.team))
    assert found is not None
    [entry] = [entry for entry in logged if entry["event"] == "modal.not_opened"]
    assert (entry["reference"], entry["reason"]) == (found[1], "invalid_arguments")


async def test_a_form_that_cannot_be_redrawn_is_told_over_it(
    world: World, answer: Callable[[View, View], None]
) -> None:
    answer(form(), form(valid=False))
    world.expected_refusals = {"invalid_arguments"}
    await ask(world)
    with capture_logs() as logged:
        await world.mara.press("More")
        await world.slack.quiet()
        await world.app.frame.finish()
    top = world.mara.top
    assert top is not None
    found = REFERENCE.search(top.shown)
    assert found is not None
    assert found[1] in [entry["reference"] for entry in logged if entry["event"] == "modal.not_updated"]


async def test_a_form_that_was_redrawn_by_a_quicker_click_is_left_as_it_is(
    world: World, answer: Callable[[View, View], None]
) -> None:
    answer(form(), form())
    world.expected_refusals = {"hash_conflict"}
    await ask(world)
    await world.mara.press("More", times=2)
    await world.slack.quiet()
    await world.app.frame.finish()
    assert {call.response.get("error") for call in world.slack.calls if not call.ok} == {"hash_conflict"}
    assert world.mara.top is not None
    assert world.mara.top.title == "A form"


async def test_a_form_that_was_closed_before_it_was_redrawn_is_missed_by_nobody(
    world: World, answer: Callable[[View, View], None]
) -> None:
    answer(form(), form())
    world.expected_refusals = {"not_found"}
    await ask(world)
    world.slack.faults.next("views.update", Fault.HELD)
    with capture_logs() as logged:
        await world.mara.press("More")
        await world.slack.until(lambda: world.slack.faults.held)
        await world.mara.close_modal()
        world.slack.faults.release()
        await world.app.frame.finish()
    assert {call.response.get("error") for call in world.slack.calls if not call.ok} == {"not_found"}
    assert [(each["event"], each["log_level"]) for each in logged] == [("modal.not_updated", "info")]
    assert not world.mara.has_modal


async def test_at_the_end_what_took_too_long_is_told_before_all_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_held = asyncio.Event()

    async def take_long(tx: Tx, command: Command) -> Reply:
        del tx, command
        await is_held.wait()
        return Whisper("Done after all.")

    world.app.bolt._async_listeners.clear()
    mount(world.app.bolt, [OnCommand("/launch", take_long)], world.app.frame)
    monkeypatch.setattr(world.app.frame, "patience", 0.0)
    late = await world.mara.command("/launch", "", world.team)
    assert late is not None
    assert "longer than usual" in late.shown
    is_held.set()
    await world.app.frame.finish()
    assert world.told(world.mara, world.team) == "Done after all."
