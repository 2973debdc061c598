"""The words in which tests order faults, of a Slack in this process or in another."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slackapp.playground.slack.fault_script import FaultScript, Outage, Rule, Seeded
from slackapp.playground.slack.faults import Fault
from slackapp.playground.slack.records import Channel, Json


class Faults:
    """Orders faults of a Slack in this process or in another. Methods may be patterns: `chat.*`, `*`.

    A use of a response URL is the method `response_url`.
    """

    def __init__(self, apply: Callable[[FaultScript], Json]) -> None:
        self._apply = apply

    def next(
        self,
        method: str,
        *faults: Fault | None,
        channel: Channel | str | None = None,
        after: int = 0,
        lag: float | None = None,
    ) -> None:
        """What befalls the next calls, one after the other; None lets one through.

        Only those into `channel` (an id or a name) are counted if it is given, and the first `after` of them
        are let through. For `lag` seconds of wire time history hides what these calls post.
        """
        self._rule(method, channel, faults=list(faults), after=after, lag=lag)

    def always(
        self,
        method: str,
        fault: Fault,
        *,
        channel: Channel | str | None = None,
        seconds: float | None = None,
    ) -> None:
        """What befalls every call from now on, or for so many seconds of wire time."""
        self._rule(method, channel, faults=[fault], forever=True, seconds=seconds)

    def seeded(self, seed: int, rates: Mapping[Fault | str, float], methods: Sequence[str] = ("*",)) -> None:
        """Faults by chance from now on: by fault, how likely it is for each call (their sum is at most 1).

        What befalls a call follows from the seed, the method, the names of the channel and people it is for,
        its text, and how often that was called before; ids and times do not matter, so that a run under the
        same seed meets the same faults.
        """
        written = {str(fault): rate for fault, rate in rates.items()}
        self._apply(FaultScript(seeded=Seeded(seed=seed, rates=written, methods=list(methods))))

    def outage(self, seconds: float, *, refused: bool = False) -> None:
        """Slack is gone for so many seconds of wire time: every connection is reset, sockets included.

        Calls are recorded, befallen by `reset_before`. `refused` closes the port instead, so that nothing
        gets through to be recorded, and the control API of another process cannot be reached either.
        """
        self._apply(FaultScript(outage=Outage(seconds=seconds, refused=refused)))

    def release(self, method: str = "*") -> None:
        """Let calls that are held go on."""
        self._apply(FaultScript(release=method))

    def clear(self) -> None:
        """No more faults: rules, chance and an outage are over, and what is held goes on."""
        self._apply(FaultScript(clear=True))

    def history_lag(self, seconds: float) -> None:
        """For how long (wire time) history hides what is posted from now on."""
        self._apply(FaultScript(history_lag=seconds))

    def paced(self, *, on: bool) -> None:
        """Switch Slack's rate limits on or off."""
        self._apply(FaultScript(paced=on))

    @property
    def held(self) -> list[str]:
        """The methods of calls that are held now, in the order they came."""
        held: list[str] = self._apply(FaultScript())["held"]
        return held

    @property
    def befallen(self) -> Counter[str]:
        """How often each fault has befallen a call, by its text."""
        return Counter(self._apply(FaultScript())["befallen"])

    def _rule(
        self,
        method: str,
        channel: Channel | str | None,
        **rule: Any,  # noqa: ANN401 - the fields of Rule
    ) -> None:
        where = channel.id if isinstance(channel, Channel) else channel
        self._apply(FaultScript(rules=[Rule(method=method, channel=where, **rule)]))
