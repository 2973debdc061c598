"""Runs benchmarks one after the other, and keeps every sample."""

import tempfile
import traceback
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.databases import Databases
from tests.benchmarks.protocol import Bench, Benchmark, Curve, Pair, Point, missing, slope

#: How to come by the peers.
REMEDY = "python -m pip install -U pip && python -m pip install --group bench"


@dataclass
class Result:
    """What came of one benchmark."""

    benchmark: Benchmark | Curve
    pairs: list[Pair] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    #: Why it was not run, or how it failed.
    skipped: str = ""
    failed: str = ""

    @property
    def ratios(self) -> list[float]:
        return [pair.ratio for pair in self.pairs]

    @property
    def figure(self) -> float | None:
        """What the goal is about; None if there is none."""
        if self.pairs:
            return median(self.ratios)
        return slope(self.points) if len({point.x for point in self.points}) > 1 else None

    @property
    def reached(self) -> bool | None:
        """None where there is no goal, or no figure."""
        goal = self.benchmark.goal
        return None if goal is None or self.figure is None else goal.reached(self.figure)


async def run(
    benchmarks: Sequence[Benchmark | Curve],
    databases: Databases,
    *,
    quick: bool,
    progress: Callable[[Benchmark | Curve, str], None],
) -> AsyncIterator[Result]:
    """Each of them as soon as it is over. One that fails does not keep the others from running."""
    for benchmark in benchmarks:
        result = Result(benchmark)
        if absent := missing(benchmark):
            result.skipped = f"{', '.join(absent)} is not installed. {REMEDY}"
        else:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                bench = Bench(quick, Path(folder), databases, _told_of(benchmark, progress))
                await _measure(bench, result)
        yield result


def _told_of(
    benchmark: Benchmark | Curve, progress: Callable[[Benchmark | Curve, str], None]
) -> Callable[[str], None]:
    return lambda what: progress(benchmark, what)


async def _measure(bench: Bench, result: Result) -> None:
    bench.progress("setting up")
    try:
        if isinstance(result.benchmark, Curve):
            result.points = [point async for point in result.benchmark.points(bench)]
        else:
            result.pairs = [pair async for pair in result.benchmark.pairs(bench)]
    except Exception:  # noqa: BLE001 - the edge: it is reported as this one's failure, and the next one runs
        result.failed = traceback.format_exc()
