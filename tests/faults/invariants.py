"""What has to hold after every run, whatever went wrong: from the witness and the database."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack.record import Call
from tests.faults.evidence import POST, SHARE, UPDATE, Evidence, uid_of

#: Yields a sentence for everything that does not hold.
Invariant = Callable[[Evidence], Iterator[str]]


def everything_ends(found: Evidence) -> Iterator[str]:
    """Every committed message ends sent, dead, gone or cancelled."""
    for row in found.rows:
        if row.state == State.WAITING:
            yield f"{_named(row)} still waits ({row.reason}, {row.attempts} attempts)"


def posted_once(found: Evidence) -> Iterator[str]:
    """At most one accepted post for each opaque id, and each file shared once at most."""
    for workspace_id in found.workspaces:
        for uid, count in Counter(uid for uid, _ in found.sent(workspace_id)).items():
            if count > 1:
                yield f"{_of(found, uid)} was posted {count} times"


def sent_is_posted(found: Evidence) -> Iterator[str]:
    """What is said to be shown was accepted, there and under that timestamp, and is there."""
    posts = {(w, uid): call for w in found.workspaces for uid, call in found.sent(w)}
    for row in found.rows:
        if row.ts is None:
            if row.state == State.SENT:
                yield f"{_named(row)} is sent without a timestamp"
            continue
        call = posts.get((row.workspace_id, row.uid))
        if call is None:
            yield f"{_named(row)} has a timestamp and was never accepted"
        elif _place(call, row) != (row.posted_channel, row.ts):
            yield f"{_named(row)} is not where the outbox says: {row.posted_channel} {row.ts}"
        elif (row.posted_channel, row.ts) not in found.shown[row.workspace_id] and row.state == State.SENT:
            yield f"{_named(row)} is not shown"


def _place(call: Call, row: OutboxMessage) -> tuple[str | None, str | None]:
    """Where Slack shows what this call sent. Of a file the answer does not say when."""
    if call.method == SHARE:
        return call.args["channel_id"], row.ts
    return call.response.get("channel"), call.response.get("ts")


def shown_is_wanted(found: Evidence) -> Iterator[str]:
    """What Slack was last told of a sent message is what the row says."""
    last = {}
    for workspace_id in found.workspaces:
        for call in found.calls[workspace_id]:
            if call.ok and call.method in (POST, UPDATE):
                last[workspace_id, call.args["channel"], call.response["ts"]] = call
    for row in found.rows:
        told = last.get((row.workspace_id, row.posted_channel, row.ts))
        if row.state != State.SENT or told is None:
            continue
        if (told.args.get("text"), told.args.get("blocks")) != (row.text, row.blocks):
            yield f"{_named(row)} shows {told.args.get('text')!r} and should show {row.text!r}"


def none_early(found: Evidence) -> Iterator[str]:
    """Nothing is accepted before its due time, which is story time."""
    due = {(row.workspace_id, row.uid): row.due_at for row in found.rows}
    for workspace_id in found.workspaces:
        for uid, call in found.sent(workspace_id):
            at = due.get((workspace_id, uid))
            if at is not None and datetime.fromisoformat(call.at) < at:
                yield f"{_of(found, uid)} was posted at {call.at}, due {at.isoformat()}"


def tokens_are_kept_apart(found: Evidence) -> Iterator[str]:
    """Each workspace's Slack hears only of its own messages, under a token it knows."""
    of = {row.uid: row.workspace_id for row in found.rows}
    for workspace_id in found.workspaces:
        for call in found.calls[workspace_id]:
            uid = uid_of(call)
            if uid is not None and of.get(uid, workspace_id) != workspace_id:
                yield f"{_of(found, uid)} was sent to workspace {workspace_id}"
            if call.fault is None and call.response.get("error") in ("invalid_auth", "not_authed"):
                yield f"{call.method} came to workspace {workspace_id} with a foreign token"


def parents_first(found: Evidence) -> Iterator[str]:
    """A reply is accepted after the message it answers, and in its thread."""
    for workspace_id in found.workspaces:
        posts = dict(reversed(list(found.sent(workspace_id))))
        rows = {row.key: row for row in found.rows if row.workspace_id == workspace_id}
        for row in rows.values():
            parent = rows.get(row.reply_to or "")
            if parent is None or row.uid not in posts or parent.uid not in posts:
                continue
            if parent.id > row.id or parent.id in found.died or parent.state == State.DEAD:
                # When the reply was said there was none, or it was dead; who knew that may have been killed.
                continue
            call, before = posts[row.uid], posts[parent.uid]
            if call.wire < before.wire:
                yield f"{_named(row)} was posted before {parent.key}"
            elif call.args.get("thread_ts") != before.args.get("thread_ts", _place(before, parent)[1]):
                yield f"{_named(row)} is not in the thread of {parent.key}"


def dead_have_reasons(found: Evidence) -> Iterator[str]:
    for row in found.rows:
        if row.state == State.DEAD and not row.reason:
            yield f"{_named(row)} is dead for no reason"


def nothing_stays_claimed(found: Evidence) -> Iterator[str]:
    """At the end nobody holds anything, and no lease lies there unnoticed after it ran out."""
    for row in found.rows:
        if row.leased_until > found.now or (row.leased_until > 0 and row.state == State.WAITING):
            yield f"{_named(row)} is still claimed"
    lengths = found.lengths
    if found.overdue > lengths.settle + lengths.poll + SLOW:
        yield f"a lease lay there for {found.overdue:.1f} s after its end"


#: Seconds a busy machine may be late by.
SLOW = 20.0


def no_secret_in_a_log(found: Evidence) -> Iterator[str]:
    for name, text in found.logs.items():
        for secret in found.secrets:
            if secret in text:
                yield f"{name} holds {secret[:9]}…"
        if "/response/" in text:
            yield f"{name} holds a response URL"


def ends_cleanly(found: Evidence) -> Iterator[str]:
    """A worker that is told to end does so in time, and none fails by itself."""
    for (worker, _), status in found.ended.items():
        # Before it listens to the signal, or when it is done, that ends it at once.
        clean = status in (0, -signal.SIGTERM)
        # Without its database the app does not start.
        excused = found.database_struck and status is not None and status > 0
        if not clean and not excused:
            yield f"{worker} ended with {status}"


def _named(row: OutboxMessage) -> str:
    return f"{row.workspace_id}/{row.key} (row {row.id}, {row.uid[:8]})"


def _of(found: Evidence, uid: str) -> str:
    return next((_named(row) for row in found.rows if row.uid == uid), f"a message no row knows ({uid[:8]})")
