"""App Home as the adapter has it: published by the hash it had, and drawn anew after what is done on it."""

from collections.abc import Callable

import pytest
from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View
from structlog.testing import capture_logs

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.playground.slack import Fault, events
from slackapp.slack.blocks import Field, actions, button, entry, markdown
from slackapp.slack.mount import mount
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, PublishHome, Reply, UpdateModal, Whisper
from slackapp.slack.routes import Click, HomeOpened, OnAction, OnHomeOpened, OnSubmit, Routes, Submission
from tests.support.world import World

PRESS, MORE, SEND = "tests.press", "tests.more", "tests.send"


def form(words: str = "Say who.") -> View:
    return View(
        type="modal",
        callback_id=SEND,
        title=PlainTextObject(text="A form"),
        submit=PlainTextObject(text="Send"),
        blocks=[markdown(words), actions(button(MORE, "Grow")), entry(Field("name", "Name", optional=True))],
    )


def refused() -> Reply:
    raise UserError("Not <@U1>.")


def broken() -> Reply:
    raise RuntimeError


#: What pressing the button on Home comes to.
REPLIES: dict[str, Callable[[], Reply]] = {
    "nothing": Nothing,
    "alert": lambda: Whisper("Done."),
    "refused": refused,
    "broken": broken,
    "form": lambda: OpenModal(form()),
}


class Shown:
    """A Home that counts how often it was drawn."""

    def __init__(self) -> None:
        self.drawn = 0
        self.fails = False

    async def draw(self, tx: Tx, opened: HomeOpened) -> Reply:
        del tx, opened
        if self.fails:
            raise RuntimeError
        self.drawn += 1
        rows = [actions(button(PRESS, name, name)) for name in REPLIES]
        return PublishHome(View(type="home", blocks=[markdown(f"Drawn {self.drawn}"), *rows]))


@pytest.fixture
def shown(world: World) -> Shown:
    """The app has this Home alone."""

    async def press(tx: Tx, click: Click) -> Reply:
        del tx
        assert (click.channel, click.message_ts) == (None, None)
        return REPLIES[click.value or ""]()

    async def grow(tx: Tx, click: Click) -> Reply:
        del tx, click
        return UpdateModal(form("Grown."))

    async def send(tx: Tx, submission: Submission) -> Reply:
        del tx, submission
        return CloseModal()

    shown = Shown()
    routes: Routes = [
        OnHomeOpened(shown.draw),
        OnAction(PRESS, press),
        OnAction(MORE, grow),
        OnSubmit(SEND, send),
    ]
    world.app.bolt._async_listeners.clear()
    mount(world.app.bolt, routes, world.app.frame)
    return shown


async def settle(world: World) -> None:
    await world.slack.quiet()
    await world.app.frame.finish()


async def opened(world: World) -> str:
    """The first line of Home, once it is opened."""
    await world.mara.open_home()
    await settle(world)
    return first_line(world)


def first_line(world: World) -> str:
    assert world.mara.home is not None
    return world.mara.home.shown.split("\n")[0]


async def test_home_is_published_when_it_is_opened_and_not_for_the_messages(
    world: World, shown: Shown
) -> None:
    assert await opened(world) == "Drawn 1"
    slack = world.slack._slack
    event = {"type": "app_home_opened", "user": world.mara.id, "channel": world.mara.dm.id, "tab": "messages"}
    events._send(slack, "app_home_opened", event)
    await settle(world)
    assert shown.drawn == 1
    [published] = [call for call in world.slack.calls if call.method == "views.publish"]
    assert "hash" not in published.args
    await opened(world)
    assert world.slack.calls[-1].args["hash"]


async def test_what_something_newer_conflicts_with_is_drawn_anew_once(world: World, shown: Shown) -> None:
    world.expected_refusals = {"hash_conflict"}
    await opened(world)
    stale = world.mara.home
    await opened(world)
    events.home_opened(world.slack._slack, world.mara.id, stale)
    await settle(world)
    assert (first_line(world), shown.drawn) == ("Drawn 4", 4)
    published = [call.ok for call in world.slack.calls if call.method == "views.publish"]
    assert published == [True, True, False, True]


@pytest.mark.parametrize(
    ("what", "says", "drawn"),
    [("nothing", None, 2), ("alert", "Done.", 2), ("refused", "Not <@U1>.", 2), ("broken", "went wrong", 1)],
)
async def test_what_is_pressed_is_answered_over_home_and_home_drawn_anew(
    world: World, shown: Shown, what: str, says: str | None, drawn: int
) -> None:
    await opened(world)
    await world.mara.press(what)
    await settle(world)
    assert shown.drawn == drawn
    assert (world.mara.top is None) == (says is None)
    if says is not None:
        assert says in (await world.mara.modal()).shown


async def test_home_is_drawn_anew_once_a_form_opened_from_it_is_handed_in(world: World, shown: Shown) -> None:
    await opened(world)
    await world.mara.press("form")
    await world.mara.modal()
    await world.mara.press("Grow")
    await world.slack.until(lambda: world.mara.top and "Grown." in world.mara.top.shown)
    await settle(world)
    assert shown.drawn == 1
    assert await world.mara.submit() == {}
    await settle(world)
    assert first_line(world) == "Drawn 2"


async def test_two_forms_from_one_home_do_not_get_in_each_others_way(world: World, shown: Shown) -> None:
    world.expected_refusals = {"hash_conflict"}
    await opened(world)
    await world.mara.press("form", times=2)
    await settle(world)
    for _ in range(2):
        assert await world.mara.submit() == {}
        await settle(world)
    # The second knows Home by the hash it had before the first.
    assert (first_line(world), shown.drawn) == ("Drawn 4", 4)


async def test_a_home_that_cannot_be_drawn_anew_stays_as_it_was(world: World, shown: Shown) -> None:
    await opened(world)
    shown.fails = True
    with capture_logs() as logged:
        await world.mara.press("nothing")
        await settle(world)
    assert first_line(world) == "Drawn 1"
    assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == ["home.not_drawn"]


async def test_a_home_slack_does_not_take_is_logged(world: World, shown: Shown) -> None:
    world.expected_refusals = {"ratelimited"}
    world.slack.faults.next("views.publish", Fault.rate_limited("1"))
    with capture_logs() as logged:
        await world.mara.open_home()
        await settle(world)
    assert world.mara.home is None
    assert ("home.not_published", "ratelimited") in [
        (entry["event"], entry.get("reason")) for entry in logged
    ]
    assert shown.drawn == 1
