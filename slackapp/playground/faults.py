"""What may be wrong with Slack in the playground, one thing at a time, switched on and off by hand."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slackapp.playground.slack import Fault, StandIn

#: Seconds for which Slack stays out of reach.
OUTAGE = 10.0
_SEED = 1


@dataclass(frozen=True)
class Kind:
    """One thing that may be wrong."""

    label: str
    #: What to expect while it lasts.
    what: str
    begin: Callable[[StandIn], None]
    #: It ends by itself after so many seconds.
    seconds: float | None = None


def _slow(slack: StandIn) -> None:
    slack.faults.always("*", Fault.slow(2))


def _limited(slack: StandIn) -> None:
    slack.faults.seeded(_SEED, {Fault.rate_limited("2"): 0.5}, ["chat.*", "views.*", "response_url"])


def _dropping(slack: StandIn) -> None:
    slack.faults.seeded(_SEED, {Fault.RESET_AFTER: 0.5}, ["chat.*"])


def _gone(slack: StandIn) -> None:
    slack.faults.outage(OUTAGE)


KINDS: Mapping[str, Kind] = {
    "slow": Kind("Slow", "Slack does what it is asked at once, and takes two seconds to say so.", _slow),
    "limited": Kind(
        "Rate limited",
        "Slack answers about every second message with 429, and wants two seconds of rest.",
        _limited,
    ),
    "dropping": Kind(
        "Losing answers",
        "Slack posts, but the answer to about every second message is lost. The app looks for each in the "
        "channel before it tries again, after about fifteen seconds.",
        _dropping,
    ),
    "gone": Kind(
        "Out of reach",
        "For ten seconds nobody reaches Slack, and Slack does not reach the app.",
        _gone,
        OUTAGE,
    ),
}


class FaultSwitch:
    """Switches them on and off."""

    def __init__(self, slack: StandIn) -> None:
        self._slack = slack
        self._over: asyncio.TimerHandle | None = None
        #: Which of `KINDS` is on; empty if nothing is wrong.
        self.on = ""

    def switch(self, name: str) -> None:
        """Let this be wrong and nothing else; with an empty name nothing. KeyError for another name."""
        kind = KINDS[name] if name else None
        if self._over is not None:
            self._over.cancel()
            self._over = None
        self._slack.faults.clear()
        self.on = name
        if kind is not None:
            kind.begin(self._slack)
            if kind.seconds is not None:
                self._over = asyncio.get_running_loop().call_later(kind.seconds, self.switch, "")
        self._slack.changes.note()
