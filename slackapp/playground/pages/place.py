"""Where a page stands: who looks, and at what. Taken from the address, and nowhere else."""

import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from slackapp.playground.slack import Channel, Message, Person
from slackapp.playground.world import World

_FEW_DIGITS = re.compile(r"[0-9]{1,6}")
STAMP = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Place:
    """What one person looks at: a conversation, with a thread beside it if `thread` is set, or App Home."""

    person: Person
    #: None: App Home.
    channel: Channel | None = None
    #: The message whose thread stands open.
    thread: Message | None = None

    @property
    def address(self) -> str:
        """The page's own address."""
        if self.channel is None:
            return f"/as/{self.person.id}/home"
        thread = f"?thread={self.thread.ts}" if self.thread else ""
        return f"/as/{self.person.id}/{self.channel.id}{thread}"


@dataclass(frozen=True)
class Wish:
    """What the address asks for beside the place."""

    #: How many messages of the conversation, the newest ones.
    last: int = 100
    #: Above which message the line "New messages" stands; None: where this person's reading ended.
    new_after: str | None = None
    #: The message that is being edited.
    editing: str | None = None

    @classmethod
    def of(cls, request: Request) -> "Wish":
        asked = request.query_params
        last = asked.get("last", "")
        many = int(last) if _FEW_DIGITS.fullmatch(last) else 0
        new = asked.get("new", "")
        return cls(max(many, cls.last), new if STAMP.fullmatch(new) else None, asked.get("edit"))


def person_in(world: World, request: Request) -> Person:
    """Who acts: `{user}` in the address. HTTPException 404 for nobody one can be."""
    user = request.path_params["user"]
    for person in world.slack.people():
        if person.id == user and can_be(person):
            return person
    raise HTTPException(404, "There is nobody like that in this workspace, or they have left it.")


def can_be(person: Person) -> bool:
    """Whether somebody may step into their shoes: not a bot, not deactivated."""
    return not person.account.deleted and not person.account.is_bot


def channel_named(world: World, person: Person, channel_id: str) -> Channel:
    """A conversation this person can see. HTTPException 404 otherwise: Slack does not tell that it exists."""
    try:
        channel = world.slack.channel(channel_id)
    except KeyError:
        channel = None
    if channel is None or channel.id != channel_id or not person.sees(channel):
        raise HTTPException(404, f"{person.name} sees no such conversation.")
    return channel


def message_in(person: Person, channel: Channel, ts: str) -> Message:
    """A message this person sees there. HTTPException 404 otherwise."""
    found = next((message for message in person.reads(channel) if message.ts == ts), None)
    if found is None:
        raise HTTPException(404, "That message is not there (any more).")
    return found
