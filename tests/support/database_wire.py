"""A wire between the app and PostgreSQL that breaks on demand: a TCP proxy that knows a commit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto

from sqlalchemy.engine import URL, make_url


class Mood(Enum):
    PASSES = auto()
    SILENT = auto()  # nothing goes through, and nobody is told: a network that swallows it
    DROPS_COMMITS = auto()  # the connection breaks when a commit is sent, which does not arrive
    DROPS_ANSWERS = auto()  # the commit arrives, and the connection breaks before its answer


class DatabaseWire:
    def __init__(self, upstream: URL) -> None:
        self._upstream = upstream
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._port = 0
        self._mood = Mood.PASSES
        self._heard = asyncio.Event()
        self._heard.set()

    @property
    def mood(self) -> Mood:
        return self._mood

    @mood.setter
    def mood(self, mood: Mood) -> None:
        self._mood = mood
        if mood is Mood.SILENT:
            self._heard.clear()
        else:
            self._heard.set()

    @property
    def url(self) -> str:
        moved = self._upstream.set(host="127.0.0.1", port=self._port, query={})
        return moved.render_as_string(hide_password=False)

    async def connect(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.mood = Mood.PASSES

    async def cut(self) -> None:
        """End every connection, and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = self._upstream.query.get("host") or self._upstream.host
        port = self._upstream.port or 5432
        if isinstance(host, str) and host.startswith("/"):
            there, on = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            there, on = await asyncio.open_connection(str(host), port)
        pair = {writer, on}
        self._open |= pair
        try:
            await asyncio.gather(self._pass(reader, on, asks=True), self._pass(there, writer, asks=False))
        finally:
            self._open -= pair
            for each in pair:
                each.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, asks: bool) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                await self._heard.wait()
                if asks and b"COMMIT;" in data:
                    if self.mood is Mood.DROPS_COMMITS:
                        break
                    if self.mood is Mood.DROPS_ANSWERS:
                        writer.write(data)
                        await writer.drain()
                        await asyncio.sleep(0.2)
                        break
                if not asks and self.mood is Mood.DROPS_ANSWERS and b"COMMIT" in data:
                    continue
                writer.write(data)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def stretched(database_url: str) -> AsyncIterator[DatabaseWire]:
    """A wire to the database while the block runs."""
    wire = DatabaseWire(make_url(database_url))
    await wire.connect()
    try:
        yield wire
    finally:
        await wire.cut()
