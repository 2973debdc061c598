"""When people are asked, how much at once, and what features and prompts say to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from slackapp.core.working_time import Calendar, later_morning, local_date, local_moment, morning_of

#: More than this on one morning is a nuisance; the rest waits for the next.
MOST_ASKS = 3
#: News stand below what is asked, and are as many again at the most.
MOST_NEWS = 5

#: For so long after a person's morning its message may still go out; later it waits for the next morning.
MORNING_LASTS = timedelta(hours=2, minutes=30)
#: Two mornings of one person are at least so far apart, whichever zones they travel through.
APART = timedelta(hours=12)

#: For so long a question waits for Slack to say who is in its private channel; then people are passed over.
PATIENCE = timedelta(days=14)

#: Until a step that failed is tried again: so long after the first time, doubled each time, a day at most.
FIRST_TRY_AGAIN = timedelta(hours=1)
LAST_TRY_AGAIN = timedelta(days=1)

#: What Slack says of a direct message to somebody who is not there any more.
GONE = frozenset({"user_disabled", "user_not_found"})

#: After so many mornings without any answer a person is asked once a week.
MOST_IGNORED = 3

#: Days a question can be put off for, and how often.
SNOOZES = (1, 3, 7)
MOST_SNOOZES = 3


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


@dataclass(frozen=True)
class Question:
    """What is asked of whom, and whom else it concerns."""

    #: Which feature asks, and about which row of its own.
    kind: str
    subject_id: int
    user_id: str
    #: The team's channel it is about. If that is private, nobody outside is asked or reads of it.
    channel_id: str | None = None
    #: Whose matter it is: they too may put it off and pass it on, whoever is asked.
    owner_id: str | None = None
    #: Who is asked when this person does not answer.
    backup_id: str | None = None
    ladder: Ladder = Ladder.ONCE


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


def snoozed_until(now: datetime, days: int, calendar: Calendar) -> datetime:
    """The working morning so many days from today."""
    return morning_of(local_date(now, calendar.zone) + timedelta(days=days), calendar)


def heirs(user_id: str, *, owner_id: str | None, backup_id: str | None, last: bool) -> Sequence[str]:
    """Who may be asked in place of somebody who cannot be, best first. `last`: of the people asked the last.

    The backup, then the owner; after the owner, where they are the last, nobody. So it comes to an end.
    """
    if user_id == owner_id and last:
        return ()
    chain = (owner_id,) if user_id == backup_id else (backup_id, owner_id)
    return [heir for heir in dict.fromkeys(chain) if heir is not None and heir != user_id]


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


class Pace(StrEnum):
    """How often a person is asked, as their message says it."""

    DAILY = "daily"
    #: By their own choice once a week.
    WEEKLY = "weekly"
    #: By their silence.
    UNHEARD = "unheard"


def pace_of(*, chosen: bool, ignored: int) -> Pace:
    if chosen:
        return Pace.WEEKLY
    return Pace.UNHEARD if ignored >= MOST_IGNORED else Pace.DAILY


def is_weekly(*, chosen: bool, ignored: int) -> bool:
    """Whether a person is asked once a week: by their own choice, or by their silence."""
    return pace_of(chosen=chosen, ignored=ignored) != Pace.DAILY


@dataclass(frozen=True)
class ToChannel:
    """An event: the people asked did not answer, so the team's channel may know."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Expired:
    """An event: nobody answered, and nobody is asked any more."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Ask:
    """A surface: one prompt's place in its message.

    The feature that asks it adds a `Message`: open, answered, or no longer asked.
    """

    kind: str
    subject_id: int
    user_id: str


@dataclass(frozen=True)
class Asked:
    """An event: the prompt has just been put to the person."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Replied:
    """An event: the person answered the one open prompt by writing in the direct message."""

    kind: str
    subject_id: int
    user_id: str
    text: str
    has_files: bool
    #: The outbox key under which the answer to the reply goes.
    answer_key: str


@dataclass(frozen=True)
class Echoes:
    """A surface: whose answer stands under this outbox key, as the echo of a reply.

    The feature that keeps an answer from that reply adds `(kind, subject_id)`.
    """

    answer_key: str


@dataclass(frozen=True)
class Edited:
    """An event: the person changed the words of a reply after it was taken as an answer."""

    kind: str
    subject_id: int
    user_id: str
    text: str
    has_files: bool
    #: The outbox key under which that answer was echoed.
    answer_key: str


def may_ask_now(now: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day's morning where the person is, or not long after."""
    day = local_date(now, calendar.zone)
    morning = local_moment(day, calendar.morning, calendar.zone)
    return calendar.is_working_day(day) and morning <= now < morning + MORNING_LASTS


def free_from(last_on: date, *, weekly: bool) -> date:
    """The first day on which a person may have a morning's message after the one of that day."""
    return last_on + timedelta(days=7 if weekly else 1)


def may_write_again(
    today: date, now: datetime, *, last_on: date | None, last_at: datetime | None, weekly: bool
) -> bool:
    """Whether the last morning's message, if there was any, lies far enough back for another."""
    return (last_on is None or today >= free_from(last_on, weekly=weekly)) and (
        last_at is None or now >= last_at + APART
    )


def daily_key(user_id: str, day: date) -> str:
    return f"prompts:{user_id}:{day.isoformat()}"


def single_key(user_id: str, prompt_id: int, now: datetime) -> str:
    """Asked at once a second time, it is a new message."""
    return f"prompts:{user_id}:{prompt_id}:{int(now.timestamp())}"


def is_prompt_key(key: str) -> bool:
    """Whether the outbox key may be that of a message that asks."""
    return key.startswith("prompts:")


def reply_key(user_id: str, ts: str) -> str:
    return f"prompts:{user_id}:reply:{ts}"
