"""What people of a story saw and did: noted as it happens, and printed as each of them lived through it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from slackapp.core.clock import TurnedClock
from slackapp.playground.slack import Channel, Message, Person, StandIn


class What(Enum):
    #: Somebody, or the app, said it.
    SAID = "said"
    #: What was said before looks like this now.
    CHANGED = "changed"
    #: Somebody did it; nobody else sees that.
    DID = "did"
    #: A form as it was handed in, or as it came back.
    FORM = "form"


@dataclass(frozen=True)
class Seen:
    """Something that came onto people's screens, as it looked then."""

    what: What
    at: datetime
    #: Whose words these are, by id.
    by: str
    shown: str
    #: Who sees it, by id.
    readers: frozenset[str]
    channel: Channel | None = None
    message: Message | None = None
    #: The app said it because its time had come, and not because somebody had just done something.
    by_clock: bool = False
    #: Who had just done something, by id.
    after: str | None = None


class Witness:
    def __init__(self, slack: StandIn, clock: TurnedClock) -> None:
        self._slack, self._clock = slack, clock
        self._known: dict[tuple[str, str], Message] = {}
        self._looked_at = 0
        #: All that was seen, the oldest first.
        self.seen: list[Seen] = []
        #: Where people are, from which moment on: zones by their ids.
        self._whereabouts: list[tuple[datetime, Mapping[str, str]]] = []

    def look(self, *, by_clock: bool = False, after: str | None = None) -> bool:
        """Note what is new since the last look, and what has changed. False if Slack knows of no change."""
        changes = self._slack._slack.changes.count
        if changes == self._looked_at:
            return False
        self._looked_at = changes
        for message, readers in self._all():
            key = message.channel, message.ts
            before = self._known.get(key)
            if before is message or before == message:
                continue
            self._known[key] = message
            what = What.SAID if before is None else What.CHANGED
            channel = self._slack.channel(message.channel)
            seen = Seen(
                what,
                self._clock.now(),
                message.user,
                message.shown,
                readers,
                channel,
                message,
                by_clock=by_clock,
                after=after,
            )
            self.seen.append(seen)
        return True

    def note(self, what: What, person: Person, shown: str) -> None:
        """Note what a person does, or has before them."""
        self.seen.append(Seen(what, self._clock.now(), person.id, shown, frozenset({person.id})))

    def locate(self) -> None:
        """Note where everybody is from now on."""
        zones = {person.id: person.account.tz for person in self._slack.people()}
        self._whereabouts.append((self._clock.now(), zones))

    def zone(self, user_id: str, at: datetime) -> ZoneInfo:
        """Where the person was then."""
        known = [zones for since, zones in self._whereabouts if since <= at and user_id in zones]
        return ZoneInfo(known[-1][user_id])

    def local(self, seen: Seen, user_id: str) -> datetime:
        """When it was seen, on that person's own clock."""
        return seen.at.astimezone(self.zone(user_id, seen.at))

    def _all(self) -> Iterator[tuple[Message, frozenset[str]]]:
        people = self._slack.people()
        for channel in [*self._slack.channels(), *(person.dm for person in people)]:
            readers = frozenset(channel.members) - {self._slack.bot_user_id}
            for message in self._slack.messages(channel):
                yield message, readers
            for person in people:
                if person.id in readers and not person.account.deleted:
                    for message in person.reads(channel):
                        if message.ephemeral:
                            yield message, frozenset({person.id})

    def transcript(self, person: Person) -> Iterator[str]:
        """The story as this person lived through it, line by line, by their own clock."""
        day = ""
        for seen in self.seen:
            if person.id not in seen.readers:
                continue
            local = self.local(seen, person.id)
            if (today := f"{local:%A} {local.day} {local:%B %Y}, {local.tzinfo}") != day:
                day = today
                yield ""
                yield f"== {day}"
            yield ""
            yield f"{local:%H:%M}  {self._heading(seen, person)}"
            if seen.what is not What.DID:
                yield from (f"    | {line}" for line in seen.shown.split("\n"))

    def _heading(self, seen: Seen, reader: Person) -> str:
        if seen.what is What.DID:
            return f"You {seen.shown}"
        if seen.what is What.FORM:
            return "The form"
        assert seen.channel is not None
        assert seen.message is not None
        who = "You" if seen.by == reader.id else self._name(seen.by)
        where = "direct message" if seen.channel.is_im else f"#{seen.channel.name}"
        said = datetime.fromtimestamp(float(seen.message.ts), seen.at.tzinfo).astimezone(
            self.zone(reader.id, seen.at)
        )
        changed = f", changed, from {said.day} {said:%b %H:%M}" if seen.what is What.CHANGED else ""
        thread = ", in a thread" if seen.message.thread_ts else ""
        shared = " and in the channel" if seen.message.broadcast else ""
        alone = ", seen by you alone" if seen.message.ephemeral else ""
        return f"{who}, {where}{thread}{shared}{alone}{changed}"

    def _name(self, user_id: str) -> str:
        names = {person.id: person.name for person in self._slack.people()}
        return names.get(user_id, "Afterlaunch")
