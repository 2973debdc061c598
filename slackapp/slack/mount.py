"""Mounts the routes on Bolt, each kind behind one listener that runs in the frame."""

import re
from collections.abc import Awaitable, Callable, Mapping

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from slackapp.core.transaction import Tx
from slackapp.slack import reading
from slackapp.slack.frame import KINDS, Frame
from slackapp.slack.home import Home
from slackapp.slack.replies import Nothing, Reply, Whisper
from slackapp.slack.routes import (
    Click,
    OnAction,
    OnChannelJoined,
    OnCommand,
    OnDirectMessage,
    OnHomeOpened,
    OnShortcut,
    OnSubmit,
    Route,
    Routes,
)


def mount(bolt: AsyncApp, routes: Routes, frame: Frame) -> None:
    """Register every route, what the adapter itself takes note of, and what answers buttons no route knows.

    Slack warns where nothing answers.
    """
    for kind in KINDS:
        # Prometheus sees no increase where a series begins at 1: the first failure would alert nobody.
        frame.telemetry.failed.labels(kind)
    # Bolt asks one listener after the other whether a payload is its own, and puts all that each might want
    # to know together anew: what comes most is asked for first, and each kind of it by one listener.
    clicks = {route.action_id: route for route in routes if isinstance(route, OnAction)}
    submits = {route.callback_id: route for route in routes if isinstance(route, OnSubmit)}
    bolt.block_action(re.compile(""))(_on_action(clicks, frame))
    known = "|".join(map(re.escape, submits))
    bolt.view(re.compile(rf"\A(?:{known})\Z"))(_on_submit(submits, frame))
    for route in routes:
        _register(bolt, route, frame)
    joined = next((route for route in routes if isinstance(route, OnChannelJoined)), None)
    for event in ("user_change", *reading.MOVES, *reading.CHANGES):
        bolt.event(event)(_on_news(joined, frame))


def _register(bolt: AsyncApp, route: Route, frame: Frame) -> None:
    match route:
        case OnCommand():
            bolt.command(route.command)(_on_command(route, frame))
        case OnShortcut():
            bolt.message_shortcut(route.callback_id)(_on_shortcut(route, frame))
        case OnDirectMessage():
            bolt.event("message")(_on_direct_message(route, frame))
        case OnHomeOpened():
            frame.home = Home(frame.transactions, route.handle)
            bolt.event("app_home_opened")(_on_home_opened(route, frame))
        case OnAction() | OnSubmit() | OnChannelJoined():
            pass  # one listener answers all of a kind, and news of channels bring the last


Listener = Callable[[AsyncArgs], Awaitable[BoltResponse | None]]


def _on_command(route: OnCommand, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.command(args.body)
        return await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_action(routes: Mapping[str, OnAction], frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.click(args.body)
        route = routes.get(incoming.action_id, _UNKNOWN)
        return await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_submit(routes: Mapping[str, OnSubmit], frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.submission(args.body)
        route = routes[args.body["view"]["callback_id"]]
        return await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_shortcut(route: OnShortcut, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.shortcut(args.body)
        return await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_direct_message(route: OnDirectMessage, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.direct_message(args.event or {})
        if incoming is None:
            await args.ack()
            return None
        return await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_news(route: OnChannelJoined | None, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.joined(args.event or {}, args.context.bot_user_id)

        async def use(tx: Tx) -> Reply:
            return Nothing() if incoming is None or route is None else await route.handle(tx, incoming)

        return await frame.note(args, use)

    return listener


def _on_home_opened(route: OnHomeOpened, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> BoltResponse | None:
        incoming = reading.home_opened(args.event or {})
        if incoming is None:
            await args.ack()
            return None
        return await frame.note(args, lambda tx: route.handle(tx, incoming))

    return listener


async def _outdated(tx: Tx, click: Click) -> Reply:
    del tx, click
    return Whisper("This button belongs to an older version of the message and does nothing any more.")


#: What answers a button that no route knows.
_UNKNOWN = OnAction("", _outdated)
