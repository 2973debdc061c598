"""Ferrybridge, an invented company that sells tickets for small ferry lines: its people and channels."""

from dataclasses import dataclass
from datetime import date

from slackapp.playground.slack import StandIn
from slackapp.playground.slack.company import DANA, INES, JUN, MARA, PLATFORM, TOMAS, Member, add_member
from slackapp.playground.slack.company import ONBOARDING as FIRST_TEAM

__all__ = ["DANA", "INES", "JUN", "MARA", "TOMAS", "Member"]

JONAS = Member("Jonas Bell", "Europe/London", "Engineer, onboarding")
PRIYA = Member("Priya Nair", "Europe/Berlin", "Product manager, billing")
ELIF = Member("Elif Arslan", "Europe/Berlin", "Product designer")
SAM = Member("Sam Thornley", "Europe/London", "Partner manager")
OSKAR = Member("Oskar Nyman", "Europe/Stockholm", "Engineer, onboarding")
BEA = Member("Bea Carvalho", "Europe/Lisbon", "Engineer, billing")
NELL = Member("Nell Harding", "America/New_York", "Finance lead")
#: Comes in July.
RAVI = Member("Ravi Anand", "Europe/London", "Engineer, onboarding")


@dataclass(frozen=True)
class Room:
    """A channel, as it is on the first day."""

    name: str
    members: tuple[Member, ...]
    private: bool = False


#: In the order in which they came.
FIRST_DAY = (MARA, TOMAS, INES, JUN, DANA, JONAS, PRIYA, ELIF, SAM, OSKAR, BEA, NELL)

GENERAL = "general"
ONBOARDING = FIRST_TEAM
BILLING = "team-billing"

ROOMS = (
    Room(GENERAL, tuple(member for member in FIRST_DAY if not member.guest)),
    Room(ONBOARDING, (MARA, TOMAS, INES, JUN, JONAS, ELIF, SAM, OSKAR)),
    Room(BILLING, (PRIYA, TOMAS, INES, ELIF, SAM, BEA, NELL)),
    Room(PLATFORM, (MARA, JUN, TOMAS, DANA), private=True),
)

#: From when to when somebody is on leave, and does not join in.
ON_LEAVE = {
    TOMAS: (date(2026, 7, 18), date(2026, 8, 16)),
    MARA: (date(2026, 7, 17), date(2026, 8, 6)),
}

#: What each says in `/launch settings` that they do here.
FUNCTIONS = {
    MARA: "Product",
    PRIYA: "Product",
    JONAS: "Engineering",
    TOMAS: "Engineering",
    JUN: "Engineering",
    OSKAR: "Engineering",
    BEA: "Engineering",
    RAVI: "Engineering",
    ELIF: "Design",
    INES: "Data",
    SAM: "Business",
    NELL: "Business",
}


def move_in(slack: StandIn, *, with_bot: bool) -> None:
    """The first day: people and channels in an empty workspace, with or without Afterlaunch in them."""
    people = {member: add_member(slack, member) for member in FIRST_DAY}
    for room in ROOMS:
        members = [people[member] for member in room.members]
        slack.add_channel(room.name, members, private=room.private, with_bot=with_bot)
