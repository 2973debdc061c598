"""The part of the history that is about polls: those that recur in both teams, and a tech deep dive."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from slackapp.playground.history.acts import Act, Fields, fills
from slackapp.playground.history.company import (
    BEA,
    BILLING,
    ELIF,
    FUNCTIONS,
    INES,
    JONAS,
    JUN,
    MARA,
    NELL,
    ON_LEAVE,
    ONBOARDING,
    OSKAR,
    PRIYA,
    RAVI,
    SAM,
    TOMAS,
    Member,
)
from slackapp.playground.history.diary import Entry, at_work, entries, moment
from slackapp.playground.history.dice import Dice
from slackapp.playground.history.poll_acts import asks_below, chooses, polls, together

#: What is answered: by whom, and how far the half year has gone, from 0 to 1.
Answer: TypeAlias = Callable[[Member, float, Dice], str]

#: How likely people of a function took part: at first, and half a year later.
_TOOK_PART: Mapping[str, tuple[float, float]] = {
    "Product": (0.9, 0.95),
    "Design": (0.7, 0.8),
    "Data": (0.4, 0.6),
    "Business": (0.3, 0.4),
    "Engineering": (0.15, 0.85),
}

#: Who is not there from the first day to the last.
_COMES = {RAVI: date(2026, 7, 2)}
_LEAVES = {OSKAR: date(2026, 8, 14)}
#: Says what they do here with their first answer, and not in the settings.
_ASKED_BY_THE_POLL = RAVI


@dataclass(frozen=True)
class Series:
    """A poll that recurs. Days are by the clock of whoever makes it."""

    room: str
    by: Member
    begins: str
    template: str
    #: Words of its question.
    asked: str
    #: The days of its rounds, the first included.
    days: Sequence[date]
    people: Sequence[Member]
    answer: Answer
    #: How many answer a round; other numbers on certain days.
    many: int
    other: Mapping[date, int] = field(default_factory=dict)
    #: From then on half of six are engineers: so many that they are counted by themselves.
    half_engineers_from: date = date.max
    #: What is changed below More.
    more: Fields | None = None


def course(series: Series, seed: int) -> Iterator[Entry]:
    """The poll is made, and its rounds are answered. The same seed gives the same."""
    dice = Dice(seed, f"poll {series.begins}")
    begun = moment(series.begins, series.by)
    yield Entry(begun, series.by, polls(series.room, series.template, more=series.more))
    begun = begun.astimezone(ZoneInfo(series.by.zone))
    asked = {_ASKED_BY_THE_POLL} if series.template == TOOK_PART else set()
    for number, day in enumerate(series.days):
        answered_at = begun + (day - begun.date()) + timedelta(minutes=dice.minutes(4, 150))
        # Whoever is at work then answers at once: the message is drawn once for all of them.
        answers: dict[datetime, list[tuple[Member, Act]]] = {}
        for who in _who_answers(series, day, dice):
            answer = series.answer(who, number / (len(series.days) - 1), dice)
            also = {"function": FUNCTIONS[who]} if who in asked else None
            asked -= {who}
            act = chooses(series.room, series.asked, answer, also=also)
            answers.setdefault(at_work(answered_at, who), []).append((who, act))
        for at, acts in answers.items():
            yield Entry(at, acts[0][0], together(acts))


def _who_answers(series: Series, day: date, dice: Dice) -> Sequence[Member]:
    there = [who for who in series.people if _is_there(who, day)]
    if day in series.other or day < series.half_engineers_from:
        return dice.some(there, series.other.get(day, series.many))
    engineers = [who for who in there if FUNCTIONS[who] == "Engineering"]
    return [*dice.some(engineers, 3), *dice.some([who for who in there if who not in engineers], 3)]


def _is_there(who: Member, day: date) -> bool:
    first, last = ON_LEAVE.get(who, (date.max, date.max))
    return _COMES.get(who, date.min) <= day <= _LEAVES.get(who, date.max) and not first <= day <= last


def _took_part(who: Member, gone: float, dice: Dice) -> str:
    first, last = _TOOK_PART[FUNCTIONS[who]]
    return "Yes" if dice.happens(first + (last - first) * gone) else "No"


def _trusts(who: Member, gone: float, dice: Dice) -> str:
    del who
    return str(dice.minutes(2, 4) if gone < 0.5 else dice.minutes(3, 5))  # noqa: PLR2004 - half of it


def _every_two_weeks(first: date, rounds: int) -> Sequence[date]:
    return [first + timedelta(weeks=2 * number) for number in range(rounds)]


#: What polls are made from, as the form offers it.
TOOK_PART = "Who took part in discovery"
TRUST = "Can we say what we think?"
DEEP_DIVE = "A tech deep dive: who comes, and what to ask"

_NO_REMINDER: Fields = {"Also": ["Count answers by function, too"]}

_LAST = date(2026, 10, 29)
_HOLIDAYS = date(2026, 8, 4)

SERIES = (
    Series(
        room=ONBOARDING,
        by=MARA,
        begins="Thu 14 May 10:00",
        template=TOOK_PART,
        more=_NO_REMINDER,
        asked="Did you take part",
        days=_every_two_weeks(date(2026, 5, 14), 13),
        people=(JONAS, OSKAR, JUN, RAVI, ELIF, INES, SAM, TOMAS, MARA),
        answer=_took_part,
        many=4,
        half_engineers_from=date(2026, 8, 1),
        # The last round is open still, and Mara has not answered in it.
        other={_LAST: 3},
    ),
    Series(
        room=BILLING,
        by=PRIYA,
        begins="Tue 1 Sep 10:00",
        template=TOOK_PART,
        more=_NO_REMINDER,
        asked="Did you take part",
        days=_every_two_weeks(date(2026, 9, 1), 5),
        people=(PRIYA, BEA, TOMAS, ELIF, INES, SAM, NELL),
        answer=_took_part,
        many=4,
    ),
    Series(
        room=ONBOARDING,
        by=MARA,
        begins="Tue 2 Jun 10:00",
        template=TRUST,
        more={"Also": []},
        asked="How easy is it here",
        days=[date(2026, 6, 2), date(2026, 7, 7), _HOLIDAYS, date(2026, 9, 1), date(2026, 10, 6)],
        people=(JONAS, OSKAR, JUN, RAVI, ELIF, INES, SAM, MARA),
        answer=_trusts,
        many=5,
        # Too few to show any.
        other={_HOLIDAYS: 4},
    ),
)

#: Words of its question.
_DIVE = "tech deep dive"

#: Before Season copy is recorded; what came of it is said once it is.
_DIVES: tuple[tuple[Member, str, Act], ...] = (
    (JONAS, "Fri 25 Sep 11:00", polls(ONBOARDING, DEEP_DIVE, {"Open for": "3 days"})),
    (MARA, "Fri 25 Sep 12:40", chooses(ONBOARDING, _DIVE, "I'll be there")),
    (RAVI, "Fri 25 Sep 14:05", chooses(ONBOARDING, _DIVE, "I'll be there")),
    (
        RAVI,
        "Fri 25 Sep 14:10",
        asks_below(ONBOARDING, _DIVE, "And boats that sail past midnight on 31 December?"),
    ),
    (ELIF, "Mon 28 Sep 10:20", chooses(ONBOARDING, _DIVE, "I can't this time")),
    (JUN, "Mon 28 Sep 10:15", chooses(ONBOARDING, _DIVE, "I'll be there")),
    (
        JONAS,
        "Wed 30 Sep 12:10",
        fills(
            "What came of it?",
            "deep dive",
            {
                "launch": "Season copy",
                "spec": "Before",
                "came": ["A cheaper alternative was found"],
                "weeks_saved": "2",
                "note": "Copying the days is enough, nobody needs rules for them",
            },
        ),
    ),
)


def acts(seed: int) -> Iterator[Entry]:
    for series in SERIES:
        yield from course(series, seed)
    for who, when, act in _DIVES:
        yield from entries(who, (when, act))
