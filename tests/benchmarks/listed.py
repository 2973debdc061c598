"""Every benchmark there is."""

from collections.abc import Sequence

from tests.benchmarks import (
    acknowledge,
    claim,
    coalesce,
    deliver,
    fairness,
    idle,
    memory,
    recover,
    scaling,
    tally,
    voters,
    workspaces,
)
from tests.benchmarks.protocol import Benchmark, Curve

BENCHMARKS: Sequence[Benchmark | Curve] = (
    *acknowledge.BENCHMARKS,
    *claim.BENCHMARKS,
    *deliver.BENCHMARKS,
    *recover.BENCHMARKS,
    *fairness.BENCHMARKS,
    *workspaces.BENCHMARKS,
    *idle.BENCHMARKS,
    *memory.BENCHMARKS,
    *scaling.BENCHMARKS,
    *coalesce.BENCHMARKS,
    *voters.BENCHMARKS,
    *tally.BENCHMARKS,
)


def chosen(names: Sequence[str]) -> list[Benchmark | Curve]:
    """Those of these names, or whose names go on after them; all of them for no names.

    Raises `LookupError` with a sentence for a name that is nobody's.
    """
    for name in names:
        if not any(_is(each.name, name) for each in BENCHMARKS):
            known = ", ".join(each.name for each in BENCHMARKS)
            raise LookupError(f"There is no benchmark {name}. There are: {known}.")
    return [each for each in BENCHMARKS if not names or any(_is(each.name, name) for name in names)]


def _is(name: str, asked: str) -> bool:
    return name == asked or name.startswith(f"{asked}.")
