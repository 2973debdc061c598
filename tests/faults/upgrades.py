"""Upgrades databases on order, each in a process of its own that is killed when the order says so.

Orders come as lines of JSON, and the exit status of each one's process is printed. These processes are forked
from this one, which has everything imported.
"""

import asyncio
import faulthandler
import json
import os
import signal
import sys
import threading
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.cli import cli
from slackapp.core import database, schema
from slackapp.core.database import create_engine

#: What stands in the list of steps where a transaction is committed.
COMMIT = "COMMIT"


@dataclass(frozen=True)
class Order:
    url: str
    #: Gets a line for each statement and commit, before it is done.
    steps: str
    #: Killed before this step, the first being 0.
    before: int | None = None
    #: Killed so many seconds after the first step began.
    after: float | None = None
    #: A planted bug: every statement is committed by itself.
    torn: bool = False


class Steps:
    def __init__(self, order: Order) -> None:
        self._order, self._done = order, 0

    def step(self, what: str) -> None:
        with Path(self._order.steps).open("a", encoding="utf-8") as notes:
            notes.write(" ".join(what.split()) + "\n")
        if self._done == self._order.before:
            _die()
        if self._done == 0 and self._order.after is not None:
            threading.Timer(self._order.after, _die).start()
        self._done += 1


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def upgrade(order: Order) -> None:
    """As people do it: PostgreSQL by the command, SQLite by starting the app."""
    steps = Steps(order)
    if order.torn:
        _tear()

    @event.listens_for(Engine, "before_cursor_execute")
    def _execute(connection: Connection, cursor: object, statement: str, *others: object) -> None:
        del connection, cursor, others
        steps.step(statement)

    @event.listens_for(Engine, "commit")
    def _commit(connection: Connection) -> None:
        del connection
        steps.step(COMMIT)

    if order.url.startswith("sqlite"):
        asyncio.run(_start(order.url))
        return
    os.environ["AFTERLAUNCH_DATABASE_URL"] = order.url
    cli(["db", "upgrade"], standalone_mode=False)


def _tear() -> None:
    def without_foreign_keys(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")

    def committing(engine: AsyncEngine) -> AsyncEngine:
        mode = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        return engine.execution_options(**mode)

    database._begin_sqlite = without_foreign_keys
    schema.rebuilding = committing  # type: ignore[attr-defined]  # the name it has imported


async def _start(url: str) -> None:
    engine = create_engine(url)
    await schema.require_current(engine)
    await engine.dispose()


def _fork(order: Order) -> int:
    """The exit status, as `subprocess` says it."""
    if (child := os.fork()) != 0:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    # What the command says is nobody's answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # What hangs says where, and fails.
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        upgrade(order)
    except BaseException:  # noqa: BLE001 - a forked process must end here
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def line(order: Order) -> bytes:
    return json.dumps(asdict(order)).encode() + b"\n"


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201 - whoever orders waits for it
    for said in sys.stdin:
        print(_fork(Order(**json.loads(said))), flush=True)  # noqa: T201 - the answer
