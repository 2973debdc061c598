"""The sidebar: the conversations one person has, and the people one can be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from slackapp.playground.pages.blocks import TIME, Reader
from slackapp.playground.pages.blocks.dates import said
from slackapp.playground.pages.place import Place, can_be
from slackapp.playground.slack import Channel, Person
from slackapp.playground.world import World

#: From here on an unread count says only that there are many.
MANY = 99

GUEST = "Guest"
STRANGER = "Another organisation"

_TONES = 8


@dataclass(frozen=True)
class Entry:
    """A conversation in the list."""

    name: str
    address: str
    #: `channel`, `private`, `app` or `home`.
    kind: str
    current: bool = False
    unread: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Member:
    """Somebody as the page shows them."""

    id: str
    name: str
    title: str
    #: The time where they are, e.g. `9:30 AM`.
    time: str
    #: The city their zone is named after.
    city: str
    #: `Guest`, `Admin` …; empty for an ordinary member.
    role: str = ""
    deleted: bool = False
    is_app: bool = False

    @property
    def outsider(self) -> str:
        return self.role if self.role in (GUEST, STRANGER) else ""

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"

    @property
    def tone(self) -> int:
        """Which of the eight colours their picture has: always the same one."""
        return crc32(self.name.encode()) % _TONES


@dataclass(frozen=True)
class Shoes:
    """One of those one can be."""

    member: Member
    address: str
    current: bool
    #: What the app has said to them and they have not read.
    waiting: int


@dataclass(frozen=True)
class Sidebar:
    workspace: str
    me: Member
    app: str
    home: Entry | None
    direct: Entry
    channels: list[Entry]
    #: Public channels this person is not in.
    others: list[Entry]
    people: list[Shoes]


def sidebar(world: World, place: Place) -> Sidebar:
    slack, person, now = world.slack, place.person, world.clock.now()
    channels = sorted(filter(person.sees, slack.channels()), key=lambda one: (one.archived, one.name))
    at_home = place.channel is None
    return Sidebar(
        slack.name,
        member(person, now),
        slack.manifest.bot_name,
        Entry("Home", f"/as/{person.id}/home", "home", at_home) if slack.manifest.home_tab else None,
        _entry(place, person.dm, slack.manifest.bot_name),
        [_entry(place, channel) for channel in channels if person.id in channel.members],
        [_entry(place, channel) for channel in channels if person.id not in channel.members],
        list(_shoes(world, place, now)),
    )


def _entry(place: Place, channel: Channel, name: str | None = None) -> Entry:
    person = place.person
    joined = person.id in channel.members
    return Entry(
        name or channel.name,
        f"/as/{person.id}/{channel.id}",
        "app" if channel.is_im else "private" if channel.private else "channel",
        place.channel is not None and place.channel.id == channel.id,
        person.unread(channel, MANY + 1) if joined and not channel.archived else 0,
        channel.archived,
    )


def _shoes(world: World, place: Place, now: datetime) -> Iterator[Shoes]:
    for other in filter(can_be, world.slack.people()):
        yield Shoes(
            member(other, now),
            _same_place(place, other),
            other.id == place.person.id,
            other.unread(other.dm, MANY + 1),
        )


def _same_place(place: Place, other: Person) -> str:
    """Where one lands on becoming somebody else: the same place if they have it, else what they were told."""
    if place.channel is None:
        return f"/as/{other.id}/home"
    if place.channel.is_im or not other.sees(place.channel):
        return f"/as/{other.id}/{other.dm.id}"
    thread = f"?thread={place.thread.ts}" if place.thread and not place.thread.ephemeral else ""
    return f"/as/{other.id}/{place.channel.id}{thread}"


def member(person: Person, now: datetime) -> Member:
    account = person.account
    there = Reader(account.id, ZoneInfo(account.tz), now)
    return Member(
        person.id,
        account.name,
        account.title,
        said(now, TIME, there),
        account.tz.rpartition("/")[2].replace("_", " "),
        _role(person),
        account.deleted,
        account.is_bot,
    )


def _role(person: Person) -> str:
    account = person.account
    if account.is_stranger:
        return STRANGER
    if account.is_restricted or account.is_ultra_restricted:
        return GUEST
    return "Owner" if account.is_owner else "Admin" if account.is_admin else ""
