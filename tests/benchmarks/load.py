"""Sends prepared requests over kept connections, as a process of its own, and says what came back and when.

`python -m tests.benchmarks.load PORT CONNECTIONS FILE`: the file holds each request after its length in four
bytes. Prints one JSON object: `seconds` from the first request to the last answer, `latencies` in seconds,
and how many `answers` there were of each kind.
"""

import asyncio
import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks.submits import LENGTH


class Client(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last one is there."""

    def __init__(self, requests: Iterator[bytes], latencies: list[float], answers: Counter[str]) -> None:
        self._requests, self._latencies, self._answers = requests, latencies, answers
        self._buffer = b""
        self._sent = 0.0
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            self.finished.set_result(None)
            return
        self._sent = perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if len(body) < int(lengths[0].partition(b":")[2]):
            return
        self._latencies.append(perf_counter() - self._sent)
        self._answers[f"{head.split(b' ', 2)[1].decode()} {body.decode()}"] += 1
        self._buffer = b""
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.finished.done():
            self.finished.set_exception(exc or ConnectionError("closed before the answer"))


async def _load(port: int, connections: int, requests: list[bytes]) -> dict[str, object]:
    latencies: list[float] = []
    answers: Counter[str] = Counter()
    waiting = iter(requests)
    loop = asyncio.get_running_loop()
    clients: list[Client] = []
    for _ in range(connections):
        _, client = await loop.create_connection(
            lambda: Client(waiting, latencies, answers), "127.0.0.1", port
        )
        clients.append(client)
    gc.disable()
    begin = perf_counter()
    for client in clients:
        client.send()
    await asyncio.gather(*(client.finished for client in clients))
    return {"seconds": perf_counter() - begin, "latencies": latencies, "answers": answers}


def _read(file: Path) -> Iterator[bytes]:
    content = file.read_bytes()
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + LENGTH], "big")
        yield content[at + LENGTH : at + LENGTH + length]
        at += LENGTH + length


if __name__ == "__main__":
    port, connections, file = sys.argv[1:]
    found = asyncio.run(_load(int(port), int(connections), list(_read(Path(file)))))
    print(json.dumps(found))  # noqa: T201 - this is what it is run for
