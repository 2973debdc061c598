"""How one message is delivered, step by step, as the contract has it: small enough to go through every order.

Time is ticks. Workers take their steps in any order and as slowly as they like: a pause is nothing but ticks
between two steps. A worker may be killed between any two of them, any number of times, and begins anew. Of
every call Slack may accept it or not, and answer or not; `lag` is how long a call may travel and then be
missing from the history. What happens in one tick has no order there: it is surely shown in the tick after.

`retry_at` is left out: a message may be claimed again at once, so that nothing here rests on that wait.

Files are left out: of the steps that share one, only the last shows anything. It follows `last_send` and is
looked for as a post is, but made twice with one id it shows the file once, where two posts here are two. One
that is brought anew, with an id of its own, was looked for after settling before: that is a post here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

#: Sends of unknown outcome after which a message is dead.
ATTEMPTS = 2


@dataclass(frozen=True)
class Rules:
    """What the contract says. Every rule can be left out, to see whether that is noticed."""

    settle: int = 3
    lag: int = 2
    lease: int = 4
    #: Kept back of the lease, for what passes between the last look at the watch and the wire.
    margin: int = 1
    workers: int = 2
    #: How often the wanted look may change, the first time included.
    revisions: int = 1
    #: How often the database's clock may jump, and by how many ticks: more than any length above.
    jumps: int = 0
    jump_by: tuple[int, ...] = (8, -8)
    #: A worker looks at its watch before it notes `last_send`, and before the call.
    self_fence: bool = True
    #: Ticks that may pass between those two; if more do, it notes `last_send` anew. None: any number.
    prompt: int | None = None
    #: A lease ends by itself.
    leases_end: bool = True
    #: Every write says `AND fence = :fence`.
    fenced: bool = True
    #: `last_send` is noted before the call.
    notes_last_send: bool = True
    #: The message is marked as sent before the call.
    marks_first: bool = False
    #: Settling is counted from the first send, not from the last.
    settles_from_first: bool = False
    #: A worker that learns that an outcome is unknown lets it settle from then on.
    settles_from_answer: bool = True
    #: What a worker left behind, killed or paused, settles from when it is found.
    settles_when_found: bool = True
    #: A worker that finds the database's clock far from where its own watch says lets settle once more.
    notices_jumps: bool = False
    #: A send of unknown outcome counts as not sent.
    takes_unknown_for_not_sent: bool = False
    #: Trying a dead message again begins with a send, not with a search.
    tries_again_blindly: bool = False
    #: What is not found in the history is forgotten at once, before the next send is noted.
    forgets_what_is_not_found: bool = False


class Row(NamedTuple):
    """The message in the database. `wanted`, `shown` and `sending` are revisions, times are ticks."""

    state: str = "waiting"
    #: Until the lease ends; 0: nobody's.
    lease: int = 0
    #: Since `last_send`, and since the first one; counted no further than matters.
    since: int | None = None
    since_first: int | None = None
    #: Whether somebody wrote since then that the outcome is unknown.
    put_back: bool = False
    #: Whether the database's clock has jumped since then.
    jumped: bool = False
    ts: bool = False
    wanted: int = 1
    shown: int = 0
    sending: int = 0
    attempts: int = 0


class Worker(NamedTuple):
    #: What it does next.
    at: str = "idle"
    #: Whether its claim's fence number is still the row's.
    holds: bool = False
    #: Ticks on its own watch since its claim, and since it noted `last_send`.
    watch: int = 0
    noted: int = 0
    #: What it knows of the row since it noted `last_send`.
    ts: bool = False
    sending: int = 0


class State(NamedTuple):
    row: Row
    workers: tuple[Worker, ...]
    #: For each post that Slack accepted, the ticks until the history surely shows it.
    posts: tuple[int, ...] = ()
    #: The revision people see in Slack.
    seen: int = 0
    jumps: int = 0


IDLE = Worker()
#: What the row holds when no send of it is in doubt.
_NOT_SENT: Mapping[str, Any] = {"since": None, "put_back": False, "jumped": False}
#: What happens, whether it is a fault, and where it leads.
Move = tuple[str, bool, State]


def moves(state: State, rules: Rules) -> Iterator[Move]:
    """Everything that may happen next."""
    row = state.row
    yield "a tick passes", False, _tick(state, rules)
    if row.wanted < rules.revisions:
        yield "another look is wanted", False, state._replace(row=_woken(row, row.wanted + 1, rules))
    if row.state == "dead":
        yield "a person tries it again", True, state._replace(row=_woken(row, row.wanted, rules))
    if state.jumps:
        for by in rules.jump_by:
            way = "forward" if by > 0 else "back"
            yield f"the database's clock jumps {way}", True, _jump(state, by, rules)
    for number, worker in enumerate(state.workers):
        for what, fault, after in _STEPS[worker.at](state, number, rules):
            yield f"worker {number + 1} {what}", fault, after
        if worker != IDLE:
            yield f"worker {number + 1} is killed", True, _put(state, number, IDLE)


def _tick(state: State, rules: Rules) -> State:
    workers = tuple(
        w._replace(watch=min(w.watch + 1, rules.lease), noted=min(w.noted + 1, rules.lease))
        if w.at in _WATCHING
        else w
        for w in state.workers
    )
    posts = tuple(max(left - 1, 0) for left in state.posts)
    return state._replace(row=_later(state.row, 1, rules), workers=workers, posts=posts)


def _jump(state: State, by: int, rules: Rules) -> State:
    row = _later(state.row, by, rules)
    return state._replace(row=row._replace(jumped=row.since is not None), jumps=state.jumps - 1)


def _later(row: Row, ticks: int, rules: Rules) -> Row:
    """The row when the database's clock shows so much later."""

    def known_to_be(since: int | None) -> int | None:
        return None if since is None else min(since + ticks, rules.settle)

    lease = max(row.lease - ticks, 0) if row.lease and rules.leases_end else row.lease
    return row._replace(lease=lease, since=known_to_be(row.since), since_first=known_to_be(row.since_first))


