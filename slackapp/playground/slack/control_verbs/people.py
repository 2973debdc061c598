"""What the control API lets people do: one model for each verb, its fields being the request's body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slackapp.playground.slack.control_verbs.bodies import (
    Body,
    MessageRef,
    Name,
    ViewRef,
    named,
    shown_on,
)
from slackapp.playground.slack.people import AnySlack, Someone
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.wire_form import message_form, view_form


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
        by.person.fill(named(self.name), self.value, shown_on(self.on, by.person))
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
        taken = await by.person.press(
            named(self.name),
            shown_on(self.on, by.person),
            value=self.value,
            confirm=self.confirm,
            times=self.times,
        )
        return {"taken": taken}


class Choose(PersonVerb):
    name: Name
    option: Any
    on: MessageRef | ViewRef | None = None

    async def act(self, by: Actor) -> Json:
        taken = await by.person.choose(named(self.name), self.option, shown_on(self.on, by.person))
        return {"taken": taken}


class Search(PersonVerb):
    name: Name
    typed: str
    on: MessageRef | ViewRef | None = None

    async def act(self, by: Actor) -> Json:
        on = shown_on(self.on, by.person)
        return {"options": await by.person.search(named(self.name), self.typed, on)}


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
