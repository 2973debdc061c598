"""What a benchmark is: a question, a peer, a goal, and runs of both side by side."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import log
from pathlib import Path
from statistics import linear_regression, median

from tests.benchmarks.databases import Databases

#: What is written beside a figure, such as how many statements a request took.
Notes = dict[str, float | str]


@dataclass(frozen=True)
class Bench:
    """What a benchmark is handed."""

    #: Show that it runs, in seconds; the figures mean nothing.
    quick: bool
    #: Empty, and thrown away afterwards.
    folder: Path
    databases: Databases
    #: Tells whoever waits what is under way.
    progress: Callable[[str], None]


@dataclass(frozen=True)
class Pair:
    """One run of ours beside one of the peer's, both in the benchmark's unit."""

    ours: float
    peer: float
    notes: Notes = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return self.ours / self.peer


@dataclass(frozen=True)
class Point:
    """What one measurement at this size took, in seconds."""

    x: float
    seconds: float
    notes: Notes = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """What the figure is to be: the median of the ratios ours / peer, or a curve's slope."""

    at_least: float | None = None
    at_most: float | None = None

    def reached(self, figure: float) -> bool:
        low = self.at_least is None or figure >= self.at_least
        return low and (self.at_most is None or figure <= self.at_most)

    def __str__(self) -> str:
        bounds = (("≥", self.at_least), ("≤", self.at_most))
        return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)


@dataclass(frozen=True)
class Benchmark:
    """Ours beside a peer. The figure is the median of the ratios ours / peer over the pairs."""

    #: Words from the general to the particular, with dots: `acknowledge.postgresql.one`.
    name: str
    question: str
    #: What ours is compared with.
    peer: str
    #: Of both runs: "s", "ms", "per s".
    unit: str
    pairs: Callable[[Bench], AsyncIterator[Pair]]
    goal: Goal | None = None
    #: Modules of the peer, which the dependency group `bench` installs.
    requires: Sequence[str] = ()


@dataclass(frozen=True)
class Curve:
    """Seconds over a size. The figure is the slope on log-log axes: 0 is constant, 1 grows in proportion."""

    name: str
    question: str
    #: What is counted along the axis.
    size: str
    points: Callable[[Bench], AsyncIterator[Point]]
    goal: Goal | None = None
    requires: Sequence[str] = ()


def missing(benchmark: Benchmark | Curve) -> list[str]:
    """Modules of the peer that are not installed."""
    return [name for name in benchmark.requires if find_spec(name) is None]


def slope(points: Sequence[Point]) -> float:
    """Least squares through the logarithms of each size and of its median seconds.

    A size of 0 counts as 1. Raises `statistics.StatisticsError` for less than two sizes.
    """
    medians = curve(points)
    return linear_regression([log(x or 1) for x in medians], [log(y) for y in medians.values()]).slope


def curve(points: Sequence[Point]) -> dict[float, float]:
    """The median of the seconds at each size."""
    sizes = sorted({point.x for point in points})
    return {size: median(each.seconds for each in points if each.x == size) for size in sizes}


Run = Callable[[], Awaitable[tuple[float, Notes]]]


async def interleaved(bench: Bench, rounds: int, ours: Run, peer: Run) -> AsyncIterator[Pair]:
    """So many pairs (one, if it is quick); who goes first alternates, so that drift favours neither.

    Notes of the two runs are kept under `ours …` and `peer …`.
    """
    for number in range(1 if bench.quick else rounds):
        bench.progress(f"pair {number + 1} of {rounds}")
        if number % 2:
            theirs, their_notes = await peer()
            mine, my_notes = await ours()
        else:
            mine, my_notes = await ours()
            theirs, their_notes = await peer()
        notes = {f"ours {name}": it for name, it in my_notes.items()}
        yield Pair(mine, theirs, notes | {f"peer {name}": it for name, it in their_notes.items()})