def _claim(state: State, number: int, rules: Rules) -> Iterator[Move]:
    row = state.row
    if row.state != "waiting" or row.lease:
        return
    passed = row.since_first if rules.settles_from_first else row.since
    if row.ts or passed is None:
        what = "note"
    elif (
        passed < rules.settle
        or (rules.settles_when_found and not row.put_back)
        or (rules.notices_jumps and row.jumped)
    ):
        what = "let settle"
    else:
        what = "search"
    others = tuple(worker._replace(holds=False) for worker in state.workers)
    claimed = state._replace(row=row._replace(lease=rules.lease), workers=others)
    yield "claims the message", False, _put(claimed, number, Worker(what, holds=True))


def _let_settle(state: State, number: int, rules: Rules) -> Iterator[Move]:
    values: dict[str, Any] = {"lease": 0}
    if rules.settles_when_found:
        values |= {"since": min(state.workers[number].watch, rules.settle), "put_back": True, "jumped": False}
    yield "puts it back, to settle", False, _write(state, number, rules, **values)


def _search(state: State, number: int, rules: Rules) -> Iterator[Move]:
    worker = state.workers[number]
    if 0 in state.posts:
        yield "finds it in the history", False, _put(state, number, worker._replace(at="keep what was found"))
        return
    after = state
    if rules.forgets_what_is_not_found:
        after = _write(state, number, rules, **_NOT_SENT, since_first=None)
    yield "does not find it in the history", False, _put(after, number, worker._replace(at="note"))


def _keep_what_was_found(state: State, number: int, rules: Rules) -> Iterator[Move]:
    yield "keeps what it found", False, _arrived(state, number, rules, state.row.sending)


def _note(state: State, number: int, rules: Rules) -> Iterator[Move]:
    row, worker = state.row, state.workers[number]
    if not _owns(worker, rules):
        yield "sees that its lease is nearly over", False, _write(state, number, rules, lease=0)
        return
    if (rules.fenced and not worker.holds) or row.state != "waiting":
        yield "finds that the message is no longer its own", False, _put(state, number, IDLE)
        return
    noted = row._replace(sending=row.wanted)
    if rules.notes_last_send:
        first = 0 if row.since_first is None else row.since_first
        noted = noted._replace(since=0, since_first=first, put_back=False, jumped=False)
    if rules.marks_first:
        noted = noted._replace(state="sent", shown=row.wanted, ts=True, lease=0)
    ready = worker._replace(at="send", noted=0, ts=row.ts, sending=row.wanted)
    yield "notes last_send", False, _put(state._replace(row=noted), number, ready)


