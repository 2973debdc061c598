"""Mounts the routes on Bolt. One frame around every listener: one transaction, committed, then one answer."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.slack import inbound, reading
from slackapp.slack.answering import acknowledge, follow_up
from slackapp.slack.news import Reporter
from slackapp.slack.replies import CloseModal, Nothing, Reply, Whisper
from slackapp.slack.routes import (
    Click,
    OnAction,
    OnChannelJoined,
    OnCommand,
    OnDirectMessage,
    OnShortcut,
    OnSubmit,
    Routes,
)

log = structlog.get_logger()

Use = Callable[[Tx], Awaitable[Reply]]


@dataclass
class Frame:
    """What stands between Bolt and a use case."""

    transactions: Transactions
    #: The workspace row of a Slack team; None if the app is not installed there.
    workspace_of: Callable[[str | None], int | None]
    reporter: Reporter
    #: Calls to Slack that follow an acknowledgement and are still on their way.
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def answer(self, args: AsyncArgs, use: Use) -> None:
        """Run the use case in a transaction; acknowledge when it is committed; then do what remains."""
        reply = await self._reply(args, use)
        await acknowledge(args, reply)
        self._afterwards(follow_up(args, reply))

    async def note(self, args: AsyncArgs, use: Use) -> None:
        """The same for what nobody said to us: whatever comes of it, nobody is told."""
        await self._reply(args, use)
        await args.ack()

    async def finish(self) -> None:
        """Wait for what is still on its way to Slack."""
        await asyncio.gather(*self.tasks)

    async def _reply(self, args: AsyncArgs, use: Use) -> Reply | UserError:
        workspace_id = self.workspace_of(args.context.team_id)
        if workspace_id is None:
            return UserError("Afterlaunch is not installed in this workspace.")
        try:
            news = await self.reporter.learn(args, workspace_id)

            async def once(tx: Tx) -> Reply:
                key = reading.key(args.body)
                if key is not None and not await inbound.first_time(tx, key):
                    return CloseModal() if args.view else Nothing()
                await self.reporter.keep(tx, news)
                return await use(tx)

            reply = await self.transactions.run(workspace_id, once)
            self.reporter.kept(workspace_id, news)
        except UserError as error:
            return error
        except Exception:  # the edge: an acknowledgement is always sent, and the person learns what to report
            reference = secrets.token_hex(4)
            log.exception("listener.failed", reference=reference)
            return UserError(
                "Something went wrong on our side, and nothing was changed. "
                f"Please try again. If it happens again, tell whoever runs Afterlaunch: {reference}.",
            )
        return reply

    def _afterwards(self, work: Coroutine[Any, Any, None] | None) -> None:
        if work is not None:
            task = asyncio.create_task(work)
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)


def mount(bolt: AsyncApp, routes: Routes, frame: Frame) -> None:
    """Register every route, what the adapter itself takes note of, and what answers buttons no route knows.

    Slack warns where nothing answers.
    """
    joined: OnChannelJoined | None = None
    for route in routes:
        match route:
            case OnCommand():
                bolt.command(route.command)(_on_command(route, frame))
            case OnAction():
                bolt.action(route.action_id)(_on_action(route, frame))
            case OnSubmit():
                bolt.view(route.callback_id)(_on_submit(route, frame))
            case OnShortcut():
                bolt.message_shortcut(route.callback_id)(_on_shortcut(route, frame))
            case OnDirectMessage():
                bolt.event("message")(_on_direct_message(route, frame))
            case OnChannelJoined():
                joined = route
    for event in ("user_change", *reading.MOVES, *reading.CHANGES):
        bolt.event(event)(_on_news(joined, frame))
    bolt.action(re.compile(".*"))(_on_action(OnAction("*", _outdated), frame))


Listener = Callable[[AsyncArgs], Awaitable[None]]


def _on_command(route: OnCommand, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.command(args.body)
        await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_action(route: OnAction, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.click(args.body)
        await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_submit(route: OnSubmit, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.submission(args.body)
        await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_shortcut(route: OnShortcut, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.shortcut(args.body)
        await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_direct_message(route: OnDirectMessage, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.direct_message(args.event or {})
        if incoming is None:
            await args.ack()
        else:
            await frame.answer(args, lambda tx: route.handle(tx, incoming))

    return listener


def _on_news(route: OnChannelJoined | None, frame: Frame) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        incoming = reading.joined(args.event or {}, args.context.bot_user_id)

        async def use(tx: Tx) -> Reply:
            return Nothing() if incoming is None or route is None else await route.handle(tx, incoming)

        await frame.note(args, use)

    return listener


async def _outdated(tx: Tx, click: Click) -> Reply:
    del tx, click
    return Whisper("This button belongs to an older version of the message and does nothing any more.")
