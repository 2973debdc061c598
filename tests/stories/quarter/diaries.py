"""What each of the six does in the quarter: their diaries, by their own clocks."""

from collections.abc import Mapping, Sequence

from slackapp.playground.history.acts import (
    Act,
    announces,
    corrects,
    fills,
    invites,
    launches,
    leaves,
    presses,
    replies,
    settles,
    snoozes,
    types,
)
from tests.stories.quarter.launches import (
    BUNDLES,
    CABINS,
    DARK,
    DELAYS,
    EXPRESS,
    FORMS,
    GIFTS,
    GROUPS,
    HOME_PAGE,
    MAPS,
    PETS,
    PIER,
    PRICES,
    SAVED,
    SEARCH,
    SEATS,
    STAMPS,
    TIMETABLE,
    WALLET,
    WINTER,
)
from tests.stories.quarter.people import PRIVATE, PUBLIC
from tests.support.team import travels

Diary = Sequence[tuple[str, Act]]

ASTRID: Diary = [
    ("Mon 7 Sep 09:00", invites(PUBLIC)),
    ("Mon 7 Sep 09:05", settles(PUBLIC, country="Sweden")),
    (
        "Mon 7 Sep 10:00",
        launches(
            SEATS,
            PUBLIC,
            FORMS[SEATS],
            more=True,
        ),
    ),
    ("Mon 14 Sep 09:41", replies("63 %")),
    (
        "Mon 5 Oct 11:00",
        launches(
            WINTER,
            PUBLIC,
            FORMS[WINTER],
        ),
    ),
    ("Wed 7 Oct 09:41", replies("66 %, but the summer was over")),
    (
        "Wed 7 Oct 09:43",
        fills(
            "Record",
            SEATS,
            {
                "value": "66 %",
                "else_changed": "The summer was over",
                "Refunds is now": "2.6 %",
                "users_said": "Two families paid twice, because the picker froze",
                "learning": "People choose a seat when it costs them no extra step",
            },
        ),
    ),
    ("Wed 7 Oct 09:46", presses("Iterate", SEATS)),
    ("Wed 7 Oct 09:50", replies("14 %, Heron weeks only")),
    ("Wed 7 Oct 09:52", presses("Keep", PRICES)),
    ("Mon 26 Oct 09:36", replies("Yes")),
    ("Mon 2 Nov 09:40", replies("55 %")),
    (
        "Wed 4 Nov 15:00",
        launches(
            WALLET,
            PUBLIC,
            FORMS[WALLET],
        ),
    ),
    ("Wed 11 Nov 09:38", replies("37 s")),
    ("Thu 12 Nov 14:00", types("show L-6", PUBLIC)),
    ("Thu 12 Nov 14:02", fills("Record", EXPRESS, {"value": "61.5 %"})),
    ("Tue 24 Nov 10:15", fills("I know", BUNDLES, {"value": "9 %"})),
    ("Wed 25 Nov 18:40", replies("61 %")),
    ("Wed 25 Nov 18:41", presses("Keep", WINTER)),
    ("Wed 25 Nov 18:42", presses("No", WINTER)),
    ("Fri 4 Dec 09:33", replies("29 s, measured at two piers")),
    ("Fri 4 Dec 09:35", presses("Keep", WALLET)),
    ("Fri 11 Dec 15:00", types("list", PUBLIC)),
    ("Fri 11 Dec 15:01", types("learnings", PUBLIC)),
]

