"""Payloads of Slack's that were good before something in them became nonsense, rightly signed all the same.

Whatever it is, over HTTP it is answered below 500, over a socket acknowledged, and no error comes of it.
"""

import asyncio
import copy
import json
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from slackapp.core.clock import TurnedClock
from slackapp.playground.slack import Timing
from slackapp.playground.slack.delivery import Ack, Kind
from slackapp.playground.slack.records import Json
from tests.support.world import World, inhabited

#: Where in a payload: the keys and places on the way.
Path = tuple[str | int, ...]
Payload = tuple[Kind, Json]

_DEEP: Any = "the ground"
for _ in range(60):
    _DEEP = [_DEEP]

#: How many to try; more than a suite has time for: `NONSENSE=5000 pytest tests/gate/test_nonsense.py`.
EXAMPLES = int(os.environ.get("NONSENSE", "60"))

NONSENSE = st.sampled_from([
    None, True, 0, -1, 1.5, 10**30, "", "x", "0", "null", "\x00", "\ud800", "9" * 400, "x" * 5000, [], {},
    [None], [[]], ["x"], [{}], {"id": 1}, {"id": "U1"}, {"": {}}, {"values": []}, _DEEP,
])  # fmt: skip


def places(found: object, here: Path = ()) -> Iterator[Path]:
    """Every place in the payload that something else could stand in."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in inside:
        yield (*here, key)
        yield from places(value, (*here, key))


def change(payload: Any, place: Path, value: object, *, removed: bool) -> None:  # noqa: ANN401 - JSON
    for key in place[:-1]:
        payload = payload[key]
    if removed:
        del payload[place[-1]]
    else:
        payload[place[-1]] = copy.deepcopy(value)


async def told(world: World) -> list[Payload]:
    """What Slack sends while people do what they do."""
    delivery, kept = world.slack._slack.delivery, list[Payload]()
    deliver = delivery._try

    async def note(kind: Kind, what: str, payload: Json, attempt: int, reason: str) -> Ack:
        kept.append((kind, copy.deepcopy(payload)))
        return await deliver(kind, what, payload, attempt, reason)

    delivery._try = note  # type: ignore[method-assign]
    await world.launch(day="2026-08-01", because="They asked")
    await world.mara.edit(await world.mara.say(world.mara.dm, "hello"), "hello again")
    await world.mara.press("Record", world.question(world.mara))
    await world.mara.modal()
    await world.mara.close_modal(everything=True)
    await world.mara.shortcut("launches.from_message", await world.mara.say(world.team, "It is out"))
    world.slack.rename(world.team, "team-first-week")
    world.slack.join(world.slack.add_channel("new-team", [world.mara]), world.ines)
    world.slack.set_zone(world.mara, "Europe/Oslo")
    await world.settle()
    delivery._try = deliver  # type: ignore[method-assign]
    kinds = {str(payload.get("event", payload).get("type", kind)): (kind, payload) for kind, payload in kept}
    assert len(kinds) == 8, kinds.keys()
    return list(kinds.values())


def anew(payload: Json) -> None:
    """No repetition of what came before."""
    for key in ("trigger_id", "event_id"):
        if key in payload:
            payload[key] = secrets.token_hex(8)
    if payload.get("type") == "view_submission":
        payload["view"]["hash"] = secrets.token_hex(8)


@pytest.fixture(params=["http", "socket"])
async def world(request: pytest.FixtureRequest, sqlite_url: str, clock: TurnedClock) -> AsyncIterator[World]:
    """Where Slack's answers are no matter: it, too, is handed nonsense then."""
    socket_mode = request.param == "socket"
    timing = Timing(acknowledge=60)
    async with inhabited(sqlite_url, clock, socket_mode=socket_mode, timing=timing) as world:
        world.app.frame.patience = 60  # a busy machine is slow, and that is no finding
        yield world


async def over_socket(world: World, kind: Kind, payload: Json) -> None:
    """Raises `TimeoutError` if it is not acknowledged. Half a surrogate is sent escaped."""
    sockets = world.slack._slack.delivery._sockets
    [connection] = sockets._connections
    websocket = connection.websocket
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(websocket, "send_json", lambda envelope: websocket.send_text(json.dumps(envelope)))
        await sockets.ask(kind, payload, {"accepts_response_payload": True}, 60)


async def test_nonsense_is_no_error_of_ours(world: World) -> None:
    loop, delivery = asyncio.get_running_loop(), world.slack._slack.delivery
    good = await told(world)

    async def bring(kind: Kind, payload: Json) -> str:
        """What Slack has to say of the answer."""
        if world.app.settings.socket_mode:
            await over_socket(world, kind, payload)
            error = ""
        else:
            error = (await delivery._try(kind, "nonsense", payload, 0, "")).error
        await world.app.frame.finish()
        return error

    @settings(max_examples=EXAMPLES)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        kind, payload = copy.deepcopy(data.draw(st.sampled_from(good)))
        anew(payload)
        for place in data.draw(st.lists(st.sampled_from(list(places(payload))), min_size=1, max_size=2)):
            with suppress(LookupError, TypeError):  # what stood there went with the first
                change(payload, place, data.draw(NONSENSE), removed=data.draw(st.booleans()))
        with capture_logs() as logged:
            try:
                error = asyncio.run_coroutine_threadsafe(bring(kind, payload), loop).result()
            except UnicodeEncodeError:
                reject()  # half a surrogate in a form, which cannot be sent
        assert [entry for entry in logged if entry["log_level"] in {"error", "critical"}] == []
        assert error in {"", "http_status_400", "http_status_404"}, logged

    await asyncio.to_thread(check)
    await world.app.frame.finish()
    if world.mara.has_modal:
        await world.mara.close_modal(everything=True)
    answer = await world.mara.command("/launch", "list", world.team)
    assert answer is not None
    assert "New onboarding" in answer.shown
