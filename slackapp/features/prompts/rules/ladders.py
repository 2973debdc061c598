"""Whom a question is asked of, how often, and when it is given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from slackapp.core.working_time import Calendar, later_morning

#: For so long a question waits for Slack to say who is in its private channel; then people are passed over.
PATIENCE = timedelta(days=14)

#: What Slack says of a direct message to somebody who is not there any more.
GONE = frozenset({"user_disabled", "user_not_found"})

#: Until a step that failed is tried again: so long after the first time, doubled each time, a day at most.
FIRST_TRY_AGAIN = timedelta(hours=1)
LAST_TRY_AGAIN = timedelta(days=1)


class Ladder(StrEnum):
    #: Asked once, and left.
    ONCE = "once"
    #: Asked until answered, then stopped.
    UNTIL_ANSWERED = "until_answered"
    #: The same among those it concerns; the channel is never asked.
    AMONG_US = "among_us"
    #: Asked, and asked again a week later, three times at most.
    WEEKLY = "weekly"
    #: Nothing is asked: it is told once, in the morning's message.
    NEWS = "news"


class To(StrEnum):
    """Where a step of a ladder leads."""

    PERSON = "person"
    BACKUP = "backup"
    CHANNEL = "channel"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Step:
    #: Working days of the person asked, from the first morning.
    after: int
    to: To


LADDERS: Mapping[Ladder, Sequence[Step]] = {
    Ladder.ONCE: (Step(0, To.PERSON),),
    Ladder.UNTIL_ANSWERED: (
        Step(0, To.PERSON),
        Step(2, To.PERSON),
        Step(5, To.BACKUP),
        Step(8, To.CHANNEL),
        Step(14, To.NOWHERE),
    ),
    Ladder.AMONG_US: (
        Step(0, To.PERSON),
        Step(2, To.PERSON),
        Step(5, To.BACKUP),
        Step(14, To.NOWHERE),
    ),
    Ladder.WEEKLY: (
        Step(0, To.PERSON),
        Step(5, To.PERSON),
        Step(10, To.PERSON),
        Step(15, To.PERSON),
        Step(20, To.NOWHERE),
    ),
    Ladder.NEWS: (Step(0, To.PERSON),),
}


def next_step_at(ladder: Ladder, done: int, now: datetime, calendar: Calendar) -> datetime | None:
    """When the step after the `done` ones is due, the last of them having been done now.

    Counted from the step before and not from the first morning, so that what came late, or was put off,
    shifts all that follows by as much. None at the end of the ladder.
    """
    steps = LADDERS[ladder]
    if done >= len(steps):
        return None
    gap = steps[done].after - (steps[done - 1].after if done else 0)
    return later_morning(now, gap, calendar)


def last_asking_step(ladder: Ladder, done: int, *, has_backup: bool) -> int:
    """Of the `done` first steps the last in which a person was asked: what a snooze repeats."""
    people = {To.PERSON, To.BACKUP} if has_backup else {To.PERSON}
    asking = [i for i, step in enumerate(LADDERS[ladder][:done]) if step.to in people]
    return asking[-1] if asking else 0


def next_try(failures: int) -> timedelta:
    """How long a step waits that failed once more, after so many failures in a row before."""
    doubled: timedelta = FIRST_TRY_AGAIN * (1 << min(failures, 10))
    return min(doubled, LAST_TRY_AGAIN)


def turn_of(ladder: Ladder, to: To) -> int | None:
    """Which step of the ladder leads there, from 0; None if none does."""
    return next((i for i, step in enumerate(LADDERS[ladder]) if step.to == to), None)


def turn_of_heir(ladder: Ladder) -> int:
    """The step in which whoever takes somebody's place is asked.

    The backup's; without one the last that asks, or one after all others where nothing ends the ladder.
    """
    turn, ends = turn_of(ladder, To.BACKUP), turn_of(ladder, To.NOWHERE)
    if turn is not None:
        return turn
    return len(LADDERS[ladder]) if ends is None else ends - 1


def is_over(ladder: Ladder, done: int, *, was_asked: bool) -> bool:
    """Whether a prompt that has come so far is expired as long as it has no answer.

    What is asked once stays open, unless there was nobody whom it could be asked of.
    """
    steps = LADDERS[ladder]
    if steps[-1].to == To.NOWHERE:
        return done >= len(steps)
    return done > len(steps) and not was_asked


def heirs(user_id: str, *, owner_id: str | None, backup_id: str | None, last: bool) -> Sequence[str]:
    """Who may be asked in place of somebody who cannot be, best first. `last`: of the people asked the last.

    The backup, then the owner; after the owner, where they are the last, nobody. So it comes to an end.
    """
    if user_id == owner_id and last:
        return ()
    chain = (owner_id,) if user_id == backup_id else (backup_id, owner_id)
    return [heir for heir in dict.fromkeys(chain) if heir is not None and heir != user_id]
