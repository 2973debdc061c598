"""What stands in a conversation and in the thread beside it: messages, with what belongs around them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from slackapp.playground.pages.blocks import Reader, Surface, message_html
from slackapp.playground.pages.blocks.dates import moment_of
from slackapp.playground.pages.place import Place, Wish
from slackapp.playground.pages.sidebar import Member, member
from slackapp.playground.slack import Channel, Message, Person
from slackapp.playground.slack.composing import typed_again
from slackapp.playground.slack.ids import micros
from slackapp.playground.world import World

#: Messages of one author within so many seconds stand under one name.
_TOGETHER = 5 * 60


@dataclass(frozen=True)
class Replies:
    """What stands below a message that has a thread."""

    address: str
    count: int
    last: str
    authors: Sequence[Member]


@dataclass(frozen=True)
class Line:
    """A message, with what stands above and below it."""

    message: Message
    author: Member
    body: Markup
    #: Stands under the name of the message above it.
    follows: bool
    #: The first of its day.
    begins_day: bool
    #: The line "New messages" stands above it.
    begins_new: bool
    own: bool
    #: May be reacted to, edited, used a shortcut on: its reader is in the channel, which is not archived.
    may_act: bool
    editing: bool
    #: What its author typed, for editing.
    typed: str
    edit_address: str
    replies: Replies | None
    #: Opens its thread; None where it can have none.
    thread_address: str | None
    #: Of a reply that was also sent to the channel: the message it replies to.
    replied_to: Message | None = None

    @property
    def gone(self) -> bool:
        return self.message.subtype == "tombstone"


@dataclass(frozen=True)
class Thread:
    parent: Line
    replies: list[Line]


@dataclass(frozen=True)
class Conversation:
    channel: Channel
    name: str
    members: list[Member]
    joined: bool
    lines: list[Line]
    #: How many more there are above.
    earlier: int
    #: To ask for more of them.
    more: int
    thread: Thread | None
    #: Why nothing can be written here; empty where it can.
    closed: str
    #: The newest message, which is read once it has been seen.
    newest: str | None
    #: The line "New messages" stands after this one.
    new_after: str


def conversation(world: World, place: Place, channel: Channel, reader: Reader, wish: Wish) -> Conversation:
    person = place.person
    everything = person.reads(channel)
    drawing = _Drawing(world, place, reader, everything, wish)
    standing = [one for one in everything if one.thread_ts in (None, one.ts) or one.broadcast]
    shown = standing[-wish.last :]
    new_after = person.read_mark(channel) if wish.new_after is None else wish.new_after
    return Conversation(
        channel,
        world.slack.manifest.bot_name if channel.is_im else channel.name,
        drawing.members(channel.members),
        person.id in channel.members,
        drawing.lines(shown, new_after),
        len(standing) - len(shown),
        wish.last + 100,
        drawing.thread(place.thread) if place.thread else None,
        _closed(world, person, channel),
        next((message.ts for message in reversed(standing) if not message.ephemeral), None),
        new_after,
    )


def _closed(world: World, person: Person, channel: Channel) -> str:
    if channel.archived:
        return f"#{channel.name} is archived: it can be read, and nothing can be added."
    if person.id not in channel.members:
        return f"You are reading #{channel.name} without being in it."
    manifest = world.slack.manifest
    if channel.is_im and (not manifest.messages_tab or manifest.messages_read_only):
        return "Sending messages to this app has been turned off."
    return ""


class _Drawing:
    """Makes lines of messages for one person at one place."""

    def __init__(
        self, world: World, place: Place, reader: Reader, everything: Iterable[Message], wish: Wish
    ) -> None:
        self._world, self._place, self._reader, self._wish = world, place, reader, wish
        self._now = world.clock.now()
        self._by_ts: dict[str, Message] = {}
        self._threads: Mapping[str, list[Message]] = defaultdict(list)
        for message in everything:
            self._by_ts[message.ts] = message
            if message.thread_ts not in (None, message.ts):
                self._threads[str(message.thread_ts)].append(message)
        self._members: dict[str, Member] = {}

    def members(self, ids: Iterable[str]) -> list[Member]:
        return sorted(map(self._member, ids), key=lambda one: (one.is_app, one.name))

    def lines(self, messages: Sequence[Message], new_after: str | None, beside: str = "") -> list[Line]:
        """The messages by time; `beside` tells their HTML ids from those of the conversation itself."""
        mark = None if new_after is None else micros(new_after)
        new_from = None if mark is None else self._first_new(messages, mark)
        lines = []
        above: Message | None = None
        for message in messages:
            begins_day = above is None or self._day(above) != self._day(message)
            begins_new = message.ts == new_from
            follows = not begins_day and not begins_new and above is not None and _follows(above, message)
            body = self._body(message, beside)
            lines.append(
                self._line(message, body, follows=follows, begins_day=begins_day, begins_new=begins_new)
            )
            above = message
        return lines

    def _first_new(self, messages: Sequence[Message], mark: int) -> str | None:
        """Where the line goes; nowhere for who has read nothing yet, to whom all is new."""
        if mark == 0:
            return None
        unread = (one for one in messages if micros(one.ts) > mark and one.user != self._place.person.id)
        return next((message.ts for message in unread if not message.ephemeral), None)

    def thread(self, parent: Message) -> Thread:
        replies = self._threads.get(parent.ts, [])
        lines = self.lines([parent, *replies], None, "thread-")
        return Thread(lines[0], lines[1:])

    def _body(self, message: Message, beside: str) -> Markup:
        person, channel = self._place.person, self._world.slack.channel(message.channel)
        active = message.ephemeral or person.id in channel.members
        sent = {"channel": message.channel, "ts": message.ts}
        surface = Surface(
            f"{beside}{message.ts}", person.values_in(message), {}, active, sent=sent, form="p-acts"
        )
        return message_html(message, self._reader, surface)

    def _line(
        self, message: Message, body: Markup, *, follows: bool, begins_day: bool, begins_new: bool
    ) -> Line:
        person, channel = self._place.person, self._world.slack.channel(message.channel)
        active = message.ephemeral or person.id in channel.members
        may_act = active and not message.ephemeral and not channel.archived
        root = message.thread_ts or message.ts
        return Line(
            message,
            self._member(message.user),
            body,
            follows,
            begins_day,
            begins_new,
            own=message.user == person.id and may_act,
            may_act=may_act,
            editing=self._wish.editing == message.ts and message.user == person.id and may_act,
            typed=typed_again(message.text, self._reader.people, self._reader.channels),
            edit_address=self._with(edit=message.ts),
            replies=self._replies(message),
            thread_address=None if message.ephemeral else self._thread_address(root),
            replied_to=self._by_ts.get(root) if message.broadcast else None,
        )

    def _replies(self, message: Message) -> Replies | None:
        replies = [reply for reply in self._threads.get(message.ts, []) if not reply.ephemeral]
        if not replies or message.ts == message.thread_ts:
            return None
        authors = list(dict.fromkeys(reply.user for reply in replies))
        return Replies(
            self._thread_address(message.ts),
            len(replies),
            replies[-1].ts,
            [self._member(author) for author in authors[:4]],
        )

    def _thread_address(self, ts: str) -> str:
        channel = self._place.channel
        assert channel is not None
        return f"/as/{self._place.person.id}/{channel.id}?thread={ts}"

    def _with(self, **query: str) -> str:
        address = self._place.address
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    def _member(self, user: str) -> Member:
        if user not in self._members:
            self._members[user] = member(self._world.slack.person(user), self._now)
        return self._members[user]

    def _day(self, message: Message) -> date:
        return moment_of(message.ts).astimezone(self._reader.zone).date()


def _follows(above: Message, message: Message) -> bool:
    return (
        above.user == message.user
        and not above.ephemeral
        and not message.ephemeral
        and above.subtype == message.subtype
        and not message.broadcast
        and micros(message.ts) - micros(above.ts) < _TOGETHER * 1_000_000
    )
