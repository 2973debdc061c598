"""`python -m tests.faults`: runs many seeds, or every planted bug, and says what broke (docs/faults.md)."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.faults.app_plan import AppPlan
from tests.faults.databases import Databases, prepare
from tests.faults.directed import FOUND_BY, PLANS, directed
from tests.faults.plan import Plan
from tests.faults.report import Tally, faults_table, line, points_table, summary
from tests.faults.running import judged, planned
from tests.support import postgres

CONSOLE = Console(highlight=False)


def main() -> int:
    """The exit status: 1 if anything is broken, or a planted bug is not caught."""
    asked = _arguments()
    with postgres.serve() as server, tempfile.TemporaryDirectory(prefix="faults-") as folder:
        keep = asked.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        databases = asyncio.run(prepare(server, keep))
        if asked.bugs or asked.bug:
            return asyncio.run(_bugs([asked.bug] if asked.bug else list(PLANS), databases, keep))
        numbers = range(asked.first, asked.first + asked.seeds) if asked.only is None else [asked.only]
        return asyncio.run(_seeds([planned(seed, asked.database) for seed in numbers], databases, keep))


async def _seeds(runs: Sequence[Plan | AppPlan], databases: Databases, keep: Path) -> int:
    tally = Tally()
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task("seeds", total=len(runs))
        for run in runs:
            progress.update(task, description=run.name)
            found, broken, repeated = await judged(run, databases, keep)
            tally.repeated += repeated
            tally.add(run.name, found, broken)
            CONSOLE.print(f"{run.name:>9} {run.kind:6} {line(found, broken)}")
            _explain(run, broken, keep)
            progress.advance(task)
    CONSOLE.print(points_table(tally), faults_table(tally), summary(tally))
    if len(runs) >= _ENOUGH and (missed := tally.missed()):
        CONSOLE.print(f"[red]nobody was killed at {', '.join(missed)}[/red]")
        return 1
    return 1 if tally.failing else 0


#: With so many seeds each point has to be hit.
_ENOUGH = 100


def _explain(run: Plan | AppPlan, broken: Mapping[str, Sequence[str]], keep: Path) -> None:
    for name, sentences in broken.items():
        CONSOLE.print(f"[red]{name}[/red]")
        for sentence in sentences[:5]:
            CONSOLE.print(f"    {sentence[:1500]}", markup=False)
    if broken:
        CONSOLE.print(f"    again: python -m tests.faults --only {run.seed} --keep {keep}", markup=False)


async def _bugs(names: Sequence[str], databases: Databases, keep: Path) -> int:
    table = Table("planted bug", "has to be found by", "found", "seconds", "without it", title="Planted bugs")
    missed = 0
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task("bugs", total=len(names))
        for name in names:
            progress.update(task, description=name)
            found, broken, _ = await judged(directed(name), databases, keep)
            _, clean, _ = await judged(directed(name, planted=False), databases, keep)
            caught = FOUND_BY[name] in broken
            missed += not caught or bool(clean)
            table.add_row(
                name,
                FOUND_BY[name],
                "yes: " + ", ".join(broken) if caught else "[red]no[/red]",
                f"{found.seconds:.0f}",
                ", ".join(clean) or "nothing is broken",
            )
            progress.advance(task)
    CONSOLE.print(table)
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first of them (default 0)")
    parser.add_argument("--only", type=int, help="this seed alone")
    parser.add_argument("--database", choices=("sqlite", "postgres"), help="instead of what the seed says")
    parser.add_argument("--bugs", action="store_true", help="plant every bug, one after the other")
    parser.add_argument("--bug", choices=sorted(PLANS), help="plant this one")
    parser.add_argument("--keep", type=Path, help="keep records, notes, logs and databases there")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
