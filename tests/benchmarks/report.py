"""What was measured, as a table and as JSON."""

import importlib.metadata
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from rich.table import Table

from tests.benchmarks.harness import Result
from tests.benchmarks.protocol import Curve, curve

#: Packages whose versions move the figures.
_PACKAGES = ("sqlalchemy", "asyncpg", "aiosqlite", "slack-bolt", "starlette", "uvicorn", "procrastinate")


def environment(databases: dict[str, str]) -> dict[str, Any]:
    """Where it ran, as far as the figures depend on it; nothing that names the machine."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "databases": databases,
        "packages": {name: version for name in _PACKAGES if (version := _version(name))},
    }


def table(results: Sequence[Result], *, quick: bool) -> Table:
    """Ours and the peer's are medians, and so is the ratio, with the least and the greatest of all pairs."""
    title = "Benchmarks" + (" (quick: the figures mean nothing)" if quick else "")
    found = Table("benchmark", "ours", "peer", "ratio", "goal", "reached", title=title)
    for result in results:
        found.add_row(
            result.benchmark.name, *_measured(result), str(result.benchmark.goal or ""), _said(result)
        )
    return found


def document(results: Sequence[Result], about: dict[str, Any], *, quick: bool) -> dict[str, Any]:
    """Every sample, for a machine to read."""
    return {"environment": about, "quick": quick, "benchmarks": [_as_json(result) for result in results]}


def _measured(result: Result) -> tuple[str, str, str]:
    if result.skipped or result.failed or result.figure is None:
        return "", "", ""
    if isinstance(result.benchmark, Curve):
        ends = list(curve(result.points).items())
        said = [f"{seconds * 1000:.3g} ms at {size:,g}" for size, seconds in (ends[0], ends[-1])]
        return said[-1], said[0], f"slope {result.figure:.2f}"
    unit, ratios = result.benchmark.unit, result.ratios
    ours, peer = (median(values) for values in zip(*((p.ours, p.peer) for p in result.pairs), strict=True))
    between = f"{result.figure:.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    return f"{ours:.4g} {unit}", f"{peer:.4g} {unit}", between


def _said(result: Result) -> str:
    if result.skipped:
        return "skipped"
    if result.failed:
        return "failed"
    return {True: "yes", False: "no", None: ""}[result.reached]


def _as_json(result: Result) -> dict[str, Any]:
    benchmark, ratios = result.benchmark, result.ratios
    about: dict[str, Any] = {
        "name": benchmark.name,
        "question": benchmark.question,
        "goal": None if benchmark.goal is None else asdict(benchmark.goal),
        "reached": result.reached,
        "skipped": result.skipped or None,
        "failed": result.failed or None,
    }
    if isinstance(benchmark, Curve):
        points = [asdict(point) for point in result.points]
        return about | {"size": benchmark.size, "slope": result.figure, "points": points}
    return about | {
        "peer": benchmark.peer,
        "unit": benchmark.unit,
        "ratio": {"median": result.figure, "min": min(ratios), "max": max(ratios)} if ratios else None,
        "pairs": [asdict(pair) | {"ratio": pair.ratio} for pair in result.pairs],
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
