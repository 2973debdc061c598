"""The six people of the quarter: where they work, on which days, and what is to be expected of them."""

from dataclasses import dataclass

PUBLIC = "team-ferries"
#: For three of them alone. All that is said in it has this word in it.
PRIVATE = "heron"
MARKER = "heron"

#: Public holidays and weekends, as a calendar on the wall has them; 0 is Monday.
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Member:
    name: str
    zone: str
    country: str
    #: Days of the quarter on which nobody works there, beside the weekend.
    holidays: frozenset[str] = frozenset()
    weekend: frozenset[int] = WEEKEND
    insider: bool = False
    admin: bool = False


TEAM = (
    #: Answers at once, by replying.
    Member("Astrid Lund", "Europe/Stockholm", "Sweden", insider=True, admin=True),
    #: Puts everything off.
    Member("Hugh Marsh", "Europe/London", "United Kingdom"),
    #: Works from wherever he is.
    Member(
        "Kenji Mori",
        "Asia/Tokyo",
        "Japan",
        frozenset({"2026-09-21", "2026-09-22", "2026-09-23", "2026-10-12", "2026-11-03", "2026-11-23"}),
    ),
    #: Passes everything on.
    Member(
        "Noa Peled",
        "Asia/Jerusalem",
        "Israel",
        frozenset({"2026-09-13", "2026-09-21"}),
        weekend=frozenset({4, 5}),
        insider=True,
    ),
    #: Leaves in November.
    Member(
        "Rafael Costa",
        "America/Sao_Paulo",
        "Brazil",
        frozenset({"2026-09-07", "2026-10-12", "2026-11-02", "2026-11-20"}),
        insider=True,
    ),
    #: Never answers.
    Member(
        "Nadia Brooks",
        "America/New_York",
        "United States",
        frozenset({"2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26"}),
    ),
)
