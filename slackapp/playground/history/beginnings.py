"""How it begins: the teams invite Afterlaunch, look back once, and say what they do. Who comes and goes."""

from collections.abc import Iterator

from slackapp.playground.history.acts import Act, fills, invites, leaves, presses, settles, types, welcomes
from slackapp.playground.history.company import (
    BEA,
    BILLING,
    ELIF,
    FUNCTIONS,
    GENERAL,
    INES,
    JONAS,
    JUN,
    MARA,
    NELL,
    ONBOARDING,
    OSKAR,
    PRIYA,
    RAVI,
    SAM,
    TOMAS,
    Member,
)
from slackapp.playground.history.diary import Entry, entries
from slackapp.playground.history.numbers import SELLING
from slackapp.playground.slack.company import PLATFORM

FIRST_QUESTION = "What did this team ship"

SETUP = "Guided setup"
SETUP_FORM = {
    "title": SETUP,
    "problem": "New lines do not know what is left to do before they may sell.",
    "audience": "lines in their first week",
    "metric": SELLING,
    "from_to": "31 % → 40 %",
    "outcomes": "They see what is left, and how little it is.",
    "day": "2026-04-01",
}
SETUP_ANSWER = {
    "value": "36 %",
    "else_changed": "Easter was in between, and the boats were full anyway",
    "users_said": "Three offices asked for the list on paper",
    "learning": "A list of what is left to do gets a line selling sooner",
}

REFUNDS = "Refunds without a call"
REFUNDS_FORM = {
    "title": REFUNDS,
    "problem": "Whoever wants their money back has to call us between nine and four.",
    "audience": "riders whose boat did not sail",
    "metric": "Refunds by phone",
    "from_to": "120 a week → 60 a week",
    "day": "2026-04-02",
}
REFUNDS_ANSWER = {
    "value": "72 a week",
    "users_said": "People thank us for not having to explain the weather",
    "learning": "Most people who call would rather not",
}

#: Where and when each says what they do.
SETTLED: tuple[tuple[Member, str, str, str], ...] = (
    (MARA, "Mon 4 May 10:02", ONBOARDING, "Sweden"),
    (ELIF, "Mon 4 May 10:40", ONBOARDING, ""),
    (JONAS, "Mon 4 May 10:12", ONBOARDING, "United Kingdom"),
    (INES, "Mon 4 May 11:05", ONBOARDING, ""),
    (SAM, "Mon 4 May 14:30", ONBOARDING, ""),
    (OSKAR, "Mon 4 May 15:10", ONBOARDING, "Sweden"),
    (PRIYA, "Tue 5 May 11:35", BILLING, "Germany"),
    (TOMAS, "Tue 5 May 11:20", BILLING, "Portugal"),
    (BEA, "Tue 5 May 13:45", BILLING, "Portugal"),
    (NELL, "Wed 6 May 10:20", BILLING, ""),
    (JUN, "Mon 11 May 10:45", PLATFORM, "Japan"),
)


def acts(seed: int) -> Iterator[Entry]:
    """The same with every seed."""
    del seed
    for who, when, room, country in SETTLED:
        yield from entries(who, (when, _says_what_they_do(who, room, country)))
    yield from entries(
        MARA,
        ("Mon 4 May 09:58", invites(ONBOARDING)),
        ("Mon 4 May 10:21", fills("Record it", FIRST_QUESTION, SETUP_FORM)),
        ("Mon 4 May 10:34", fills("Record", SETUP, SETUP_ANSWER)),
        ("Mon 4 May 10:36", presses("Iterate", SETUP)),
        ("Mon 4 May 10:37", presses("Yes", SETUP)),
        ("Wed 1 Jul 09:10", welcomes(RAVI, GENERAL, ONBOARDING)),
        ("Thu 15 Oct 15:20", types("list", ONBOARDING)),
    )
    yield from entries(
        PRIYA,
        ("Tue 5 May 11:30", invites(BILLING)),
        ("Tue 5 May 11:45", fills("Record it", FIRST_QUESTION, REFUNDS_FORM)),
        ("Tue 5 May 11:57", fills("Record", REFUNDS, REFUNDS_ANSWER)),
        ("Tue 5 May 11:58", presses("Keep", REFUNDS)),
        ("Tue 5 May 12:00", presses("No", REFUNDS)),
    )
    yield from entries(JUN, ("Mon 11 May 10:40", invites(PLATFORM)))
    yield from entries(OSKAR, ("Fri 14 Aug 17:30", leaves()))
    yield from entries(RAVI, ("Tue 29 Sep 13:55", types("learnings first", ONBOARDING)))


def _says_what_they_do(who: Member, room: str, country: str) -> Act:
    country_too = {"country": country} if country else {}
    return settles(room, function=FUNCTIONS[who], **country_too)
