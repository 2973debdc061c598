"""What every machine of retros stands on: a database, a clock and a loop of its own for each example."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.workspaces.service import install

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
T = TypeVar("T")


class RetroMachine(RuleBasedStateMachine):
    """One retro, which is checked after each step."""

    #: A migrated database, copied for each example.
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "retro.db"
        shutil.copy(self.template, path)
        self.clock = TurnedClock(START)
        self._engine = create_engine(f"sqlite+aiosqlite:///{path}")
        self.transactions = Transactions(self._engine, self.clock, wiring.EVENTS, wiring.PARTS)

    def teardown(self) -> None:
        self.run(self._engine.dispose())
        self._runner.close()
        self._folder.cleanup()

    def open(self, make: Callable[[Tx], Awaitable[Retro]]) -> None:
        """The retro, in a workspace of its own."""

        async def made() -> tuple[int, int]:
            async with self.transactions.install() as session:
                workspace_id = await install(session, team_id="T1", name="Ferrybridge", now=START)
            async with self.transactions.begin(workspace_id) as tx:
                return workspace_id, (await make(tx)).id

        self.workspace_id, self.retro_id = self.run(made())

    def run(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return self._runner.run(wait())

    def do(self, use: Callable[[Tx, Retro], Awaitable[T]]) -> T | None:
        """What the use case returns; None if it refuses."""

        async def used() -> T:
            async with self.transactions.begin(self.workspace_id) as tx:
                return await use(tx, await queries.retro(tx, self.retro_id, lock=True))

        try:
            return self.run(used())
        except UserError:
            return None

    @invariant()
    def holds(self) -> None:
        self.run(self.check())

    async def check(self) -> None:
        raise NotImplementedError


def run_machine(machine: type[RetroMachine], template: Path, *, examples: int, steps: int) -> None:
    """So many runs of so many steps; `template` is a migrated SQLite database."""
    here = type("Here", (machine,), {"template": template})
    run_state_machine_as_test(
        here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        ),
    )
