"""What is known of a run when it is over: from the witness, the database, and the workers' notes."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from slackapp.core.fault_points import Point
from slackapp.outbox.models import OutboxMessage
from slackapp.playground.slack.record import Call
from tests.faults.plan import Lengths, Saying

POST, UPDATE = "chat.postMessage", "chat.update"
PROMISE, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"


@dataclass(frozen=True)
class Note:
    """What a worker noted, and when (wire time, in seconds since 1970)."""

    worker: str
    life: int
    wire: float
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Submit:
    """A form that a person handed in, with a title of its own."""

    title: str
    #: Whether it closed, which says that it was taken.
    accepted: bool


@dataclass
class Evidence:
    lengths: Lengths
    #: Every row of the outbox at the end.
    rows: Sequence[OutboxMessage] = ()
    #: What was asked of each workspace's Slack, in order.
    calls: Mapping[int, Sequence[Call]] = field(default_factory=dict)
    #: What each workspace's Slack shows at the end: channel and timestamp.
    shown: Mapping[int, frozenset[tuple[str, str]]] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    #: What the writer was to say, by its number.
    sayings: Sequence[Saying] = ()
    #: The workspace ids, by their numbers in the plan.
    workspaces: Sequence[int] = ()
    #: Wire time on the database's clock at the end.
    now: float = 0.0
    #: Of each sample while workers ran, by how many seconds a lease was over and nobody had cleared it up.
    overdue: float = 0.0
    submits: Sequence[Submit] = ()
    #: How many launches there are of each title.
    launches: Mapping[str, int] = field(default_factory=dict)
    logs: Mapping[str, str] = field(default_factory=dict)
    secrets: Sequence[str] = ()
    #: Exit statuses, by the workers' names and lives: of those that were told to end, or that failed.
    ended: Mapping[tuple[str, int], int | None] = field(default_factory=dict)
    #: Seconds for which the witness itself could not run, at the worst.
    stalled: float = 0.0
    seconds: float = 0.0

    def accepted(self, workspace_id: int, method: str = POST) -> Iterator[tuple[str, Call]]:
        """Each post or update that Slack did, and the opaque id it carried."""
        for call in self.calls.get(workspace_id, ()):
            if call.ok and call.method == method and (uid := uid_of(call)) is not None:
                yield uid, call

    def sent(self, workspace_id: int) -> Iterator[tuple[str, Call]]:
        """The same of everything that Slack was made to show: posts, and files by their names."""
        yield from self.accepted(workspace_id)
        uids = {row.file_name: row.uid for row in self.rows if row.workspace_id == workspace_id}
        names = {}
        for call in self.calls.get(workspace_id, ()):
            if call.ok and call.method == PROMISE:
                names[call.response["file_id"]] = call.args["filename"]
            elif call.ok and call.method == SHARE:
                for file in call.response["files"]:
                    yield uids[names[file["id"]]], call

    def at(self, point: Point, delivery: int) -> Sequence[Note]:
        """When workers passed this point with this row of the outbox."""
        return self._passed.get((point, delivery), ())

    @cached_property
    def _passed(self) -> Mapping[tuple[str, int], Sequence[Note]]:
        passed = defaultdict(list)
        for note in self.notes:
            if "delivery" in note.what and "point" in note.what:
                passed[note.what["point"], note.what["delivery"]].append(note)
        return passed

    def announced(self, delivery: int, before: float) -> float | None:
        """When the statement began that announced the last send of this row, of those before that moment."""
        notes = self._announced.get(delivery, ())
        return max((note.what["since"] for note in notes if note.wire <= before), default=None)

    @cached_property
    def _announced(self) -> Mapping[int, Sequence[Note]]:
        announced = defaultdict(list)
        for note in self.notes:
            if "announced" in note.what:
                announced[note.what["announced"]].append(note)
        return announced

    @property
    def database_struck(self) -> bool:
        return any(what == "database" for what, _ in self.struck)

    @cached_property
    def died(self) -> frozenset[int]:
        """The rows of messages that were dead at some time, or refused in the look they had."""
        lines = (line for text in self.logs.values() for line in text.splitlines())
        found = (json.loads(line) for line in lines if '"outbox.dead"' in line or '"outbox.refused"' in line)
        return frozenset(entry["delivery"] for entry in found if "delivery" in entry)

    @property
    def struck(self) -> Counter[tuple[str, str]]:
        """How often what befell workers and the database, and where."""
        return Counter(
            (note.what["struck"], note.what["how"]) for note in self.notes if "struck" in note.what
        )

    @property
    def kills(self) -> int:
        return sum(count for (_, how), count in self.struck.items() if how == "kill")


def uid_of(call: Call) -> str | None:
    metadata = call.args.get("metadata")
    found = metadata.get("event_payload", {}).get("id") if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else None


def read_notes(folder: Path) -> list[Note]:
    """In the order of time."""
    notes = []
    for path in folder.glob("*.notes"):
        for line in path.read_text(encoding="utf-8").splitlines():
            what = json.loads(line)
            notes.append(Note(what.pop("worker"), what.pop("life"), what.pop("wire"), what))
    return sorted(notes, key=lambda note: note.wire)


def read_calls(path: Path) -> list[Call]:
    return [Call(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
