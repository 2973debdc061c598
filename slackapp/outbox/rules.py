"""How long to wait, and when to give up. All in seconds of wire time."""

import random

FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
JITTER = 0.25
ATTEMPTS = 8
GIVE_UP = 24 * 3600.0
#: Trouble with a token is mended by people; asking more often does not help.
TOKEN_WAIT = 60.0


def back_off(tried: float) -> float:
    """How long to wait after having tried for so long: as long again, which doubles it each time.

    15 s at first, an hour at most, 25 % more or less so that workers do not come back together.
    """
    wait = min(max(FIRST_WAIT, tried), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, guards nothing


def given_up(attempts: int, now: float, first_attempt: float | None) -> bool:
    """Eight sends without a clear answer, or a day of trying."""
    return attempts >= ATTEMPTS or (first_attempt is not None and now - first_attempt >= GIVE_UP)