HUGH: Diary = [
    ("Mon 7 Sep 09:20", settles(PUBLIC, country="United Kingdom")),
    (
        "Mon 7 Sep 09:30",
        fills(
            "Record it",
            "What did this team ship",
            FORMS[TIMETABLE],
        ),
    ),
    (
        "Mon 7 Sep 09:45",
        fills(
            "Record",
            TIMETABLE,
            {
                "value": "24 %",
                "else_changed": "The strike ended in the same week",
                "learning": "People come back for what they look up daily",
            },
        ),
    ),
    ("Mon 7 Sep 09:47", presses("Keep", TIMETABLE)),
    ("Mon 7 Sep 09:48", presses("Yes", TIMETABLE)),
    (
        "Thu 10 Sep 16:00",
        launches(DARK, PUBLIC, FORMS[DARK]),
    ),
    ("Thu 17 Sep 09:50", snoozes(DARK, "1 day")),
    ("Fri 18 Sep 09:35", replies("Evening sessions")),
    ("Fri 18 Sep 09:50", snoozes(DARK, "1 week")),
    (
        "Fri 18 Sep 11:00",
        launches(
            CABINS,
            PUBLIC,
            FORMS[CABINS],
            more=True,
        ),
    ),
    (
        "Mon 21 Sep 11:00",
        launches(
            HOME_PAGE,
            PUBLIC,
            FORMS[HOME_PAGE],
            more=True,
        ),
    ),
    ("Fri 25 Sep 09:55", replies("about 20 or so, I'll look")),
    ("Fri 25 Sep 10:05", fills("Record", GROUPS, {"value": "11 %"})),
    (
        "Fri 25 Sep 10:20",
        fills("Edit", DARK, {"from_to": "20 min → 25 min"}),
    ),
    ("Mon 12 Oct 09:58", snoozes(DARK, "1 week")),
    ("Mon 19 Oct 09:40", replies("26 min")),
    ("Mon 19 Oct 09:44", snoozes(DARK, "1 week")),
    (
        "Mon 19 Oct 10:30",
        fills("Record", CABINS, {"value": "7 %", "Complaints is now": "41"}),
    ),
    (
        "Mon 19 Oct 10:40",
        fills(
            "Override",
            CABINS,
            {"verdict": "Flat", "reason": "The ship with the cabins was in the dock for two weeks"},
        ),
    ),
    ("Mon 19 Oct 10:45", presses("Look again", CABINS)),
    ("Tue 20 Oct 09:35", snoozes(GROUPS, "3 days")),
    ("Tue 20 Oct 09:40", snoozes(HOME_PAGE, "1 day")),
    ("Wed 21 Oct 09:33", fills("Record", HOME_PAGE, {"value": "2.1 s"})),
    ("Fri 23 Oct 09:31", fills("Record", GROUPS, {"value": "12.4 %"})),
    ("Mon 26 Oct 09:50", snoozes(DARK, "1 day")),
    ("Tue 27 Oct 09:45", replies("24 min")),
    ("Mon 16 Nov 09:55", fills("No number", GIFTS, {"reason": "The data is missing"})),
]

KENJI: Diary = [
    ("Mon 7 Sep 17:00", settles(PUBLIC, country="Japan")),
    ("Mon 7 Sep 17:30", presses("I worked on this", SEATS)),
    ("Mon 7 Sep 17:31", presses("I was in before the spec", SEATS)),
    (
        "Tue 8 Sep 10:00",
        launches(
            SAVED,
            PUBLIC,
            FORMS[SAVED],
        ),
    ),
    ("Wed 16 Sep 09:48", fills("New date", SAVED, {"day": "2026-09-23"})),
    ("Thu 24 Sep 10:10", fills("New date", SAVED, {"day": "2026-09-30"})),
    (
        "Thu 24 Sep 11:00",
        announces(
            "Delay alerts are live for all riders\nThanks to everybody who tested on the night boats.",
            PUBLIC,
            FORMS[DELAYS],
            more=True,
        ),
    ),
    (
        "Thu 24 Sep 11:20",
        launches(
            MAPS,
            PUBLIC,
            FORMS[MAPS],
            more=True,
        ),
    ),
    ("Mon 28 Sep 09:47", replies("4.6 %")),
    (
        "Wed 30 Sep 09:40",
        fills("It's out", SAVED, {"metric": "Repeat bookings", "from_to": "30 % → 36 %"}),
    ),
    ("Sat 17 Oct 12:00 Pacific/Auckland", travels("Pacific/Auckland")),
    ("Wed 21 Oct 13:00 Pacific/Auckland", travels("America/Los_Angeles")),
    ("Thu 22 Oct 09:50 America/Los_Angeles", replies("3.4 %")),
    ("Thu 22 Oct 09:55 America/Los_Angeles", replies("3.4 %", about=DELAYS)),
    (
        "Fri 23 Oct 10:00 America/Los_Angeles",
        fills(
            "Record",
            MAPS,
            {
                "value": "24.5 %",
                "learning": "People come back for the boat, and not for what they look up",
                "stance": "It contradicts",
                "about": "L-2: People come back for what they look up daily",
            },
        ),
    ),
    ("Sat 31 Oct 18:00", travels("Asia/Tokyo")),
    ("Mon 2 Nov 09:50", replies("34 %")),
    ("Mon 2 Nov 09:52", presses("Look again", SAVED)),
]

