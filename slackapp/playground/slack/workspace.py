"""The workspace's data: who is there, where, what was said; every change is journalled and announced."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from slackapp.playground.slack.changes import Changes
from slackapp.playground.slack.ids import Stamps, Tokens, new_id
from slackapp.playground.slack.journal import Journal, plain
from slackapp.playground.slack.records import Account, Channel, Json, Message
from slackapp.playground.slack.rooms import Room

SLACKBOT = "USLACKBOT"


class Workspace:
    """One Slack workspace with one app installed. Ids are stable; records are replaced, never changed."""

    def __init__(self, clock: Callable[[], float], journal: Journal, team_name: str, bot_name: str) -> None:
        self.clock = clock
        self.stamps = Stamps(clock)
        self.changes = Changes()
        self.accounts: dict[str, Account] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.names: dict[str, str] = {}
        self._rooms: dict[str, Room] = {}
        self._ims: dict[str, str] = {}
        #: Up to which message a person has read a conversation.
        self._read: dict[tuple[str, str], str] = {}
        self._journal = journal
        self.identity: dict[str, str] = {}
        self.tokens = Tokens.mint()
        journal.replay(self._restore)
        if not self.identity:
            self._found(team_name, bot_name)
        journal.start(self._entries())

    # What an earlier run left

    def _found(self, team_name: str, bot_name: str) -> None:
        ids = {"team_id": "T", "app_id": "A", "bot_id": "B", "bot_user_id": "U"}
        self.identity = {"team_name": team_name, **{name: new_id(prefix) for name, prefix in ids.items()}}
        self._keep(Account(SLACKBOT, self.team_id, "Slackbot", "slackbot", "America/Los_Angeles"))
        username = self._username(bot_name)
        self._keep(
            Account(self.bot_user_id, self.team_id, bot_name, username, "America/Los_Angeles", is_bot=True)
        )

    def _restore(self, kind: str, it: dict[str, Any]) -> None:
        if kind == "workspace":
            self.identity, self.tokens = it["identity"], Tokens(**it["tokens"])
        elif kind == "account":
            self._keep(Account(**it))
        elif kind == "channel":
            self._keep(Channel(**{**it, "members": tuple(it["members"])}))
        elif kind == "message":
            self.stamps.after(it["ts"])
            self._rooms[it["channel"]].put(Message(**it, names=self.names))
        elif kind == "gone":
            self._rooms[it["channel"]].drop(it["ts"])
        elif kind == "file":
            self.files[it["id"]] = it
        elif kind == "read":
            self._read[it["user"], it["channel"]] = it["ts"]
        elif kind == "home":
            self.homes[it["user"]] = it
        else:
            raise ValueError(kind)

    def _entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield "workspace", {"identity": self.identity, "tokens": plain(self.tokens)}
        yield from (("account", plain(account)) for account in self.accounts.values())
        yield from (("channel", plain(channel)) for channel in self.channels.values())
        for room in self._rooms.values():
            yield from (("message", plain(message)) for message in room.everything())
        yield from (("file", file) for file in self.files.values())
        yield from (("read", _mark(*place, ts)) for place, ts in self._read.items())
        yield from (("home", home) for home in self.homes.values())

    def _keep(self, record: Account | Channel) -> None:
        self.names[record.id] = record.name
        if isinstance(record, Account):
            self.accounts[record.id] = record
            return
        self.channels[record.id] = record
        self._rooms.setdefault(record.id, Room())
        if record.person is not None:
            self._ims[record.person] = record.id

    # Who and where

    @property
    def team_id(self) -> str:
        return self.identity["team_id"]

    @property
    def team_name(self) -> str:
        return self.identity["team_name"]

    @property
    def domain(self) -> str:
        return _slug(self.team_name, "-")

    @property
    def app_id(self) -> str:
        return self.identity["app_id"]

    @property
    def bot_id(self) -> str:
        return self.identity["bot_id"]

    @property
    def bot_user_id(self) -> str:
        return self.identity["bot_user_id"]

    def save_account(self, account: Account) -> None:
        self._keep(account)
        self._noted("account", account)

    def save_channel(self, channel: Channel) -> None:
        self._keep(channel)
        self._noted("channel", channel)

    def save_home(self, home: Json) -> None:
        self.homes[home["user"]] = home
        self._noted("home", home)

    def save_file(self, file: Json) -> None:
        self.files[file["id"]] = file
        self._noted("file", file)

    def new_account(self, name: str, **traits: Any) -> Account:  # noqa: ANN401 - Account's own fields, by name
        account = Account(new_id("U"), name=name, username=self._username(name), **traits)
        self.save_account(account)
        return account

    def im(self, person: str) -> Channel:
        """The direct messages between this person and the app; opened if they never were."""
        if person not in self._ims:
            members = (person, self.bot_user_id)
            self.save_channel(Channel(new_id("D"), "", int(self.clock()), person=person, members=members))
        return self.channels[self._ims[person]]

    def has_im(self, person: str) -> bool:
        return person in self._ims

    def join(self, channel: Channel, user: str) -> Channel:
        if user not in channel.members:
            channel = replace(channel, members=(*channel.members, user))
            self.save_channel(channel)
        return channel

    def leave(self, channel: Channel, user: str) -> Channel:
        channel = replace(channel, members=tuple(member for member in channel.members if member != user))
        self.save_channel(channel)
        return channel

    # What was said

    def room(self, channel: str) -> Room:
        return self._rooms[channel]

    def message(self, channel: str, ts: str) -> Message | None:
        room = self._rooms.get(channel)
        return None if room is None else room.messages.get(ts)

    def save_message(self, message: Message) -> Message:
        message = replace(message, names=self.names)
        self._rooms[message.channel].put(message)
        self._noted("message", message)
        return message

    def read_mark(self, user: str, channel: str) -> str:
        """The last message this person has read there; "0" if they never did."""
        return self._read.get((user, channel), "0")

    def save_read_mark(self, user: str, channel: str, ts: str) -> None:
        self._read[user, channel] = ts
        self._noted("read", _mark(user, channel, ts))

    def drop_message(self, message: Message) -> None:
        self._rooms[message.channel].drop(message.ts)
        self._noted("gone", {"channel": message.channel, "ts": message.ts})

    def _noted(self, kind: str, it: Account | Channel | Message | Json) -> None:
        self._journal.note(kind, it)
        self.changes.note()

    def _username(self, name: str) -> str:
        wanted = _slug(name, ".")
        taken = {account.username for account in self.accounts.values()}
        if wanted not in taken:
            return wanted
        return next(name for name in (f"{wanted}{number}" for number in count(2)) if name not in taken)


def _mark(user: str, channel: str, ts: str) -> Json:
    return {"user": user, "channel": channel, "ts": ts}


def _slug(name: str, glue: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", glue, ascii_name.lower()).strip(glue) or "someone"
