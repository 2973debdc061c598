"""Delivers one claimed message, so that being killed at any point of it loses and doubles nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.core.clock import monotonic
from slackapp.core.fault_points import Point, reached
from slackapp.core.group_commit import GroupCommit
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.outbox import batches, claims, pace, rules
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.recording import Recorder, or_alone
from slackapp.outbox.rules import RelaySettings
from slackapp.slack import files
from slackapp.slack.client import Post, find, not_after, open_direct, post, redraw
from slackapp.slack.outcomes import Done, Outcome, Refused, Unknown

log = structlog.get_logger()


class Delivery:
    def __init__(
        self,
        transactions: Transactions,
        client_for: Callable[[int], AsyncWebClient | None],
        settings: RelaySettings,
        recorder: Recorder,
        telemetry: Telemetry,
    ) -> None:
        self._transactions, self._client_for, self._settings = transactions, client_for, settings
        self._recorder, self._telemetry = recorder, telemetry
        self._announcing = GroupCommit(self._announce_group)
        #: When the first of what it found unclear, and put back, will have settled, on this process's clock.
        self.settled_at = inf

    async def finish(self) -> None:
        """Return when nothing is being written any more."""
        await self._announcing.finish()

    async def deliver(self, claim: Claim) -> float:
        """Returns how many seconds nothing more can be sent to the same place: mostly 0."""
        row = claim.row
        client = self._client_for(row.workspace_id)
        assert client is not None
        channel = row.posted_channel or row.channel_id or claim.direct
        if channel is None:
            # What went before it in its lane may have opened it.
            async with self._transactions.read(row.workspace_id) as tx:
                channel = await claims.direct_of(tx, row.user_id or "")
        if channel is None:
            # Slack can update and search a direct message only by its channel id.
            opened = await open_direct(client, row.user_id or "")
            self._recorder.count(pace.OPEN, opened)
            if not isinstance(opened, Done):
                return await self._recorder.not_ready(claim, pace.OPEN, opened)
            channel = str(opened.data["channel"]["id"])
        if row.ts is None and row.last_send is not None:
            return await self._clear_up(client, claim, channel)
        return await self._send(client, claim, channel)

    async def _clear_up(self, client: AsyncWebClient, claim: Claim, channel: str) -> float:
        """An earlier send may have arrived: send again only once it is certain that it did not."""
        row, settings = claim.row, self._settings
        assert row.last_send is not None
        assert row.sent_from is not None
        # Whoever sent it and never put it back is gone, or stopped. Then it settles from now on: a clock may
        # have jumped since that send.
        since = claim.at if row.retry_at <= row.last_send else row.last_send
        if claim.at < since + settings.settle and not row.shown:
            await self._recorder.write(
                row, last_send=since, retry_at=since + settings.settle, leased_until=0.0
            )
            self.settled_at = min(self.settled_at, claim.taken + since + settings.settle - claim.at)
            return 0.0
        if row.file_name is not None:
            return await self._clear_up_file(client, claim, channel)
        if settings.unknown_outcome == "hold":
            await self._recorder.die(row, rules.UNKNOWN_OUTCOME, maybe_shown=True, last_send=None)
            return 0.0
        if settings.unknown_outcome == "reconcile":
            found = await find(client, _as_post(row, channel), row.sent_from)
            await reached(Point.SEARCHED)
            if not isinstance(found, Done):
                return await self._recorder.not_ready(claim, pace.method_of(row), found)
            if await self._has_arrived(claim, found):
                return 0.0
        return await self._send(client, claim, channel)

    async def _clear_up_file(self, client: AsyncWebClient, claim: Claim, channel: str) -> float:
        """Whatever may be read of history, Slack tells where a file is."""
        row = claim.row
        assert row.sent_from is not None
        if row.file_id is None:
            # It was forgotten with the database that was set back.
            found = await find(client, _as_post(row, channel), row.sent_from)
        else:
            found = await files.look(client, row.file_id, channel)
        await reached(Point.SEARCHED)
        if found == Refused("file_deleted"):
            await self._recorder.gone(row, "file_deleted")
            return 0.0
        if not isinstance(found, Done):
            return await self._recorder.not_ready(claim, pace.method_of(row), found)
        if await self._has_arrived(claim, found):
            return 0.0
        anew = row.reason in rules.ANEW
        if row.shown and not anew:
            await self._recorder.not_shown_yet(claim)
            return 0.0
        # Slack shares one file once, even where the first time is still on its way.
        return await self._send(client, claim if anew else replace(claim, file_id=row.file_id), channel)

    async def _has_arrived(self, claim: Claim, searched: Done) -> bool:
        """Whether what was looked for is there, which is noted."""
        ts = searched.data["ts"]
        self._telemetry.reconciled.labels("not_found" if ts is None else "found").inc()
        log.info("outbox.searched", found=ts is not None)
        if ts is not None:
            await self._recorder.arrived(claim, claim.row, str(ts))
        return ts is not None

    async def _upload(self, client: AsyncWebClient, claim: Claim) -> Outcome:
        row = claim.row
        uploaded = await files.upload(client, row.file_name or "", row.file_content or "")
        self._recorder.count("files.getUploadURLExternal", uploaded)
        await reached(Point.UPLOADED)
        return uploaded

    async def _send(self, client: AsyncWebClient, claim: Claim, channel: str) -> float:
        if not self._still_owned(claim):
            await self._recorder.put_back(claim, 0.0)
            return 0.0
        if claim.row.file_name is not None and claim.file_id is None:
            uploaded = await self._upload(client, claim)
            if not isinstance(uploaded, Done):
                return await self._recorder.not_ready(claim, pace.SHARE, uploaded)
            claim = replace(claim, file_id=uploaded.data["file_id"])
        row = await self._announce(claim, channel)
        await reached(Point.ANNOUNCED)
        if row is None:
            await self._recorder.put_back(claim, 0.0)
            return 0.0
        if not self._still_owned(claim):
            self._telemetry.fenced.inc()
            log.warning("outbox.fenced")
            return 0.0
        log.debug("outbox.announced", channel=channel, revision=row.sending)
        method = pace.send_of(row)
        with not_after(self._until(claim)):
            outcome = await _call(client, row, channel)
        self._recorder.count(method, outcome)
        await reached(Point.ANSWERED)
        if method == pace.POST and isinstance(outcome, Done) and not isinstance(outcome.data.get("ts"), str):
            outcome = Unknown("no_ts")
        wait = await self._recorder.record(claim, row, method, outcome)
        await reached(Point.RECORDED)
        return wait

    async def _announce(self, claim: Claim, channel: str) -> OutboxMessage | None:
        """The message as it is wanted this moment; None if it is not to be sent now."""
        row = claim.row
        new_direct = row.user_id is not None and channel not in (claim.direct, row.posted_channel)
        if not new_direct and row.reply_to is None and claim.file_id is None:
            fresh = await or_alone(self._announcing((row, channel)))
            if fresh is not None:
                return fresh
        async with self._transactions.begin(row.workspace_id, wakes=False) as tx:
            fresh = await claims.about_to_send(tx, row, channel, claim.file_id)
            if new_direct and row.user_id is not None:
                await claims.keep_direct(tx, row.user_id, channel)
        return fresh

    async def _announce_group(
        self, sends: Sequence[tuple[OutboxMessage, str]]
    ) -> Mapping[int, OutboxMessage]:
        async with self._transactions.install() as session:
            return await batches.announce(session, self._transactions.clock.now(), sends)

    def _still_owned(self, claim: Claim) -> bool:
        """A worker paused past its lease does not own the message any more, and only its watch can tell."""
        return monotonic() < self._until(claim)

    def _until(self, claim: Claim) -> float:
        return claim.taken + self._settings.lease - self._settings.margin


def _call(client: AsyncWebClient, row: OutboxMessage, channel: str) -> Awaitable[Outcome]:
    message = _as_post(row, channel)
    if row.ts is not None:
        return redraw(client, message, row.ts)
    if row.file_name is None or row.file_id is None:
        return post(client, message)
    return files.share(client, row.file_id, row.file_name, channel, row.text, row.thread_ts)


def _as_post(row: OutboxMessage, channel: str) -> Post:
    return Post(channel, row.uid, row.text, row.blocks, row.thread_ts, row.broadcast, row.file_name)