NOA: Diary = [
    ("Mon 7 Sep 11:00", settles(PUBLIC, country="Israel")),
    ("Mon 7 Sep 11:20", invites(PRIVATE)),
    (
        "Mon 7 Sep 11:30",
        launches(
            PRICES,
            PRIVATE,
            FORMS[PRICES],
            more=True,
        ),
    ),
    (
        "Thu 17 Sep 12:00",
        launches(
            GROUPS,
            PUBLIC,
            FORMS[GROUPS],
        ),
    ),
    ("Tue 22 Sep 09:50", replies("13 %")),
    ("Thu 24 Sep 10:00", fills("Ask someone else", GROUPS, {"person": "Hugh Marsh"})),
    (
        "Sun 27 Sep 12:00",
        launches(
            PETS,
            PUBLIC,
            FORMS[PETS],
            more=True,
        ),
    ),
    (
        "Wed 7 Oct 09:40",
        fills(
            "Ask someone else",
            PRICES,
            {"person": "Astrid Lund"},
            wrong={"person": "Kenji Mori"},
        ),
    ),
    ("Sun 18 Oct 09:45", fills("Ask someone else", GROUPS, {"person": "Hugh Marsh"})),
    ("Sun 25 Oct 09:40", replies("20 %")),
    ("Sun 25 Oct 09:41", presses("Undo", PETS)),
    ("Sun 25 Oct 09:42", replies("2 %")),
    ("Sun 22 Nov 10:00", fills("Record", PIER, {"value": "70 %"})),
]

RAFAEL: Diary = [
    ("Tue 8 Sep 09:40", settles(PUBLIC, country="Brazil")),
    ("Tue 8 Sep 09:45", presses("I worked on this", SEATS)),
    (
        "Tue 8 Sep 10:00",
        launches(
            SEARCH,
            PUBLIC,
            FORMS[SEARCH],
            more=True,
        ),
    ),
    ("Thu 8 Oct 09:50", replies("1.2 %")),
    ("Thu 8 Oct 10:20", corrects("1.2 %", "1.4 %, in the web app alone")),
    ("Tue 13 Oct 10:50", presses("Dropped", STAMPS)),
    (
        "Tue 13 Oct 11:30",
        launches(
            BUNDLES,
            PRIVATE,
            FORMS[BUNDLES],
        ),
    ),
    (
        "Wed 14 Oct 10:00",
        launches(
            PIER,
            PUBLIC,
            FORMS[PIER],
            more=True,
        ),
    ),
    ("Tue 20 Oct 09:50", replies("8 %")),
    ("Wed 18 Nov 16:00", leaves()),
]

NADIA: Diary = [
    ("Tue 8 Sep 10:00", settles(PUBLIC, country="United States")),
    (
        "Tue 8 Sep 10:10",
        launches(
            EXPRESS,
            PUBLIC,
            FORMS[EXPRESS],
        ),
    ),
    (
        "Tue 8 Sep 10:30",
        launches(
            STAMPS,
            PUBLIC,
            FORMS[STAMPS],
            more=True,
        ),
    ),
    (
        "Fri 2 Oct 11:00",
        launches(
            GIFTS,
            PUBLIC,
            FORMS[GIFTS],
            more=True,
        ),
    ),
    ("Tue 27 Oct 11:00", presses("I worked on this", WINTER)),
    ("Fri 11 Dec 10:00", types("list", PUBLIC)),
    ("Fri 11 Dec 10:01", types("learnings", PUBLIC)),
    ("Fri 11 Dec 10:02", types("show L-3", PUBLIC)),
    ("Fri 11 Dec 10:03", types("list due", PUBLIC)),
]

DIARIES: Mapping[str, Diary] = {
    "Astrid Lund": ASTRID,
    "Hugh Marsh": HUGH,
    "Kenji Mori": KENJI,
    "Noa Peled": NOA,
    "Rafael Costa": RAFAEL,
    "Nadia Brooks": NADIA,
}
