"""A person at their screen in another process, driven in the words used for one in this."""

from dataclasses import asdict
from typing import Any

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.remote.wire import Wire
from slackapp.playground.slack.views import View
from slackapp.playground.slack.wire_form import channel_from, message_from, value_form, view_from


class RemotePerson:
    """A person at their screen, in another process. See `people.Someone`."""

    def __init__(self, wire: Wire, user: str, name: str) -> None:
        self.id = user
        self.name = name
        self._wire = wire

    def __repr__(self) -> str:
        return f"RemotePerson({self.id!r}, {self.name!r})"

    def _now(self, verb: str, **body: object) -> Any:  # noqa: ANN401 - what JSON holds
        return self._wire.ask("POST", f"/people/{self.id}/{verb}", body)

    async def _do(self, verb: str, **body: object) -> Any:  # noqa: ANN401 - what JSON holds
        return await self._wire.wait_for("POST", f"/people/{self.id}/{verb}", body)

    def _before_them(self, what: str) -> View | None:
        view = self._wire.ask("GET", f"/people/{self.id}")[what]
        return None if view is None else view_from(view)

    @property
    def dm(self) -> Channel:
        return channel_from(self._wire.ask("GET", f"/people/{self.id}")["dm"])

    @property
    def top(self) -> View | None:
        return self._before_them("top")

    @property
    def has_modal(self) -> bool:
        return self.top is not None

    @property
    def home(self) -> View | None:
        return self._before_them("home")

    def reads(self, channel: Channel) -> list[Message]:
        return [message_from(form) for form in self._now("reads", channel=channel.id)["messages"]]

    def reload(self) -> None:
        self._now("reload")

    def fill(self, name: str | ElementId, value: object, message: Message | View | None = None) -> None:
        self._now("fill", name=_name(name), value=value_form(value), on=_ref(message))

    async def modal(self, wait: float | None = None) -> View:
        wait = self._wire.patience if wait is None else wait
        return view_from((await self._do("modal", wait=wait))["view"])

    async def command(
        self, name: str, text: str = "", channel: Channel | None = None, *, thread: Message | None = None
    ) -> Message | None:
        where = None if channel is None else channel.id
        answer = (await self._do("command", name=name, text=text, channel=where, thread=_ref(thread)))[
            "message"
        ]
        return None if answer is None else message_from(answer)

    async def press(
        self,
        name: str | ElementId,
        message: Message | View | None = None,
        *,
        value: str | None = None,
        confirm: bool = True,
        times: int = 1,
    ) -> bool:
        pressed = {"name": _name(name), "on": _ref(message), "value": value}
        taken: bool = (await self._do("press", **pressed, confirm=confirm, times=times))["taken"]
        return taken

    async def choose(
        self, name: str | ElementId, option: object, message: Message | View | None = None
    ) -> bool:
        chosen = {"name": _name(name), "option": value_form(option), "on": _ref(message)}
        taken: bool = (await self._do("choose", **chosen))["taken"]
        return taken

    async def search(
        self, name: str | ElementId, typed: str, message: Message | View | None = None
    ) -> list[str]:
        answer = await self._do("search", name=_name(name), typed=typed, on=_ref(message))
        options: list[str] = answer["options"]
        return options

    async def submit(self, *, times: int = 1) -> dict[str, str]:
        errors: dict[str, str] = (await self._do("submit", times=times))["errors"]
        return errors

    async def close_modal(self, *, everything: bool = False) -> None:
        await self._do("close-modal", everything=everything)

    async def say(
        self, channel: Channel, text: str, thread: Message | None = None, *, file: bool = False
    ) -> Message:
        said = await self._do("say", channel=channel.id, text=text, thread=_ref(thread), file=file)
        return message_from(said["message"])

    async def edit(self, message: Message, text: str) -> Message:
        return message_from((await self._do("edit", message=_ref(message), text=text))["message"])

    async def delete(self, message: Message) -> None:
        await self._do("delete", message=_ref(message))

    async def react(self, message: Message, name: str) -> None:
        await self._do("react", message=_ref(message), name=name)

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        await self._do("shortcut", callback_id=callback_id, message=_ref(message))

    async def open_home(self) -> View | None:
        view = (await self._do("open-home"))["view"]
        return None if view is None else view_from(view)


def _name(name: str | ElementId) -> str | Json:
    return name if isinstance(name, str) else asdict(name)


def _ref(it: Message | View | None) -> Json | None:
    if it is None:
        return None
    return {"view": it.id} if isinstance(it, View) else {"channel": it.channel, "ts": it.ts}
