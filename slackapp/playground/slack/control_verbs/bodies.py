"""What requests to the control API name: messages, views and elements; somebody new, and a new channel."""

from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.views import View


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MessageRef(Body):
    """Which message: its conversation and timestamp."""

    channel: str
    ts: str

    def message(self) -> Message:
        return Message(self.ts, self.channel, "", "")


class ViewRef(Body):
    """Which of the views before this person."""

    view: str

    def of(self, person: Someone) -> View:
        for view in (person.top, person.home):
            if view is not None and view.id == self.view:
                return view
        raise ImpossibleError(f"{person.name} does not have that view before them")


class ElementRef(Body):
    """Which element of a message or view: its block's id and its own."""

    block_id: str
    action_id: str


Name: TypeAlias = str | ElementRef


class NewPerson(Body):
    name: str
    title: str = ""
    tz: str = "Europe/London"
    admin: bool = False
    owner: bool = False
    guest: bool = False
    single_channel_guest: bool = False
    bot: bool = False
    deleted: bool = False
    stranger: bool = False


class NewChannel(Body):
    name: str
    people: list[str] = []
    private: bool = False
    with_bot: bool = True


def named(name: Name) -> str | ElementId:
    return name if isinstance(name, str) else ElementId(name.block_id, name.action_id)


def shown_on(ref: MessageRef | ViewRef | None, person: Someone) -> Message | View | None:
    if ref is None:
        return None
    return ref.message() if isinstance(ref, MessageRef) else ref.of(person)
