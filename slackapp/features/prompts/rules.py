"""When people are asked, how much at once, and what features and prompts say to each other."""

from dataclasses import dataclass
from datetime import date, datetime, time

from slackapp.core.working_time import Calendar, next_morning

#: More than this on one morning is a nuisance; the rest waits for the next.
MOST_ASKS = 3

#: After this the morning's message would come in somebody's evening; it waits for the next morning.
EVENING = time(18)


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


def may_ask_now(now: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day between morning and evening where the person is."""
    local = now.astimezone(calendar.zone)
    return calendar.is_working_day(local.date()) and calendar.morning <= local.time() < EVENING


def another_morning(now: datetime, calendar: Calendar) -> datetime:
    """When to try again what could not be asked now."""
    return next_morning(now, calendar)


def daily_key(user_id: str, day: date) -> str:
    return f"prompts:{user_id}:{day.isoformat()}"


def single_key(user_id: str, prompt_id: int) -> str:
    return f"prompts:{user_id}:{prompt_id}"


def reply_key(user_id: str, ts: str) -> str:
    return f"prompts:{user_id}:reply:{ts}"
