"""Runs a plan of either kind, and judges it; again where the witness itself could not run."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from tests.faults.app_plan import AppPlan, app_storm
from tests.faults.app_run import run_app
from tests.faults.databases import Databases
from tests.faults.evidence import Evidence
from tests.faults.judging import judge
from tests.faults.plan import Plan
from tests.faults.run import run
from tests.faults.storms import storm

#: Every so manieth seed is people who use the whole app, the others are relays at a high rate.
EVERY = 4
#: How often a run may be done again.
REPETITIONS = 2


def planned(seed: int, database: Literal["sqlite", "postgres"] | None = None) -> Plan | AppPlan:
    """The plan of this seed, and of nothing else. `database` is drawn too unless it is given."""
    return app_storm(seed, database) if seed % EVERY == EVERY - 1 else storm(seed, database)


async def judged(
    plan: Plan | AppPlan, databases: Databases, folder: Path
) -> tuple[Evidence, Mapping[str, Sequence[str]], int]:
    """The evidence, what is broken by invariant, and how often the run was done again.

    A message that arrives later than it may is doubled, and rightly so (docs/delivery.md). Where the
    witness's own process stood still for that long nothing can be said of the product.
    """
    for repetition in range(REPETITIONS + 1):
        own = folder / plan.name.replace(" ", "-") / f"{plan.bug is None}-{repetition}"
        own.mkdir(parents=True)
        if isinstance(plan, AppPlan):
            found = await run_app(plan, databases, own)
        else:
            found = await run(plan, databases, own)
        broken = judge(found)
        if not broken or found.stalled < _patient(plan) or repetition == REPETITIONS:
            return found, broken, repetition
    raise AssertionError("unreachable")


def _patient(plan: Plan | AppPlan) -> float:
    """Seconds that may pass on the way and still be no excuse."""
    return (plan.lengths.settle - plan.lengths.history_lag) / 2
