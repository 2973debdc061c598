"""What is chosen from a message's menu: how it is read, and where its answer is said."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.playground.slack import manifest
from slackapp.playground.slack.payloads import message_shortcut
from slackapp.slack.blocks import markdown
from slackapp.slack.mount import mount
from slackapp.slack.replies import OpenModal, Reply, Whisper
from slackapp.slack.routes import OnShortcut, Shortcut
from tests.support.world import World

RECORD = "tests.record"

Answer = Callable[[Shortcut], Reply]


@pytest.fixture
def chosen(world: World) -> Callable[[Answer], list[Shortcut]]:
    """Gives the app one shortcut that answers so; what it was called with is collected."""

    def listen(answer: Answer) -> list[Shortcut]:
        called: list[Shortcut] = []

        async def handle(tx: Tx, shortcut: Shortcut) -> Reply:
            del tx
            called.append(shortcut)
            return answer(shortcut)

        slack = world.slack._slack
        offered = {RECORD: manifest.Shortcut("message", "Record", "Record it")}
        slack.manifest = replace(slack.manifest, shortcuts=offered)
        world.app.bolt._async_listeners.clear()
        mount(world.app.bolt, [OnShortcut(RECORD, handle)], world.app.frame)
        return called

    return listen


def opens(shortcut: Shortcut) -> Reply:
    return OpenModal(
        View(type="modal", title=PlainTextObject(text="A form"), blocks=[markdown(shortcut.message_ts)])
    )


def refuses(shortcut: Shortcut) -> Reply:
    del shortcut
    raise UserError("Not here, <@U1>.")


async def test_the_message_is_read_as_it_was_typed_and_a_modal_opens(
    world: World, chosen: Callable[[Answer], list[Shortcut]]
) -> None:
    called = chosen(opens)
    said = await world.mara.say(world.team, "Out: a & b <fast>")
    await world.jonas.shortcut(RECORD, said)
    await world.slack.quiet()
    await world.app.frame.finish()
    assert called == [Shortcut(world.jonas.id, world.team.id, said.ts, None, "Out: a & b <fast>")]
    assert world.jonas.top is not None
    assert said.ts in world.jonas.top.shown


async def test_of_a_reply_the_thread_is_told(
    world: World, chosen: Callable[[Answer], list[Shortcut]]
) -> None:
    called = chosen(opens)
    said = await world.mara.say(world.team, "It is out")
    reply = await world.jonas.say(world.team, "At last", thread=said)
    await world.mara.shortcut(RECORD, reply)
    await world.slack.quiet()
    await world.app.frame.finish()
    assert [(s.message_ts, s.thread_ts) for s in called] == [(reply.ts, said.ts)]


@pytest.mark.parametrize("answer", [refuses, lambda _: Whisper("Not here, &lt;@U1&gt;.")])
async def test_a_sentence_is_said_to_them_alone(
    world: World, chosen: Callable[[Answer], list[Shortcut]], answer: Answer
) -> None:
    chosen(answer)
    said = await world.mara.say(world.team, "It is out")
    await world.mara.shortcut(RECORD, said)
    await world.settle()
    assert world.told(world.mara, world.team) == "Not here, <@U1>."
    assert [m for m in world.jonas.reads(world.team) if m.ephemeral] == []


@pytest.mark.parametrize("private", [True, False])
async def test_where_the_app_is_not_the_sentence_is_said_all_the_same(
    world: World, chosen: Callable[[Answer], list[Shortcut]], *, private: bool
) -> None:
    chosen(refuses)
    world.expected_refusals = {"channel_not_found", "not_in_channel"}
    elsewhere = world.slack.add_channel("elsewhere", [world.mara], private=private, with_bot=False)
    said = await world.mara.say(elsewhere, "It is out")
    await world.mara.shortcut(RECORD, said)
    await world.settle()
    assert world.told(world.mara, elsewhere) == "Not here, <@U1>."


async def test_the_same_choice_delivered_twice_is_one(
    world: World, chosen: Callable[[Answer], list[Shortcut]]
) -> None:
    called = chosen(opens)
    said = await world.mara.say(world.team, "It is out")
    slack = world.slack._slack
    payload = message_shortcut(slack, world.jonas.id, RECORD, said)
    for _ in range(2):
        await slack.delivery.ask("interactive", RECORD, payload)
    await world.app.frame.finish()
    assert len(called) == 1
