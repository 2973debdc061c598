"""The messages of one conversation, indexed by time and by thread so that no call looks at all of them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

from slackapp.playground.slack.ids import micros
from slackapp.playground.slack.records import Message

_EVER = 2**63


class Room:
    """Messages by `ts`, the order of what stands in the channel itself, and the order within each thread."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self._ts: dict[int, str] = {}
        self._channel: list[int] = []
        self._threads: dict[str, list[int]] = {}

    def put(self, message: Message) -> None:
        """Add a message, or replace the one with its `ts`."""
        if message.ts not in self.messages:
            moment = micros(message.ts)
            self._ts[moment] = message.ts
            if message.thread_ts is None or message.broadcast:
                insort(self._channel, moment)
            if message.thread_ts is not None:
                insort(self._threads.setdefault(message.thread_ts, []), moment)
        elif message.broadcast and not self.messages[message.ts].broadcast:
            insort(self._channel, micros(message.ts))
        self.messages[message.ts] = message

    def drop(self, ts: str) -> None:
        message = self.messages.pop(ts)
        moment = micros(ts)
        del self._ts[moment]
        if message.thread_ts is None or message.broadcast:
            _remove(self._channel, moment)
        if message.thread_ts is not None:
            _remove(self._threads[message.thread_ts], moment)

    def replies(self, ts: str) -> list[Message]:
        return [self.messages[self._ts[moment]] for moment in self._threads.get(ts, [])]

    def newest_first(self, after: int = -1, before: int = _EVER) -> Iterator[Message]:
        """What stands in the channel, strictly between two moments (microseconds), the newest first."""
        end = bisect_left(self._channel, before)
        start = bisect_right(self._channel, after)
        for index in range(end - 1, start - 1, -1):
            yield self.messages[self._ts[self._channel[index]]]

    def thread_oldest_first(self, ts: str, after: int = -1, before: int = _EVER) -> Iterator[Message]:
        """The replies to `ts` strictly between two moments, the oldest first."""
        order = self._threads.get(ts, [])
        for index in range(bisect_right(order, after), bisect_left(order, before)):
            yield self.messages[self._ts[order[index]]]

    def everything(self) -> list[Message]:
        """All messages, replies among them, by time."""
        return [self.messages[self._ts[moment]] for moment in sorted(self._ts)]


def _remove(order: list[int], moment: int) -> None:
    del order[bisect_left(order, moment)]
