"""Ferrybridge, the invented company that lives in a stand-in served on its own."""

from dataclasses import dataclass

from slackapp.playground.slack.person import Person
from slackapp.playground.slack.standin import StandIn


@dataclass(frozen=True)
class Member:
    """Somebody who works at Ferrybridge."""

    name: str
    zone: str
    title: str
    admin: bool = False
    guest: bool = False


MARA = Member("Mara Lind", "Europe/Stockholm", "Product manager, onboarding", admin=True)
TOMAS = Member("Tomás Reis", "Europe/Lisbon", "Engineer, billing")
INES = Member("Ines Okafor", "Africa/Lagos", "Data analyst")
JUN = Member("Jun Sato", "Asia/Tokyo", "Engineer, platform")
DANA = Member("Dana Whitlock", "America/New_York", "Security consultant", guest=True)

ONBOARDING = "team-onboarding"
PLATFORM = "team-platform"


def add_member(slack: StandIn, member: Member) -> Person:
    return slack.add_person(
        member.name, tz=member.zone, title=member.title, admin=member.admin, guest=member.guest
    )


def settle(slack: StandIn) -> None:
    """People and two channels for an empty workspace; one that was kept from before stays as it is."""
    if slack.people():
        return
    mara, tomas, ines, jun, dana = (add_member(slack, each) for each in (MARA, TOMAS, INES, JUN, DANA))
    slack.add_channel(ONBOARDING, [mara, tomas, ines, jun])
    slack.add_channel(PLATFORM, [mara, jun, dana], private=True)
