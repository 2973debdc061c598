"""`python -m tests.benchmarks`: measures what docs/benchmarks.md describes."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from slackapp.core import logging
from tests.benchmarks.databases import Databases
from tests.benchmarks.harness import Result, run
from tests.benchmarks.listed import BENCHMARKS, chosen
from tests.benchmarks.protocol import Benchmark, Curve
from tests.benchmarks.report import document, environment, table
from tests.support import postgres


def main() -> int:
    """The exit status: 1 if one failed to run, whatever the goals."""
    asked = _arguments()
    console = Console(stderr=True)
    try:
        benchmarks = chosen(asked.names)
    except LookupError as error:
        console.print(str(error.args[0]))
        return 2
    with postgres.serve() as server, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        databases = Databases(server, Path(folder))
        results, about = asyncio.run(_run(benchmarks, databases, console, quick=asked.quick))
    Console().print(table(results, quick=asked.quick))
    for result in results:
        if result.skipped or result.failed:
            console.print(f"{result.benchmark.name}: {result.skipped or result.failed}", markup=False)
    if asked.json is not None:
        found = json.dumps(document(results, about, quick=asked.quick), indent=1, ensure_ascii=False)
        asked.json.write_text(found + "\n", encoding="utf-8")
    return 1 if any(result.failed for result in results) else 0


async def _run(
    benchmarks: list[Benchmark | Curve], databases: Databases, console: Console, *, quick: bool
) -> tuple[list[Result], dict[str, object]]:
    results: list[Result] = []
    with console.status("Setting up") as status:

        def progress(benchmark: Benchmark | Curve, what: str) -> None:
            status.update(f"{len(results) + 1} of {len(benchmarks)}  {benchmark.name}: {what}")

        async for result in run(benchmarks, databases, quick=quick, progress=progress):
            results.append(result)
            figure = "" if result.figure is None else f" {result.figure:.3g}"
            console.print(f"{result.benchmark.name}{figure}", highlight=False)
        return results, environment(await databases.versions())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measures ours beside its peers, side by side in one run.",
        epilog="There are: " + ", ".join(each.name for each in BENCHMARKS),
    )
    parser.add_argument("names", nargs="*", metavar="name", help="all of them, if none is given")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample to it")
    parser.add_argument("--quick", action="store_true", help="show that they run; the figures mean nothing")
    return parser.parse_args()


if __name__ == "__main__":
    logging.configure(level="warning")
    sys.exit(main())
