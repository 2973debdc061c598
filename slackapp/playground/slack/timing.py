"""How long Slack waits and remembers, in seconds of wire time; only tests should make it more hurried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Slack's own figures. Wire time is the machine's, never the story's."""

    acknowledge: float = 3.0
    trigger: float = 3.0
    response_url: float = 1800.0
    response_uses: int = 5
    #: No figure of Slack's: after which what somebody waits for without saying how long counts as missing.
    patience: float = 5.0
    #: Pauses before the second, third and fourth try at delivering an event.
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
