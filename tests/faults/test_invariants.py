"""Each invariant finds what it is there for, in evidence that is forged, and nothing in what is sound."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from slackapp.core.fault_points import Point
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack.record import Call
from tests.faults.evidence import POST, PROMISE, SHARE, UPDATE, Evidence, Note, Submit
from tests.faults.judging import INVARIANTS, judge
from tests.faults.plan import Lengths, Saying

DUE = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
SAYINGS = (Saying(0.0, 0, "card", text="Hello"), Saying(0.0, 0, "reply", text="Indeed", reply_to="card"))


def row(number: int, key: str, text: str, **values: Any) -> OutboxMessage:  # noqa: ANN401 - column values
    sound = {
        "id": number, "workspace_id": 1, "key": key, "uid": f"uid-{key}", "text": text, "blocks": [],
        "channel_id": "C1", "posted_channel": "C1", "ts": f"{number}.000100", "state": State.SENT,
        "due_at": DUE, "leased_until": 0.0, "withdrawn": False, "attempts": 0,
    }  # fmt: skip
    return OutboxMessage(**(sound | values))


def call(uid: str, text: str, ts: str, wire: float, **values: Any) -> Call:  # noqa: ANN401 - the fields of `Call`
    metadata = {"event_payload": {"id": uid}}
    sound = Call(
        DUE.isoformat(),
        wire,
        POST,
        {"channel": "C1", "text": text, "blocks": [], "metadata": metadata},
        ok=True,
        response={"ok": True, "channel": "C1", "ts": ts},
    )
    return replace(sound, **values)


def note(wire: float, **what: Any) -> Note:  # noqa: ANN401 - whatever a worker notes
    return Note("relay-1", 0, wire, what)


def sound() -> Evidence:
    """A card and a reply to it, both said, announced, posted and shown, and nothing wrong."""
    card, reply = call("uid-card", "Hello", "1.000100", 20.0), call("uid-reply", "Indeed", "2.000100", 30.0)
    reply = replace(reply, args={**reply.args, "thread_ts": "1.000100"})
    return Evidence(
        Lengths(),
        rows=[row(1, "card", "Hello"), row(2, "reply", "Indeed", reply_to="card")],
        calls={1: [card, reply], 2: []},
        shown={1: frozenset({("C1", "1.000100"), ("C1", "2.000100")}), 2: frozenset()},
        notes=[
            note(9.0, begins=0),
            note(10.0, committed=0),
            note(11.0, begins=1),
            note(12.0, committed=1),
            note(19.9, announced=1, since=19.8),
            note(29.9, announced=2, since=29.8),
        ],
        sayings=SAYINGS,
        workspaces=[1, 2],
        now=100.0,
        submits=[Submit("Release 1", accepted=True)],
        launches={"Release 1": 1},
        logs={"relay-1.log": '{"event": "outbox.sent", "level": "info"}\n'},
        secrets=["xoxb-secret"],
        ended={("relay-1", 0): 0},
    )


def change(found: Evidence, number: int, **values: Any) -> None:  # noqa: ANN401 - column values
    for name, value in values.items():
        setattr(found.rows[number], name, value)


def add_calls(found: Evidence, *calls: Call, workspace_id: int = 1) -> None:
    found.calls = {**found.calls, workspace_id: [*found.calls[workspace_id], *calls]}


def swap_call(found: Evidence, number: int, **values: Any) -> None:  # noqa: ANN401 - the fields of `Call`
    calls = list(found.calls[1])
    calls[number] = replace(calls[number], **values)
    found.calls = {**found.calls, 1: calls}


def withdraw(found: Evidence, at: float) -> None:
    found.sayings = (*SAYINGS, Saying(1.0, 0, "card", withdraw=True))
    found.notes = [*found.notes, note(at - 0.1, begins=2), note(at, committed=2)]
    change(found, 0, withdrawn=True)


def share(found: Evidence, times: int) -> None:
    """A file that is said to be shared, and was so often."""
    found.rows = [*found.rows, row(3, "notes", "Here", file_name="notes.md", ts="3.000100")]
    found.shown = {**found.shown, 1: found.shown[1] | {("C1", "3.000100")}}
    for number in range(times):
        file_id = f"F{number}"
        promise = call("", "", "", 40.0, method=PROMISE, args={"filename": "notes.md"})
        shared = call("", "", "", 41.0, method=SHARE, args={"channel_id": "C1"})
        add_calls(
            found,
            replace(promise, response={"ok": True, "file_id": file_id}),
            replace(shared, response={"ok": True, "files": [{"id": file_id}]}),
        )


def share_once(found: Evidence) -> None:
    share(found, 1)


def hear_wait(found: Evidence, *more: Note) -> None:
    """Slack limits an earlier post of the card for twenty seconds, and that is written at once."""
    limited = call(
        "uid-card",
        "Hello",
        "",
        11.0,
        ok=False,
        response={"ok": False, "error": "ratelimited"},
        retry_after="20",
    )
    found.calls = {**found.calls, 1: [limited, *found.calls[1]]}
    found.notes = [*found.notes, note(11.1, point=Point.SNOOZED, delivery=1), *more]


FORGERIES: list[tuple[str, Callable[[Evidence], object]]] = [
    ("posted_once", lambda found: add_calls(found, call("uid-card", "Hello", "9.000100", 50.0))),
    ("posted_once", lambda found: share(found, 2)),
    ("sent_is_posted", lambda found: share(found, 0)),
    ("sent_is_posted", lambda found: swap_call(found, 0, ok=False)),
    ("sent_is_posted", lambda found: change(found, 0, ts="1.0001")),
    ("sent_is_posted", lambda found: change(found, 0, posted_channel="C2")),
    ("sent_is_posted", lambda found: change(found, 0, ts=None)),
    ("sent_is_posted", lambda found: setattr(found, "shown", {1: frozenset(), 2: frozenset()})),
    ("everything_ends", lambda found: change(found, 1, state=State.WAITING)),
    ("shown_is_wanted", lambda found: change(found, 0, text="Hello again")),
    ("shown_is_wanted", lambda found: change(found, 0, blocks=[{"type": "divider"}])),
    (
        "shown_is_wanted",
        lambda found: add_calls(found, call("uid-card", "Older", "1.000100", 50.0, method=UPDATE)),
    ),
    ("none_early", lambda found: change(found, 0, due_at=DUE + timedelta(seconds=1))),
    (
        "tokens_are_kept_apart",
        lambda found: add_calls(found, call("uid-card", "Hello", "", 50.0, ok=False), workspace_id=2),
    ),
    (
        "tokens_are_kept_apart",
        lambda found: add_calls(
            found, call("uid-card", "", "", 50.0, ok=False, response={"ok": False, "error": "invalid_auth"})
        ),
    ),
    ("parents_first", lambda found: swap_call(found, 0, wire=31.0)),
    ("parents_first", lambda found: swap_call(found, 1, args={**found.calls[1][1].args, "thread_ts": "7.0"})),
    ("dead_have_reasons", lambda found: change(found, 0, state=State.DEAD)),
    ("nothing_stays_claimed", lambda found: change(found, 0, leased_until=101.0)),
    ("nothing_stays_claimed", lambda found: setattr(found, "overdue", 30.0)),
    ("no_secret_in_a_log", lambda found: setattr(found, "logs", {"app.log": "using xoxb-secret"})),
    ("no_secret_in_a_log", lambda found: setattr(found, "logs", {"app.log": "http://h/response/R1"})),
    ("ends_cleanly", lambda found: setattr(found, "ended", {("relay-1", 0): -9})),
    ("ends_cleanly", lambda found: setattr(found, "ended", {("relay-2", 7): 1})),
    ("what_was_said_is_kept", lambda found: change(found, 0, text="Something else")),
    ("what_was_said_is_kept", lambda found: setattr(found, "rows", [])),
    ("withdrawn_is_not_sent", lambda found: withdraw(found, at=19.79)),
    ("nobody_calls_too_early", hear_wait),
    (
        "nothing_unexpected",
        lambda found: setattr(
            found, "logs", {"app.log": '{"event": "failed", "exception": "KeyError: 1", "level": "error"}'}
        ),
    ),
    ("one_effect_each", lambda found: setattr(found, "launches", {"Release 1": 2})),
    ("one_effect_each", lambda found: setattr(found, "launches", {})),
    ("one_effect_each", lambda found: setattr(found, "launches", {"Release 1": 1, "Release 2": 1})),
]


def kill_before_it_is_written(found: Evidence) -> None:
    hear_wait(found)
    found.notes = found.notes[:-1]


def note_it_late(found: Evidence) -> None:
    """Both were announced before Slack wanted to be left alone, and it took long until that was noted."""
    late = [note(19.9, announced=1, since=11.05), note(29.9, announced=2, since=11.06)]
    found.notes = [*(each for each in found.notes if "announced" not in each.what), *late]
    hear_wait(found)


def lose_the_announcement(found: Evidence) -> None:
    """Another worker's came too late to be sent, and there is no note of it."""
    withdraw(found, at=19.85)
    found.notes = [*found.notes, note(19.95, point=Point.ANNOUNCED, delivery=1)]


