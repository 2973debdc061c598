"""Goes through every order in which a delivery's steps and faults can come, and looks for a broken promise.

`python -m tests.faults.model` prints for which lengths of settling the promises hold, and for each rule of
the contract what happens without it: the promise that breaks, by the shortest way there.
"""

import argparse
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from tests.faults.steps import IDLE, Row, Rules, State, moves

TWICE = "posted twice"
NEVER = "lost: marked as sent and never posted"
OUTDATED = "lost: marked as sent, and people see an older look"
STUCK = "lost: without further faults it is never sent"

#: What happens without one rule of the contract.
PLANTED: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "settling is counted from the first send": ({"settles_from_first": True}, TWICE),
    "settling is counted from before a pause": ({"settles_from_answer": False}, TWICE),
    "searched at once, without settling": ({"settle": 0}, TWICE),
    "no look at the watch": ({"self_fence": False}, TWICE),
    # Where a send comes right after `last_send`, the watch still keeps an old look from covering a new one.
    "no look at the watch, at updates": (
        {"self_fence": False, "prompt": 1, "lag": 1, "revisions": 3},
        OUTDATED,
    ),
    "sent, then marked": ({"notes_last_send": False}, TWICE),
    "marked, then sent": ({"marks_first": True}, NEVER),
    "written without the fence": ({"fenced": False}, TWICE),
    "a lease that does not end": ({"leases_end": False}, STUCK),
    "an unknown outcome counts as not sent": ({"takes_unknown_for_not_sent": True}, TWICE),
    "a dead message is tried again without a search": ({"tries_again_blindly": True}, TWICE),
    "left behind by a killed worker, settles from its send": ({"settles_when_found": False}, TWICE),
}
#: Rules that guard against nothing more.
NEEDLESS: Mapping[str, Mapping[str, Any]] = {
    # What was not found after it had settled was not sent.
    "what is not found is forgotten": {"forgets_what_is_not_found": True},
    "left behind by a killed worker, settles from its send; the margin covers the lag": {
        "settles_when_found": False,
        "margin": 2,
    },
}
#: A clock that jumps back makes things late. One that jumps forward ends leases and settling too soon.
JUMPS: Mapping[str, tuple[Mapping[str, Any], str | None]] = {
    "the clock jumps back": ({"jumps": 1, "jump_by": (-8,)}, None),
    "the clock jumps": ({"jumps": 1}, TWICE),
    "the clock jumps, and is noticed": ({"jumps": 1, "notices_jumps": True}, TWICE),
    "the clock jumps, is noticed, and sends are prompt": (
        {"jumps": 1, "notices_jumps": True, "prompt": 1, "lag": 1},
        None,
    ),
}


@dataclass(frozen=True)
class Verdict:
    states: int
    #: The promise that is broken, and the shortest way there; None if all are kept.
    broken: str | None = None
    trace: tuple[str, ...] = ()


def check(rules: Rules) -> Verdict:
    """Go through every state that can be reached, breadth first, until one breaks a promise."""
    start = State(Row(), (IDLE,) * rules.workers, jumps=rules.jumps)
    came: dict[State, tuple[str, State] | None] = {start: None}
    known = {start}
    calm: dict[State, list[State]] = {}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        same = _alike(state)
        for name, fault, after in moves(state, rules):
            known_as = _alike(after)
            if not fault:
                calm.setdefault(known_as, []).append(same)
            if known_as not in known:
                known.add(known_as)
                came[after] = (name, state)
                if promise := _broken(after):
                    return Verdict(len(known), promise, _trace(came, after))
                waiting.append(after)
    stuck = known - _ending(known, calm)
    if stuck:
        first = next(state for state in came if _alike(state) in stuck)
        return Verdict(len(known), STUCK, _trace(came, first))
    return Verdict(len(known))


def _alike(state: State) -> State:
    """The same for all states in which the workers have only changed places."""
    return state._replace(workers=tuple(sorted(state.workers)))


def _broken(state: State) -> str | None:
    if len(state.posts) > 1:
        return TWICE
    if state.row.state == "sent" and _at_rest(state):
        if not state.posts:
            return NEVER
        if state.seen != state.row.wanted:
            return OUTDATED
    return None


def _at_rest(state: State) -> bool:
    return state.row.lease == 0 and all(worker == IDLE for worker in state.workers)


def _ending(known: set[State], calm: Mapping[State, list[State]]) -> set[State]:
    """The states from which, without any more faults, the message ends as sent or dead and nobody's."""
    good = {state for state in known if state.row.state in {"sent", "dead"} and _at_rest(state)}
    waiting = list(good)
    while waiting:
        for before in calm.get(waiting.pop(), ()):
            if before not in good:
                good.add(before)
                waiting.append(before)
    return good


def _trace(came: Mapping[State, tuple[str, State] | None], state: State) -> tuple[str, ...]:
    steps: list[str] = []
    while (step := came[state]) is not None:
        name, state = step
        steps.append(name)
    runs = [(name, len(list(same))) for name, same in groupby(reversed(steps))]
    return tuple(name if count == 1 else f"{name} ({count} times)" for name, count in runs)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.model", description=__doc__)
    parser.add_argument("--lease", type=int, default=4, help="in ticks (default 4)")
    parser.add_argument("--workers", type=int, default=2, help="default 2; 3 take minutes")
    parser.add_argument("--revisions", type=int, default=1, help="looks of the message (default 1)")
    asked = parser.parse_args()
    rules = Rules(lease=asked.lease, workers=asked.workers, revisions=asked.revisions)
    _print("Workers killed any number of times, paused anywhere for any time, any answer lost:")
    for settle in range(4):
        for lag in range(3):
            _say(f"settle {settle}, lag {lag}", check(replace(rules, settle=settle, lag=lag)), traced=False)
    _print("\nWithout one rule of the contract:")
    for name, (rule, _) in PLANTED.items():
        _say(name, check(replace(rules, **rule)))
    _print("\nWithout a rule that guards against nothing more:")
    for name, needless in NEEDLESS.items():
        _say(name, check(replace(rules, **needless)))
    _print("\nWhen the database's clock jumps:")
    for name, (jump, _) in JUMPS.items():
        _say(name, check(replace(rules, **jump)))


def _say(name: str, verdict: Verdict, *, traced: bool = True) -> None:
    _print(f"{name}: {verdict.broken or 'holds'} ({verdict.states:,} states)")
    for number, step in enumerate(verdict.trace if traced else (), 1):
        _print(f"    {number:2} {step}")


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
