"""Holds the evidence of a run to every invariant."""

from collections.abc import Sequence

from tests.faults import invariants, invariants_of_notes, invariants_of_people
from tests.faults.evidence import Evidence
from tests.faults.invariants import Invariant

INVARIANTS: Sequence[Invariant] = (
    invariants.posted_once,
    invariants.sent_is_posted,
    invariants.everything_ends,
    invariants.shown_is_wanted,
    invariants.none_early,
    invariants.tokens_are_kept_apart,
    invariants.parents_first,
    invariants.dead_have_reasons,
    invariants.nothing_stays_claimed,
    invariants.no_secret_in_a_log,
    invariants.ends_cleanly,
    invariants_of_notes.what_was_said_is_kept,
    invariants_of_notes.withdrawn_is_not_sent,
    invariants_of_notes.nobody_calls_too_early,
    invariants_of_notes.nothing_unexpected,
    invariants_of_people.one_effect_each,
)


def judge(found: Evidence) -> dict[str, list[str]]:
    """What does not hold, by the invariant's name."""
    broken = {invariant.__name__: list(invariant(found)) for invariant in INVARIANTS}
    return {name: sentences for name, sentences in broken.items() if sentences}
