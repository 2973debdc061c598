"""The harness: what it runs, keeps and reports, never how long anything took."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import listed
from tests.benchmarks.databases import Databases
from tests.benchmarks.harness import Result, run
from tests.benchmarks.protocol import Bench, Benchmark, Curve, Goal, Notes, Pair, Point, interleaved, slope
from tests.benchmarks.report import document, environment, table
from tests.support.postgres import Server


async def _pairs(bench: Bench) -> AsyncIterator[Pair]:
    order: list[str] = []

    async def ours() -> tuple[float, Notes]:
        order.append("ours")
        return 1.0, {"order": " ".join(order)}

    async def peer() -> tuple[float, Notes]:
        order.append("peer")
        return float(2 ** len(order)), {}

    async for pair in interleaved(bench, 3, ours, peer):
        yield pair


async def _points(bench: Bench) -> AsyncIterator[Point]:
    del bench
    for size in (10, 100, 1000):
        yield Point(size, size * 0.001)


async def _broken(bench: Bench) -> AsyncIterator[Pair]:
    yield Pair(1.0, 1.0)
    raise RuntimeError(f"of no use, quick or not: {bench.quick}")


SAMPLE = (
    Benchmark("sample.pairs", "Does it run?", "another", "s", _pairs, Goal(at_most=0.5)),
    Curve("sample.curve", "Does it grow?", "rows", _points, Goal(at_most=1.1)),
    Benchmark("sample.broken", "Does it fail?", "another", "s", _broken, Goal(at_least=1)),
    Benchmark("sample.absent", "Is it left out?", "another", "s", _pairs, requires=("no_such_module",)),
)


@pytest.fixture
def databases(postgres_server: Server, tmp_path: Path) -> Databases:
    return Databases(postgres_server, tmp_path)


async def results_of(databases: Databases, *, quick: bool) -> dict[str, Result]:
    told: list[str] = []
    found = {
        result.benchmark.name: result
        async for result in run(
            SAMPLE, databases, quick=quick, progress=lambda each, what: told.append(f"{each.name} {what}")
        )
    }
    assert {line.split()[0] for line in told} == {"sample.pairs", "sample.curve", "sample.broken"}
    return found


async def test_pairs_are_interleaved_and_the_order_alternates(databases: Databases) -> None:
    pairs = (await results_of(databases, quick=False))["sample.pairs"].pairs
    assert [pair.notes["ours order"] for pair in pairs] == [
        "ours",
        "ours peer peer ours",
        "ours peer peer ours ours",
    ]
    assert [pair.ratio for pair in pairs] == [1 / 4, 1 / 8, 1 / 64]


async def test_the_figure_is_the_median_and_the_goal_is_held_against_it(databases: Databases) -> None:
    found = await results_of(databases, quick=False)
    assert (found["sample.pairs"].figure, found["sample.pairs"].reached) == (1 / 8, True)
    assert found["sample.curve"].figure == pytest.approx(1)
    assert found["sample.curve"].reached


async def test_one_that_fails_or_has_no_peer_leaves_the_others_alone(databases: Databases) -> None:
    found = await results_of(databases, quick=True)
    assert "of no use, quick or not: True" in found["sample.broken"].failed
    assert found["sample.broken"].reached is None
    assert found["sample.absent"].skipped.startswith("no_such_module is not installed. ")
    assert len(found["sample.pairs"].pairs) == 1


async def test_the_report_holds_every_sample(databases: Databases) -> None:
    found = list((await results_of(databases, quick=True)).values())
    about = environment(await databases.versions())
    written = json.loads(json.dumps(document(found, about, quick=True)))
    pairs, points, broken, absent = written["benchmarks"]
    assert pairs["pairs"] == [{"ours": 1.0, "peer": 4.0, "notes": {"ours order": "ours"}, "ratio": 0.25}]
    assert pairs["ratio"] == {"median": 0.25, "min": 0.25, "max": 0.25}
    assert [point["x"] for point in points["points"]] == [10, 100, 1000]
    assert (broken["ratio"], absent["ratio"]) == (None, None)
    assert set(written["environment"]["databases"]) == {"postgresql", "sqlite"}
    console = Console(width=120)
    with console.capture() as capture:
        console.print(table(found, quick=True))
    shown = capture.get()
    for line in ("0.25 (0.25-0.25)", "slope 1.00", "failed", "skipped"):
        assert line in shown


def test_a_slope_is_fitted_through_medians() -> None:
    points = [Point(x, y) for x in (1, 10, 100) for y in (x**2 * 0.9, x**2, x**2 * 7.0)]
    assert slope(points) == pytest.approx(2)


def test_a_name_stands_for_all_that_begin_with_it() -> None:
    for benchmark in listed.BENCHMARKS:
        assert benchmark in listed.chosen([benchmark.name.partition(".")[0]])
    assert listed.chosen([]) == list(listed.BENCHMARKS)
    with pytest.raises(LookupError, match="There is no benchmark nothing"):
        listed.chosen(["nothing"])