def _send(state: State, number: int, rules: Rules) -> Iterator[Move]:
    worker = state.workers[number]
    if not _owns(worker, rules):
        yield "sees that its lease is nearly over, and does not send", False, _put(state, number, IDLE)
        return
    if rules.prompt is not None and worker.noted > rules.prompt:
        yield "sees that it is late, and begins anew", False, _put(state, number, worker._replace(at="note"))
        return
    posts = state.posts if worker.ts else tuple(sorted((*state.posts, rules.lag + 1)))
    accepted = state._replace(posts=posts, seen=worker.sending)
    yield "sends; Slack accepts and answers", False, _at(accepted, number, "keep the answer")
    yield "sends; Slack accepts, the answer is lost", True, _at(accepted, number, "keep the doubt")
    yield "sends; Slack says that it did not accept", True, _at(state, number, "keep the refusal")
    yield "sends; nothing arrives and no answer comes", True, _at(state, number, "keep the doubt")


def _keep_the_answer(state: State, number: int, rules: Rules) -> Iterator[Move]:
    yield "keeps the answer", False, _arrived(state, number, rules, state.workers[number].sending)


def _keep_the_refusal(state: State, number: int, rules: Rules) -> Iterator[Move]:
    after = _write(state, number, rules, **_NOT_SENT, lease=0)
    yield "writes that nothing was sent", False, after


def _keep_the_doubt(state: State, number: int, rules: Rules) -> Iterator[Move]:
    attempts = min(state.row.attempts + 1, ATTEMPTS)
    values: dict[str, Any] = {"attempts": attempts, "lease": 0, "put_back": True}
    if state.workers[number].ts or rules.takes_unknown_for_not_sent:
        # An update is simply made again.
        values |= _NOT_SENT
    elif rules.settles_from_answer:
        values |= {"since": 0, "jumped": False}
    if attempts == ATTEMPTS:
        values |= {"state": "dead"}
    yield "writes that the outcome is unknown", False, _write(state, number, rules, **values)


_STEPS: dict[str, Callable[[State, int, Rules], Iterator[Move]]] = {
    "idle": _claim,
    "let settle": _let_settle,
    "search": _search,
    "keep what was found": _keep_what_was_found,
    "note": _note,
    "send": _send,
    "keep the answer": _keep_the_answer,
    "keep the refusal": _keep_the_refusal,
    "keep the doubt": _keep_the_doubt,
}
#: The steps before which, or after which, a worker looks at its watch.
_WATCHING = frozenset({"let settle", "search", "note", "send"})


def _owns(worker: Worker, rules: Rules) -> bool:
    return not rules.self_fence or worker.watch < rules.lease - rules.margin


def _arrived(state: State, number: int, rules: Rules, sent: int) -> State:
    after = "waiting" if state.row.wanted > sent else "sent"
    known: dict[str, Any] = {"state": after, "ts": True, "shown": sent, "since_first": None}
    return _write(state, number, rules, **_NOT_SENT, **known, attempts=0, lease=0)


def _write(before: State, number: int, rules: Rules, **values: Any) -> State:  # noqa: ANN401 - columns by name
    """The outcome is written if the claim still holds; either way this worker is done with it."""
    after = before
    if before.workers[number].holds or not rules.fenced:
        after = before._replace(row=before.row._replace(**values))
    return _put(after, number, IDLE)


def _woken(row: Row, wanted: int, rules: Rules) -> Row:
    if row.state == "dead":
        row = row._replace(attempts=0, put_back=False)
        if rules.tries_again_blindly:
            row = row._replace(since=None, jumped=False)
    return row._replace(state="waiting", wanted=wanted)


def _at(state: State, number: int, what: str) -> State:
    # From here on its watch decides nothing.
    return _put(state, number, state.workers[number]._replace(at=what, watch=0, noted=0))


def _put(state: State, number: int, worker: Worker) -> State:
    workers = state.workers
    return state._replace(workers=(*workers[:number], worker, *workers[number + 1 :]))
