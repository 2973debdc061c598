"""The frame around every listener: one transaction, committed, then one answer."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from slack_bolt import BoltResponse
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from slackapp.core.clock import monotonic
from slackapp.core.errors import UserError
from slackapp.core.fault_points import Point, reached
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.slack import inbound, reading, trouble
from slackapp.slack.answering import acknowledge, follow_up
from slackapp.slack.home import Home, is_outdated_by
from slackapp.slack.news import Reporter
from slackapp.slack.replies import CloseModal, Nothing, PublishHome, Reply
from slackapp.slack.trouble import TroubleError

log = structlog.get_logger()

#: What is counted apart, by `_kind`.
KINDS = ("command", "block_actions", "view_submission", "message_action", "event_callback")

Use = Callable[[Tx], Awaitable[Reply]]
T = TypeVar("T")

#: Seconds in which Slack wants an answer, and how many of them may pass on the way.
SLACK_WAITS, ON_THE_WAY = 3.0, 0.5

#: Use cases that are in their transactions at once. More of them would wait for each other's rows and for
#: connections, and all be late where one after the other each is in time.
AT_ONCE = 8

#: Seconds that what is under way has at the end.
FINISH = 10.0

#: Slack brings an event again that was not taken, three times within six minutes, and only then. Nothing
#: but our own trouble is answered so: for a moment's outage of the database it is all that keeps the event.
NOT_TAKEN = 500


@dataclass
class Frame:
    """What stands between Bolt and a use case."""

    transactions: Transactions
    #: The workspace row of a Slack team; None if the app is not installed there.
    workspace_of: Callable[[str | None], int | None]
    reporter: Reporter
    telemetry: Telemetry
    #: Seconds in which whoever acted has an answer.
    patience: float = SLACK_WAITS - ON_THE_WAY
    #: Set by `mount`, if there is a route for it.
    home: Home | None = None
    #: Use cases, and calls to Slack that follow an acknowledgement, that are under way.
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def answer(self, args: AsyncArgs, use: Use) -> BoltResponse | None:
        """Run the use case in a transaction; acknowledge when it is committed; then do what remains.

        What takes too long for Slack goes on, and the person is told so: of a commit that is cut off nobody
        knows whether it happened.
        """
        working = self._task(self._reply(args, use))
        await asyncio.wait({working}, timeout=self.patience)
        if working.done():
            reply = working.result()
        else:
            log.warning("listener.late", kind=_kind(args))
            self._task(self._tell_late(args, working))
            if _is_event(args):
                return BoltResponse(status=NOT_TAKEN)
            reply = trouble.late(submitted=_kind(args) == "view_submission")
        if isinstance(reply, TroubleError) and _is_event(args):
            return await self._leave_to_slack(args, reply)
        await acknowledge(args, reply)
        self._follow(args, reply)
        return None

    async def note(self, args: AsyncArgs, use: Use) -> BoltResponse | None:
        """The same for what nobody said to us: nobody is told what came of it, though Home may show it."""
        working = self._task(self._reply(args, use))
        await asyncio.wait({working}, timeout=self.patience)
        is_taken = working.done() and not isinstance(working.result(), TroubleError)
        if is_taken:
            await args.ack()
        self._task(self._publish(args, working))
        return None if is_taken else BoltResponse(status=NOT_TAKEN)

    async def finish(self) -> None:
        """Wait for what is under way, and for what that begins; what is not done in time is rolled back."""
        ends = monotonic() + FINISH
        while self.tasks and (left := ends - monotonic()) > 0:
            await asyncio.wait(self.tasks, timeout=left)
        late = list(self.tasks)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _leave_to_slack(self, args: AsyncArgs, found: TroubleError) -> BoltResponse | None:
        """Have the event brought again; after the last time nobody would, and it is the person's turn."""
        repetition = (args.request.headers.get("x-slack-retry-num") or [""])[0]
        if repetition == trouble.LAST_REPETITION:
            await args.ack()
            self._afterwards(follow_up(args, found))
            return None
        if repetition == trouble.FIRST_REPETITION:
            self._afterwards(follow_up(args, trouble.tried_again(found)))
        return BoltResponse(status=NOT_TAKEN)

    async def _tell_late(self, args: AsyncArgs, working: asyncio.Task[Reply | UserError]) -> None:
        """What became of it at last; an event that came to nothing is brought again."""
        reply = await working
        if not (_is_event(args) and isinstance(reply, TroubleError)):
            self._follow(args, reply, late=True)

    async def _publish(self, args: AsyncArgs, working: asyncio.Task[Reply | UserError]) -> None:
        """Show the Home that comes of it, also where that took too long for Slack."""
        reply, workspace_id = await working, self.workspace_of(args.context.team_id)
        if isinstance(reply, PublishHome) and self.home is not None and workspace_id is not None:
            await self.home.publish(args, workspace_id, reply.view)

    async def _reply(self, args: AsyncArgs, use: Use) -> Reply | UserError:
        workspace_id = self.workspace_of(args.context.team_id)
        if workspace_id is None:
            return UserError("Afterlaunch is not installed in this workspace.")
        kind = _kind(args)
        self.telemetry.inbound.labels(kind).inc()
        try:
            key = reading.key(args.body)
            # What is logged of people names them, and must not say what they asked for.
            news = await self.reporter.learn(args, workspace_id)
            # In this task alone: what is said in it is logged with what asked for it.
            structlog.contextvars.bind_contextvars(inbound=key)

            async def once(tx: Tx) -> Reply:
                if not await inbound.first_time(tx, key):
                    self.telemetry.duplicates.labels(kind).inc()
                    return CloseModal() if args.view else Nothing()
                await reached(Point.NOTED)
                await self.reporter.keep(tx, news)
                return await use(tx)

            async with self._turns:
                reply = await self.transactions.run(workspace_id, once)
            self.reporter.kept(workspace_id, news)
        except UserError as error:
            return error
        except Exception as error:  # noqa: BLE001 - the edge: whatever it is, the person learns what to report
            self.telemetry.failed.labels(kind).inc()
            return trouble.trouble(error)
        return reply

    def _follow(self, args: AsyncArgs, reply: Reply | UserError, *, late: bool = False) -> None:
        self._afterwards(follow_up(args, reply, late=late))
        workspace_id = self.workspace_of(args.context.team_id)
        if self.home and workspace_id is not None and is_outdated_by(args.body, reply):
            self._afterwards(self.home.redraw(args, workspace_id))

    def _afterwards(self, work: Coroutine[Any, Any, None] | None) -> None:
        if work is not None:
            self._task(work)

    def _task(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


def _kind(args: AsyncArgs) -> str:
    return str(args.body.get("type") or "command")


def _is_event(args: AsyncArgs) -> bool:
    return _kind(args) == "event_callback"
