"""How long to wait in seconds of wire time, when to give up, and what follows when a message is dead."""

import random
from dataclasses import dataclass

FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
JITTER = 0.25
ATTEMPTS = 8
GIVE_UP = 24 * 3600.0
#: Trouble with a token is mended by people; asking more often does not help.
TOKEN_WAIT = 60.0

#: Reasons that end when the app is let into the channel, or the channel is used again. The last is what an
#: update is told where a post would hear `is_archived`.
NOT_LET_IN = frozenset({"not_in_channel", "channel_not_found", "is_archived", "is_inactive"})
#: Reasons of ours: Slack did not say what became of it; Slack could not be reached for a day.
UNKNOWN_OUTCOME = "unknown_outcome"
OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class Dead:
    """An event: this message will not be sent, unless a person tries it again."""

    key: str
    #: Slack's error, or one of ours.
    reason: str
    #: Whose direct message it was for, or which channel.
    user_id: str | None
    channel_id: str | None
    #: Whether people see it in an older look, or may see it for all we know.
    maybe_shown: bool


@dataclass(frozen=True)
class MayRead:
    """A surface: whether this person may read what a channel is told. Higher features add what they know."""

    user_id: str
    channel_id: str


def back_off(tried: float) -> float:
    """How long to wait after having tried for so long: as long again, which doubles it each time.

    15 s at first, an hour at most, 25 % more or less so that workers do not come back together.
    """
    wait = min(max(FIRST_WAIT, tried), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, guards nothing


def given_up(attempts: int, now: float, first_attempt: float | None) -> bool:
    """Eight sends without a clear answer, or a day of trying."""
    return attempts >= ATTEMPTS or (first_attempt is not None and now - first_attempt >= GIVE_UP)
