"""Which fault befalls which call: by rule, by chance, or because Slack is gone for a while."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import Any, Protocol

from slackapp.playground.slack.fault_script import Outage, Rule, Seeded
from slackapp.playground.slack.faults import Fault
from slackapp.playground.slack.workspace import Workspace

#: Arguments that name where a call goes.
_WHERE = ("channel", "user", "users", "user_id")
#: The same, and what else tells one from another, of the calls that share files.
_OF_FILES = ("channel_id", "filename", "initial_comment")


class Network(Protocol):
    """The connections this Slack listens on."""

    def reset(self) -> None:
        """Reset every connection but those of the control API."""
        ...

    def refuse(self) -> None:
        """Let nobody connect any more, and reset who is."""
        ...

    def accept(self) -> None:
        """Let everybody connect again."""
        ...


@dataclass(frozen=True)
class Fate:
    """What befalls one call, and for how long (seconds) history hides what it posts, if that is its own."""

    fault: Fault | None = None
    lag: float | None = None


@dataclass
class _Standing:
    """A rule, how many calls it has seen, and when (monotonic seconds) it ends."""

    rule: Rule
    ends: float | None
    seen: int = 0

    def take(self) -> Fate | None:
        """The fate of the next matching call; None once the rule is used up."""
        place = self.seen - self.rule.after
        if place >= len(self.rule.faults) and self.rule.forever:
            place = len(self.rule.faults) - 1
        if place >= len(self.rule.faults) or (self.ends is not None and time.monotonic() >= self.ends):
            return None
        self.seen += 1
        return Fate() if place < 0 else Fate(self.rule.faults[place], self.rule.lag)


@dataclass
class _Held:
    method: str
    released: asyncio.Event = field(default_factory=asyncio.Event)


class FaultInjector:
    """Decides what befalls each call. Rules come first, in the order they were given; then chance."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rules: list[_Standing] = []
        self._seeded: Seeded | None = None
        self._tried = Counter[tuple[str, ...]]()
        self._held: list[_Held] = []
        self._outage: asyncio.TimerHandle | None = None
        self._refusing = False
        self._closing = asyncio.Event()
        self.befallen = Counter[str]()
        self.network: Network | None = None

    # Orders

    def add(self, rule: Rule) -> None:
        self._rules.append(_Standing(rule, None if rule.seconds is None else time.monotonic() + rule.seconds))

    def sow(self, seeded: Seeded) -> None:
        """Chance begins afresh."""
        self._seeded = seeded
        self._tried.clear()

    def begin(self, outage: Outage) -> None:
        """Be gone for a while; an outage that lasts already is over then."""
        self.end_outage()
        if self.network is None:
            raise RuntimeError("an outage needs a server that listens")
        self._outage = asyncio.get_running_loop().call_later(outage.seconds, self.end_outage)
        self._refusing = outage.refused
        if outage.refused:
            self.network.refuse()
        else:
            self.network.reset()

    def end_outage(self) -> None:
        if self._outage is None:
            return
        self._outage.cancel()
        self._outage = None
        if self._refusing and self.network is not None:
            self.network.accept()

    def release(self, method: str = "*") -> None:
        for held in self._held:
            if fnmatchcase(held.method, method):
                held.released.set()

    def clear(self) -> None:
        self._rules.clear()
        self._seeded = None
        self.end_outage()
        self.release()

    def close(self) -> None:
        """The server stops: nobody is kept waiting any longer."""
        self._closing.set()
        self.release()
        if self._outage is not None:
            self._outage.cancel()

    # What befalls

    @property
    def out(self) -> bool:
        """Whether Slack is gone at the moment."""
        return self._outage is not None

    @property
    def held(self) -> list[str]:
        return [held.method for held in self._held]

    def draw(self, method: str, given: Mapping[str, Any]) -> Fate:
        """What befalls this call; noted in `befallen`."""
        fate = self._fate(method, given)
        if fate.fault is not None:
            self.befallen[str(fate.fault)] += 1
            self._workspace.changes.note()
        return fate

    async def wait_to_arrive(self, fault: Fault | None, method: str) -> None:
        """Come as late as the fault wants."""
        if fault is None:
            return
        if fault.name == "late":
            await self.pause(fault.seconds)
        if fault == Fault.HELD:
            held = _Held(method)
            self._held.append(held)
            self._workspace.changes.note()
            await held.released.wait()
            self._held.remove(held)

    async def pause(self, seconds: float) -> None:
        """Wait so long (wire time), or until the server stops."""
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            pass

    def _fate(self, method: str, given: Mapping[str, Any]) -> Fate:
        if self.out:
            return Fate(Fault.RESET_BEFORE)
        for standing in list(self._rules):
            if self._matches(standing.rule, method, given):
                fate = standing.take()
                if fate is not None:
                    return fate
                self._rules.remove(standing)
        return Fate(self._by_chance(method, given))

    def _matches(self, rule: Rule, method: str, given: Mapping[str, Any]) -> bool:
        if not fnmatchcase(method, rule.method):
            return False
        channel = given.get("channel")
        return rule.channel is None or rule.channel in (channel, self._workspace.names.get(str(channel)))

    def _by_chance(self, method: str, given: Mapping[str, Any]) -> Fault | None:
        seeded = self._seeded
        if seeded is None or not any(fnmatchcase(method, pattern) for pattern in seeded.methods):
            return None
        what = (method, *(self._name(given.get(name)) for name in _WHERE), str(given.get("text", "")))
        what += tuple(self._name(given[name]) for name in _OF_FILES if name in given)
        self._tried[what] += 1
        drawn = _fraction(str(seeded.seed), *what, str(self._tried[what]))
        for text, rate in sorted(seeded.rates.items()):
            if drawn < rate:
                return Fault.parse(text)
            drawn -= rate
        return None

    def _name(self, given: object) -> str:
        """Ids are minted by chance: what stays the same from one run to the next is the name."""
        channel = self._workspace.channels.get(str(given))
        known = str(given) if channel is None or channel.person is None else channel.person
        return self._workspace.names.get(known, known)


def _fraction(*parts: str) -> float:
    """A number from 0 up to 1 that follows from these parts."""
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64
