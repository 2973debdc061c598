"""How long to wait in seconds of wire time, when to give up, and what follows when a message is dead."""

import random
from dataclasses import dataclass, field
from typing import Literal

FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
JITTER = 0.25
ATTEMPTS = 8
GIVE_UP = 24 * 3600.0
#: Slack shows a file a moment after it has said that it will.
FIRST_LOOK = 2.0
#: Trouble with a token is mended by people; asking more often does not help.
TOKEN_WAIT = 60.0

#: Reasons that end when the app is let into the channel, or the channel is used again. The last is what an
#: update is told where a post would hear `is_archived`.
NOT_LET_IN = frozenset({"not_in_channel", "channel_not_found", "no_permission", "is_archived", "is_inactive"})
#: Reasons of ours: Slack did not say what became of it; Slack could not be reached for a day.
UNKNOWN_OUTCOME = "unknown_outcome"
OUT_OF_REACH = "out_of_reach"
#: Ours too: something unexpected happened each time it was tried.
BROKEN = "broken"
#: Slack said that it shares the file, and does not show it yet.
NOT_SHOWN_YET = "not_shown_yet"

#: What Slack says of a file that it shared before, or that it lost. Which of the two, a look tells.
LOST = frozenset({"file_not_found", "file_deleted", "file_is_deleted"})
#: Reasons after which a file that is not shown is not shared again but brought anew. The last is of one that
#: was given up, and that a person lets be tried again.
ANEW = LOST | {UNKNOWN_OUTCOME}


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


@dataclass(frozen=True)
class Budget:
    """So many calls at once, and after them one every so many seconds: a leaky bucket."""

    #: Seconds; 0 is without limit.
    interval: float
    burst: int = 1

    def take(self, next_at: float, now: float, wanted: int) -> tuple[int, float]:
        """How many of the calls wanted may be made now, and when the next one after them may.

        The generic cell rate algorithm (ITU-T I.371), written for the moment from which a call conforms.
        """
        at, granted = max(next_at, now - self.interval * (self.burst - 1)), 0
        while granted < wanted and at <= now:
            at += self.interval
            granted += 1
        return granted, at


@dataclass(frozen=True)
class Pacing:
    """How often Slack may be called in one workspace.

    Slack takes about one message a second in a channel, with short bursts; how many in a workspace it does
    not say, and 4 to 9 a second are reported. Updates, opening and reading are of its tier 3: 50 a minute.
    """

    channel: Budget = Budget(1.0, 3)
    post: Budget = Budget(0.2, 10)
    update: Budget = Budget(1.2, 20)
    open: Budget = Budget(1.2, 20)
    read: Budget = Budget(1.2, 20)
    #: Sharing files, and looking where they are: of its tier 4, 100 a minute each.
    file: Budget = Budget(0.6, 20)
    #: Seconds between two looks of one message: a burst of changes is one update.
    redraw: float = 1.0


#: For a Slack that sets no limits, or a clock that is turned by hand.
_FREELY = Budget(0.0)
UNPACED = Pacing(_FREELY, _FREELY, _FREELY, _FREELY, _FREELY, _FREELY, redraw=0.0)


@dataclass(frozen=True)
class RelaySettings:
    """Lengths in seconds of wire time."""

    lease: float = 60.0
    #: Kept back of the lease, for what passes between the last check and the wire.
    margin: float = 15.0
    settle: float = 15.0
    poll: float = 0.5
    #: Places that messages may be on their way to at once, and how many of them may be in one workspace.
    lanes: int = 40
    share: int = 20
    unknown_outcome: Literal["reconcile", "retry", "hold"] = "reconcile"
    pacing: Pacing = field(default_factory=Pacing)


def back_off(tried: float) -> float:
    """How long to wait after having tried for so long: as long again, which doubles it each time.

    15 s at first, an hour at most, 25 % more or less so that workers do not come back together.
    """
    wait = min(max(FIRST_WAIT, tried), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, guards nothing


#: Trouble with what the token may do, which concerns one method; all other trouble concerns every call.
OF_ONE_METHOD = frozenset({"missing_scope", "not_allowed_token_type"})


def given_up(attempts: int, now: float, first_attempt: float | None) -> bool:
    """Eight sends without a clear answer, or a day of trying."""
    return attempts >= ATTEMPTS or (first_attempt is not None and now - first_attempt >= GIVE_UP)
