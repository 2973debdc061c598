"""What the control API lets people do: one model for each verb, its fields being the request's body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.people import AnySlack, Someone
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.views import View
from slackapp.playground.slack.wire_form import message_form, view_form


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


@dataclass(frozen=True)
class Actor:
    """Who does it, and in which workspace."""

    slack: AnySlack
    person: Someone


class PersonVerb(Body):
    async def act(self, by: Actor) -> Json:
        raise NotImplementedError


class Reads(PersonVerb):
    channel: str

    async def act(self, by: Actor) -> Json:
        channel = by.slack.channel(self.channel)
        return {"messages": [message_form(message) for message in by.person.reads(channel)]}


class Reload(PersonVerb):
    async def act(self, by: Actor) -> Json:
        by.person.reload()
        return {}


class Modal(PersonVerb):
    wait: float = 3.0

    async def act(self, by: Actor) -> Json:
        return {"view": view_form(await by.person.modal(self.wait))}


class Fill(PersonVerb):
    name: Name
    value: Any
    on: MessageRef | ViewRef | None = None

    async def act(self, by: Actor) -> Json:
        by.person.fill(_named(self.name), self.value, _on(self.on, by.person))
        return {}


class Command(PersonVerb):
    name: str
    text: str = ""
    channel: str | None = None
    thread: MessageRef | None = None

    async def act(self, by: Actor) -> Json:
        channel = None if self.channel is None else by.slack.channel(self.channel)
        thread = None if self.thread is None else self.thread.message()
        answer = await by.person.command(self.name, self.text, channel, thread=thread)
        return {"message": None if answer is None else message_form(answer)}


class Press(PersonVerb):
    name: Name
    on: MessageRef | ViewRef | None = None
    value: str | None = None
    confirm: bool = True
    times: int = 1

    async def act(self, by: Actor) -> Json:
        await by.person.press(
            _named(self.name),
            _on(self.on, by.person),
            value=self.value,
            confirm=self.confirm,
            times=self.times,
        )
        return {}


class Choose(PersonVerb):
    name: Name
    option: Any
    on: MessageRef | ViewRef | None = None

    async def act(self, by: Actor) -> Json:
        await by.person.choose(_named(self.name), self.option, _on(self.on, by.person))
        return {}


class Search(PersonVerb):
    name: Name
    typed: str
    on: MessageRef | ViewRef | None = None

    async def act(self, by: Actor) -> Json:
        on = _on(self.on, by.person)
        return {"options": await by.person.search(_named(self.name), self.typed, on)}


class Submit(PersonVerb):
    times: int = 1

    async def act(self, by: Actor) -> Json:
        return {"errors": await by.person.submit(times=self.times)}


class CloseModal(PersonVerb):
    everything: bool = False

    async def act(self, by: Actor) -> Json:
        await by.person.close_modal(everything=self.everything)
        return {}


class Say(PersonVerb):
    channel: str
    text: str
    thread: MessageRef | None = None
    file: bool = False

    async def act(self, by: Actor) -> Json:
        thread = None if self.thread is None else self.thread.message()
        said = await by.person.say(by.slack.channel(self.channel), self.text, thread, file=self.file)
        return {"message": message_form(said)}


class Edit(PersonVerb):
    message: MessageRef
    text: str

    async def act(self, by: Actor) -> Json:
        return {"message": message_form(await by.person.edit(self.message.message(), self.text))}


class Delete(PersonVerb):
    message: MessageRef

    async def act(self, by: Actor) -> Json:
        await by.person.delete(self.message.message())
        return {}


class React(PersonVerb):
    message: MessageRef
    name: str

    async def act(self, by: Actor) -> Json:
        await by.person.react(self.message.message(), self.name)
        return {}


class Shortcut(PersonVerb):
    callback_id: str
    message: MessageRef | None = None

    async def act(self, by: Actor) -> Json:
        await by.person.shortcut(self.callback_id, self.message.message() if self.message else None)
        return {}


class OpenHome(PersonVerb):
    async def act(self, by: Actor) -> Json:
        view = await by.person.open_home()
        return {"view": None if view is None else view_form(view)}


class Deactivate(PersonVerb):
    async def act(self, by: Actor) -> Json:
        by.slack.deactivate(by.person)
        return {}


class SetZone(PersonVerb):
    tz: str

    async def act(self, by: Actor) -> Json:
        by.slack.set_zone(by.person, self.tz)
        return {}


PERSON_VERBS: Mapping[str, type[PersonVerb]] = {
    "reads": Reads,
    "reload": Reload,
    "modal": Modal,
    "fill": Fill,
    "command": Command,
    "press": Press,
    "choose": Choose,
    "search": Search,
    "submit": Submit,
    "close-modal": CloseModal,
    "say": Say,
    "edit": Edit,
    "delete": Delete,
    "react": React,
    "shortcut": Shortcut,
    "open-home": OpenHome,
    "deactivate": Deactivate,
    "set-zone": SetZone,
}


class ChannelVerb(Body):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        raise NotImplementedError


class Join(ChannelVerb):
    person: str
    by: str | None = None

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        by = None if self.by is None else slack.person(self.by)
        return slack.join(channel, slack.person(self.person), by)


class Leave(ChannelVerb):
    person: str

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.leave(channel, slack.person(self.person))


class InviteBot(ChannelVerb):
    by: str | None = None

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.invite_bot(channel, None if self.by is None else slack.person(self.by))


class RemoveBot(ChannelVerb):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.remove_bot(channel)


class Archive(ChannelVerb):
    archived: bool = True

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.archive(channel, archived=self.archived)


class MakePrivate(ChannelVerb):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.make_private(channel)


class Rename(ChannelVerb):
    name: str

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.rename(channel, self.name)


CHANNEL_VERBS: Mapping[str, type[ChannelVerb]] = {
    "join": Join,
    "leave": Leave,
    "invite-bot": InviteBot,
    "remove-bot": RemoveBot,
    "archive": Archive,
    "make-private": MakePrivate,
    "rename": Rename,
}


def _named(name: Name) -> str | ElementId:
    return name if isinstance(name, str) else ElementId(name.block_id, name.action_id)


def _on(ref: MessageRef | ViewRef | None, person: Someone) -> Message | View | None:
    if ref is None:
        return None
    return ref.message() if isinstance(ref, MessageRef) else ref.of(person)
