"""What happens to polls, for features above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoundClosed:
    """An event: a round is closed; what it came to changes no more."""

    round_id: int
