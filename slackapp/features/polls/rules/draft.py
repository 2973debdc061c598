"""A poll as somebody wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from slackapp.core.recurrence import Every, Weekday
from slackapp.features.polls.rules.kinds import Audience, Kind, Shows, Way
from slackapp.features.workspaces.rules import Function


@dataclass(frozen=True)
class QuestionDraft:
    kind: Kind
    text: str
    #: What people should know before they answer.
    details: str = ""
    #: Of a choice: what can be chosen. Of a scale: what its two ends mean, or nothing.
    options: Sequence[str] = ()
    #: Of a multiple choice: how many have to be chosen, and can be; None: as many as there are.
    fewest: int | None = None
    most: int | None = None
    #: Of a number: what it is counted in, and between which it lies.
    unit: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True)
class Recurring:
    """When further rounds are held. The first is held at once."""

    every: Every
    weekday: Weekday
    at: time
    #: At that time where each person is; else in the zone of whoever makes the poll.
    in_own_zone: bool = False


@dataclass(frozen=True)
class PollDraft:
    question: QuestionDraft
    is_anonymous: bool
    way: Way
    audience: Audience
    shows: Shows
    open_minutes: int
    people: Sequence[str] = ()
    functions: Sequence[Function] = ()
    by_function: bool = False
    reminds: bool = True
    recurring: Recurring | None = None
    template: str = ""
    #: The first word in the thread of its message.
    thread: str = ""
