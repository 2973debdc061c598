"""The part of the history that is about retros: those of every team, and what became of what they decided."""

from collections.abc import Iterator

from slackapp.playground.history import retros_billing, retros_onboarding
from slackapp.playground.history.acts import Act, fills, presses
from slackapp.playground.history.company import (
    BEA,
    ELIF,
    JONAS,
    MARA,
    NELL,
    ONBOARDING,
    PRIYA,
    SAM,
    Member,
)
from slackapp.playground.history.diary import Entry, entries
from slackapp.playground.history.retro import course
from slackapp.playground.history.retro_acts import adds, writes

RETROS = (*retros_onboarding.RETROS, *retros_billing.RETROS)

_FAMILY = "Ask two lines whether grandparents are family"

#: What came of action items, on the mornings of their days and two weeks later; Sam is asked once a week.
#: The others wait.
_TASKS: tuple[tuple[Member, str, Act], ...] = (
    (SAM, "Wed 8 Jul 09:50", presses("Done", "Say in the letter when we can be called")),
    (SAM, "Wed 22 Jul 09:44", presses("Cannot tell", "Say in the letter when we can be called")),
    (JONAS, "Fri 10 Jul 09:41", presses("Done", "Let a line take its timetable out")),
    (JONAS, "Fri 24 Jul 09:52", presses("Yes", "Let a line take its timetable out")),
    (BEA, "Fri 17 Jul 09:47", presses("Done", "Put the fees beside the other numbers")),
    (BEA, "Fri 31 Jul 09:39", presses("Yes", "Put the fees beside the other numbers")),
    (
        SAM,
        "Wed 22 Jul 10:05",
        fills("Drop", _FAMILY, {"reason": "Three lines told us without being asked: they are"}),
    ),
    (MARA, "Fri 28 Aug 09:49", presses("Done", "Write down who looks after which system")),
    (MARA, "Fri 11 Sep 09:46", presses("Yes", "Write down who looks after which system")),
    (ELIF, "Fri 4 Sep 09:58", presses("Done", "Mark practice tickets")),
    (ELIF, "Fri 18 Sep 10:02", presses("Yes", "Mark practice tickets")),
    (PRIYA, "Fri 2 Oct 09:44", presses("Done", "Write down who may say yes")),
    (PRIYA, "Fri 16 Oct 09:51", presses("No", "Write down who may say yes")),
    (NELL, "Fri 9 Oct 09:55", presses("Done", "Show revenue per seat")),
)

#: For the retro that opens by itself in the last week.
_BEFORE: tuple[tuple[Member, str, Act], ...] = (
    (MARA, "Thu 8 Oct 10:05", presses("Not now", "Season copy")),
    (
        SAM,
        "Tue 20 Oct 14:12",
        adds(ONBOARDING, "Forty-one piers have a photo now, and riders send us theirs"),
    ),
    (ELIF, "Thu 22 Oct 11:20", presses("Add to next retro", "Photos of the pier")),
)


def acts(seed: int) -> Iterator[Entry]:
    for retro in RETROS:
        yield from course(retro, seed)
    for who, when, act in (*_TASKS, *_BEFORE):
        yield from entries(who, (when, act))
    for hand in retros_onboarding.LAST:
        yield from entries(hand.who, (hand.on, writes(ONBOARDING, hand.notes)))
