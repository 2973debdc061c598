"""What has to hold of what workers noted: what was said is kept, and nothing is sent after it may not be."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from slackapp.core.fault_points import Point
from slackapp.outbox.models import OutboxMessage
from slackapp.playground.slack.record import Call
from tests.faults.evidence import POST, UPDATE, Evidence, Note, uid_of
from tests.faults.plan import Saying
from tests.faults.strikes import InjectedError

#: What the app says of a database that is gone.
OF_THE_DATABASE = frozenset({"listener.database_unusable", "listener.commit_unknown"})
WITNESS = "slack.log"


def what_was_said_is_kept(found: Evidence) -> Iterator[str]:
    """The row says what was said last, of all that was committed."""
    rows = {(row.workspace_id, row.key): row for row in found.rows}
    for (workspace_id, key), said in _by_message(found).items():
        committed = [number for number, (_, at) in enumerate(said) if at is not None]
        if not committed:
            continue
        row = rows.get((workspace_id, key))
        # What came after the last commit may have been committed too: nobody heard of it.
        may_be_last = [saying for saying, _ in said[committed[-1] :]]
        if row is None:
            if any(not saying.withdraw for saying, at in said if at is not None):
                yield f"{key} was committed and is not there"
        elif all(saying.withdraw for saying in may_be_last):
            if not row.withdrawn:
                yield f"{key} was withdrawn and is wanted"
        elif row.text not in {saying.text for saying, _ in said[committed[-1] :]} and not any(
            saying.withdraw for saying in may_be_last
        ):
            yield f"{key} says {row.text!r} and not what was said last"


def withdrawn_is_not_sent(found: Evidence) -> Iterator[str]:
    """Nothing is posted whose withdrawal was committed before the statement began that announced the send."""
    rows = {(row.workspace_id, row.key): row for row in found.rows}
    posts = {(w, uid): call for w in found.workspaces for uid, call in found.sent(w)}
    for (workspace_id, key), said in _by_message(found).items():
        saying, at = said[-1]
        row = rows.get((workspace_id, key))
        if not saying.withdraw or at is None or row is None:
            continue
        call = posts.get((workspace_id, row.uid))
        announced = None if call is None else found.announced(row.id, call.wire)
        if announced is not None and announced > at:
            yield f"{key} was announced {announced - at:.3f} s after it was withdrawn"


def nobody_calls_too_early(found: Evidence) -> Iterator[str]:
    """Once Slack's Retry-After is written no send is announced of that method, until it is over.

    A send that was announced before is on its way. What a killed worker could not write nobody knows.
    """
    for workspace_id in found.workspaces:
        rows = {row.uid: row for row in found.rows if row.workspace_id == workspace_id}
        calls = [call for call in found.calls[workspace_id] if call.method in (POST, UPDATE)]
        for call in calls:
            row, wait = rows.get(uid_of(call) or ""), _seconds(call.retry_after)
            kept = None if row is None or wait is None else _kept(found, row, call, wait)
            if kept is None or wait is None:
                continue
            for other in calls:
                if other.method != call.method or not kept.wire < other.wire < call.wire + wait:
                    continue
                asked = rows.get(uid_of(other) or "")
                announced = None if asked is None else found.announced(asked.id, other.wire)
                if announced is not None and announced > kept.wire:
                    early = call.wire + wait - other.wire
                    yield f"{other.method} was called {early:.2f} s before Slack's Retry-After was over"


#: What Python says where a signal comes after the event loop was closed, which is no fault of anybody's.
_LATE_SIGNAL = "Exception ignored when trying to write to the signal wakeup fd:"


def nothing_unexpected(found: Evidence) -> Iterator[str]:
    """No worker logs an error, but for what was injected and, where that was broken, for the database."""
    for name, text in found.logs.items():
        if name == WITNESS:
            # It complains of clients that die in the middle of a request.
            continue
        for before, line in pairwise(["", *text.splitlines()]):
            if '"level": "error"' in line:
                entry = json.loads(line)
                excused = InjectedError.__name__ in str(entry.get("exception"))
                excused |= found.database_struck and entry["event"] in OF_THE_DATABASE
            else:
                # A process that could not start.
                excused = found.database_struck or not line.startswith("Traceback") or before == _LATE_SIGNAL
            if not excused:
                yield f"{name}: {line[:2000]}"


def _by_message(found: Evidence) -> dict[tuple[int, str], list[tuple[Saying, float | None]]]:
    """What was begun to be said of each message, and when it was surely committed."""
    committed = {note.what["committed"]: note.wire for note in found.notes if "committed" in note.what}
    begun = {note.what["begins"] for note in found.notes if "begins" in note.what}
    messages = defaultdict(list)
    for number in sorted(begun):
        saying = found.sayings[number]
        key = found.workspaces[saying.workspace], saying.key
        messages[key].append((saying, committed.get(number)))
    return messages


def _kept(found: Evidence, row: OutboxMessage, call: Call, wait: float) -> Note | None:
    """The note that the Retry-After in the answer to this call was written."""
    notes = found.at(Point.SNOOZED, row.id)
    return min(
        (note for note in notes if call.wire <= note.wire < call.wire + wait),
        key=lambda note: note.wire,
        default=None,
    )


def _seconds(written: str | None) -> float | None:
    try:
        return None if written is None else float(written)
    except ValueError:
        return None
