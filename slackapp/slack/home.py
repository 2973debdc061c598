"""App Home: whether something was done on it, and publishing it, which is best effort."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.models.views import View

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, Unknown, outcome_of
from slackapp.slack.replies import OpenModal, PublishHome, Reply, UpdateModal
from slackapp.slack.routes import HomeOpened
from slackapp.slack.trouble import TroubleError

log = structlog.get_logger()

#: How the `external_id` of a modal begins that was opened from Home. A token makes it unique, as Slack wants
#: it, and the hash that Home had then follows: whichever replica gets the submit knows what to draw anew.
_FROM_HOME = "home"


def is_home(body: Mapping[str, Any]) -> bool:
    """Whether this was pressed on Home itself, over which no modal lies yet."""
    return bool((body.get("view") or {}).get("type") == "home")


def hash_of(body: Mapping[str, Any]) -> str | None:
    """The hash of the Home that this was done on, or on a modal opened from it; None: done elsewhere."""
    view = body.get("view") or {}
    if is_home(body):
        return str(view["hash"])
    begins, _, rest = str(view.get("external_id") or "").partition(":")
    return rest.partition(":")[2] if begins == _FROM_HOME else None


def kept_in_mind(body: Mapping[str, Any], view: View, *, new: bool) -> dict[str, Any]:
    """The modal as Slack is to show it: one that comes from Home says so. `new`: it is opened just now."""
    document: dict[str, Any] = view.to_dict()
    shown = hash_of(body)
    if shown is not None:
        known = body["view"].get("external_id")
        document["external_id"] = f"{_FROM_HOME}:{secrets.token_hex(8)}:{shown}" if new else known
    return document


def is_outdated_by(body: Mapping[str, Any], reply: Reply | UserError) -> bool:
    """Whether Home may show something else after this.

    Not while a form is being filled in. What could not be done can mean that somebody else was quicker.
    """
    return hash_of(body) is not None and not isinstance(
        reply, OpenModal | UpdateModal | PublishHome | FieldError | TroubleError
    )


@dataclass(frozen=True)
class Home:
    """What a person's Home shows, drawn in a transaction that reads."""

    transactions: Transactions
    draw: Callable[[Tx, HomeOpened], Awaitable[Reply]]

    async def publish(self, args: AsyncArgs, workspace_id: int, drawn: View) -> None:
        """Show what was drawn when it was opened."""
        shown = (args.event or {}).get("view") or {}
        await self._publish(args, workspace_id, drawn, shown.get("hash"))

    async def redraw(self, args: AsyncArgs, workspace_id: int) -> None:
        """Show what holds after something was done on it, or on a modal opened from it."""
        drawn = await self._drawn(args, workspace_id)
        if drawn is not None:
            await self._publish(args, workspace_id, drawn, hash_of(args.body))

    async def _publish(self, args: AsyncArgs, workspace_id: int, drawn: View, known: str | None) -> None:
        outcome = await self._call(args, drawn, known)
        if outcome == Refused("hash_conflict"):
            # Something newer stands there than what we knew; what is read now is newer still.
            again = await self._drawn(args, workspace_id)
            outcome = outcome if again is None else await self._call(args, again, None)
        if isinstance(outcome, NotSent | Unknown):
            log.warning("home.not_published", reason=outcome.reason)
        elif not isinstance(outcome, Done):
            log.error("home.not_published", reason=outcome.reason)

    @staticmethod
    async def _call(args: AsyncArgs, view: View, known: str | None) -> Outcome:
        user = args.context.user_id or ""
        return await outcome_of(args.client.views_publish(user_id=user, view=view, hash=known))

    async def _drawn(self, args: AsyncArgs, workspace_id: int) -> View | None:
        """None if that failed: what stands there stays, and opening Home again tries again."""
        try:
            async with self.transactions.read(workspace_id) as tx:
                reply = await self.draw(tx, HomeOpened(args.context.user_id or ""))
        except Exception:  # the edge: nobody waits for it, and what was done is done
            log.exception("home.not_drawn")
            return None
        return reply.view if isinstance(reply, PublishHome) else None
