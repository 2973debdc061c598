"""One dialect for all engines of a test run: a statement is compiled once, and not again in each test."""

from typing import Any, ClassVar, Self

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

#: More than all tests of one worker have.
STATEMENTS = 5_000


class _Shared:
    _only: ClassVar[Self | None] = None
    _compiled: ClassVar[LRUCache[Any, Any]]

    def __init_subclass__(cls) -> None:
        cls._compiled = LRUCache(STATEMENTS)

    def __new__(cls, **given: object) -> Self:
        del given
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __init__(self, **given: object) -> None:
        if not self.__dict__:
            super().__init__(**given)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        # What is compiled belongs to its dialect, and each engine would otherwise keep it for itself.
        engine.update_execution_options(compiled_cache=cls._compiled)


class Sqlite(_Shared, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class Postgres(_Shared, PGDialect_asyncpg):
    supports_statement_cache = True


def share() -> None:
    """From now on, in this process."""
    registry.register("sqlite.aiosqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.asyncpg", __name__, Postgres.__name__)