def hear_nothing(found: Evidence) -> None:
    found.submits, found.launches = [Submit("Release 1", accepted=False)], {}


def hear_of_no_commit(found: Evidence) -> None:
    found.sayings = (*SAYINGS, Saying(1.0, 0, "card", text="Hello again"))
    found.notes = [*found.notes, note(50.0, begins=2)]
    change(found, 0, text="Hello again")
    add_calls(found, call("uid-card", "Hello again", "1.000100", 51.0, method=UPDATE))


def inject(found: Evidence) -> None:
    found.logs = {"app.log": '{"event": "failed", "exception": "InjectedError", "level": "error"}'}


def withdraw_too_late(found: Evidence) -> None:
    withdraw(found, at=19.81)


def end_it_twice(found: Evidence) -> None:
    """The second signal came when the first had ended it all but for the process."""
    said = "Exception ignored when trying to write to the signal wakeup fd:"
    found.logs = {"app.log": f"{said}\nTraceback (most recent call last):\n  File …\nOSError: [Errno 9]"}


#: What looks like it, and is within the contract.
EXCUSED = (
    kill_before_it_is_written, note_it_late, hear_nothing, hear_of_no_commit, inject,
    withdraw_too_late, lose_the_announcement, end_it_twice, share_once,
)  # fmt: skip


def test_sound_evidence_is_sound() -> None:
    assert judge(sound()) == {}


@pytest.mark.parametrize("number", range(len(FORGERIES)))
def test_a_forgery_is_found(number: int) -> None:
    name, forge = FORGERIES[number]
    found = sound()
    forge(found)
    assert name in judge(found)


def test_every_invariant_can_fail() -> None:
    assert {name for name, _ in FORGERIES} == {invariant.__name__ for invariant in INVARIANTS}


@pytest.mark.parametrize("happens", EXCUSED)
def test_what_is_within_the_contract_is_not_held_against_it(happens: Callable[[Evidence], None]) -> None:
    found = sound()
    happens(found)
    assert judge(found) == {}
