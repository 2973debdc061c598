"""Opens the database for a command, and finds the workspaces and messages it was told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from slackapp import wiring
from slackapp.core import schema
from slackapp.core.clock import clock_of
from slackapp.core.database import create_engine
from slackapp.core.schema import SchemaError
from slackapp.core.settings import DatabaseSettings
from slackapp.core.transaction import Transactions
from slackapp.features.workspaces.models import Workspace
from slackapp.outbox import overview
from slackapp.outbox.models import OutboxMessage

#: Digits of an id that fits the database.
_DIGITS = 9


class DeliveriesError(Exception):
    """Why nothing was done; the sentence says what to do instead."""


@dataclass(frozen=True)
class Registry:
    transactions: Transactions
    #: Every workspace, by its id.
    workspaces: dict[int, Workspace]

    def workspace_id(self, named: str | None) -> int | None:
        """The workspace of this Slack team or name; None if none was named."""
        if named is None:
            return None
        found = [each for each in self.workspaces.values() if named in {each.team_id, each.name}]
        if len(found) == 1:
            return found[0].id
        if found:
            teams = ", ".join(each.team_id for each in found)
            raise DeliveriesError(f"Several workspaces are called {named}: choose one of {teams}.")
        raise DeliveriesError(f"There is no workspace {named}; there is {self._all()}.")

    def only_workspace(self, named: str | None) -> int:
        """The same, where it has to be clear which one is meant."""
        found = self.workspace_id(named)
        if found is not None:
            return found
        if len(self.workspaces) != 1:
            raise DeliveriesError(f"Say which workspace with --workspace; there is {self._all()}.")
        return next(iter(self.workspaces))

    async def messages(self, ids: Sequence[str]) -> list[OutboxMessage]:
        """The messages of these ids, each once and in this order.

        Raises `DeliveriesError` if one is not there.
        """
        wrong = [each for each in ids if not (each.isascii() and each.isdigit() and len(each) <= _DIGITS)]
        if wrong:
            raise DeliveriesError(f"No message's id: {', '.join(wrong)}. Nothing was done.")
        numbers = list(dict.fromkeys(int(each) for each in ids))
        async with self.transactions.everywhere() as session:
            found = await overview.messages(session, numbers)
        missing = [str(number) for number in numbers if number not in found]
        if missing:
            raise DeliveriesError(f"There is no message {', '.join(missing)}. Nothing was done.")
        return [found[number] for number in numbers]

    def _all(self) -> str:
        return ", ".join(f"{each.team_id} ({each.name})" for each in self.workspaces.values()) or "none yet"


@asynccontextmanager
async def opened(settings: DatabaseSettings) -> AsyncIterator[Registry]:
    """Raises `SchemaError` if the database is not there, or not as this version needs it."""
    _require_file(make_url(settings.database_url))
    engine = create_engine(settings.database_url)
    try:
        await schema.check_reachable(engine)
        found, needed = await schema.current(engine), schema.newest()
        if found != needed:
            is_newer = found is not None and found not in schema.known()
            remedy = (
                "A newer version upgraded it: use that."
                if is_newer
                else "Run `afterlaunch db upgrade`, or the version that the app runs."
            )
            raise SchemaError(
                f"The database is at revision {found or 'none'}, and this version needs {needed}. {remedy}"
            )
        transactions = Transactions(engine, clock_of(settings.clock_file), wiring.EVENTS, wiring.PARTS)
        async with transactions.everywhere() as session:
            workspaces = (await session.scalars(select(Workspace).order_by(Workspace.id))).all()
        yield Registry(transactions, {each.id: each for each in workspaces})
    except (OSError, SQLAlchemyError) as error:
        raise DeliveriesError(f"The database broke off: {getattr(error, 'orig', None) or error}.") from None
    finally:
        await engine.dispose()


def _require_file(url: URL) -> None:
    """A look at a SQLite database makes none."""
    file = url.database or ""
    if url.get_backend_name() == "sqlite" and not file.startswith("file:") and not Path(file).exists():
        raise SchemaError(f"{file} is not there. Check AFTERLAUNCH_DATABASE_URL.")
