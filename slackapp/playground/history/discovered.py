"""The part of the history that is about discovery: what was done to find out what to build."""

from collections.abc import Iterator

from slackapp.playground.history.acts import Act, Fields
from slackapp.playground.history.company import (
    BEA,
    BILLING,
    ELIF,
    JONAS,
    JUN,
    MARA,
    ONBOARDING,
    PRIYA,
    SAM,
    Member,
)
from slackapp.playground.history.diary import Entry, entries
from slackapp.playground.history.poll_acts import considers, logs

_LOGGED: tuple[tuple[Member, str, str, Fields], ...] = (
    (
        ELIF,
        "Thu 28 May 10:20",
        ONBOARDING,
        {
            "kind": "User interview",
            "day": "2026-05-21",
            "launch": "Harbour map on the first screen",
            "spec": "Before",
            "present": ["Design", "Engineering", "Data"],
            "note": "Five riders, three harbours, one dog: they look for the pier, and not for the boat",
        },
    ),
    (
        SAM,
        "Wed 3 Jun 14:15",
        BILLING,
        {
            "kind": "Support or bug review",
            "launch": "Family fares",
            "present": ["Business", "Product"],
        },
    ),
    (
        MARA,
        "Wed 17 Jun 11:30",
        ONBOARDING,
        {
            "kind": "Problem framing",
            "day": "2026-06-11",
            "launch": "Practice sailings",
            "spec": "Before",
            "present": ["Product", "Engineering", "Design"],
            "came": ["An assumption was questioned"],
            "weeks_saved": "1.5",
            "note": "Lines fear the first sale, and not the form: half of what was planned is not needed",
        },
    ),
    (
        BEA,
        "Tue 18 Aug 14:30",
        BILLING,
        {
            "kind": "On-call or incident review",
            "day": "2026-08-17",
            "present": ["Engineering", "Business"],
            "came": ["A constraint was found"],
            "note": "The payment provider takes ten refunds a second, and a storm needs forty",
        },
    ),
    (
        PRIYA,
        "Thu 10 Sep 15:10",
        BILLING,
        {
            "kind": "User research synthesis",
            "present": ["Product", "Design", "Engineering"],
            "came": ["A cheaper alternative was found"],
            "weeks_saved": "3",
            "note": "Harbour offices want the invoice in their language, and not a portal",
        },
    ),
    (
        JONAS,
        "Thu 8 Oct 13:40",
        ONBOARDING,
        {
            "kind": "Support or bug review",
            "present": ["Engineering", "Business"],
            "came": ["Scope was flagged"],
            "note": "Half of the calls of a first day ask for one list",
        },
    ),
)

#: What the senior engineers on launches say while these are planned.
_CONSIDERED: tuple[tuple[Member, str, Act], ...] = (
    (
        JUN,
        "Wed 17 Jun 10:20",
        considers(
            "Practice sailings",
            "A practice ticket must not reach the payment provider: it has no test mode for ferries",
        ),
    ),
    (
        JONAS,
        "Wed 21 Oct 10:25",
        considers(
            "Arrival times on the pier screen",
            "The screens load everything anew each minute. On a harbour's own network that is too much: "
            "ask for what has changed, and show when it was last known",
        ),
    ),
)


def acts(seed: int) -> Iterator[Entry]:
    """The same with every seed."""
    del seed
    for who, when, room, form in _LOGGED:
        yield from entries(who, (when, logs(room, form)))
    for who, when, act in _CONSIDERED:
        yield from entries(who, (when, act))
