"""The stand-in in another process, driven through its control API in the words used for one in this."""

import asyncio
import http.client
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.delivery import Trouble
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.fault_orders import Faults
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.record import Call
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.views import View
from slackapp.playground.slack.wire_form import channel_from, message_from, value_form, view_from

_ERRORS: dict[int, Callable[[str], Exception]] = {
    400: ValueError,
    404: KeyError,
    409: ImpossibleError,
    504: TimeoutError,
}
_OK = 200


class _Wire:
    """Requests to the control API, each on its own connection: it may be asked from any thread."""

    def __init__(self, url: str, patience: float) -> None:
        self.patience = patience
        parts = urlsplit(url)
        self._host = parts.netloc

    def ask(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - what JSON holds
        connection = http.client.HTTPConnection(self._host, timeout=120)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(
                method, f"/control{path}", json.dumps(body or {}) if method == "POST" else None, headers
            )
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status != _OK:
            raise _ERRORS.get(response.status, RuntimeError)(answer["error"])
        return answer

    async def wait_for(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - as `ask`
        return await asyncio.to_thread(self.ask, method, path, body)


class RemotePerson:
    """A person at their screen, in another process. See `people.Someone`."""

    def __init__(self, wire: _Wire, user: str, name: str) -> None:
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
    ) -> None:
        await self._do("press", name=_name(name), on=_ref(message), value=value, confirm=confirm, times=times)

    async def choose(
        self, name: str | ElementId, option: object, message: Message | View | None = None
    ) -> None:
        await self._do("choose", name=_name(name), option=value_form(option), on=_ref(message))

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


class RemoteStandIn:
    """A stand-in served by another process, at `url` (its root, or its `SLACK_API_URL`).

    `patience`: seconds after which what somebody waits for without saying how long counts as missing.
    """

    def __init__(self, url: str, patience: float = 5.0) -> None:
        self._wire = _Wire(url, patience)
        self.faults = Faults(self.apply)

    def apply(self, script: FaultScript) -> Json:
        befallen: Json = self._wire.ask(
            "POST", "/faults", script.model_dump(mode="json", exclude_defaults=True)
        )
        return befallen

    def _all(self) -> Any:  # noqa: ANN401 - what JSON holds
        return self._wire.ask("GET", "/")

    @property
    def bot_user_id(self) -> str:
        return str(self._all()["bot_user_id"])

    def environment(self) -> dict[str, str]:
        environment: dict[str, str] = self._all()["environment"]
        return environment

    @property
    def calls(self) -> list[Call]:
        return [Call(**call) for call in self._wire.ask("GET", "/calls")["calls"]]

    @property
    def troubles(self) -> list[Trouble]:
        return [Trouble(**trouble) for trouble in self._wire.ask("GET", "/calls")["troubles"]]

    @property
    def connected(self) -> int:
        return int(self._all()["connected"])

    def messages(self, channel: Channel) -> list[Message]:
        answer = self._wire.ask("GET", f"/channels/{channel.id}/messages")
        return [message_from(form) for form in answer["messages"]]

    async def until(self, predicate: Callable[[], object], wait: float | None = None) -> None:
        wait = self._wire.patience if wait is None else wait
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while True:
            seen = self._wire.ask("GET", "/changes")["changes"]
            if predicate():
                return
            left = deadline - loop.time()
            if left <= 0:
                calls = [f"{call.method}{'' if call.ok else ' refused'}" for call in self.calls[-5:]]
                raise TimeoutError(
                    f"not within {wait} s. Last calls: {calls}. Troubles: {self.troubles[-3:]}."
                )
            await self._wire.wait_for("GET", f"/changes?after={seen}&wait={left}")

    async def quiet(self, wait: float | None = None) -> None:
        wait = self._wire.patience if wait is None else wait
        await self._wire.wait_for("POST", "/quiet", {"wait": wait})

    def person(self, name: str) -> RemotePerson:
        for person in self._all()["people"]:
            if name in (person["id"], person["name"]):
                return self._person(person)
        raise KeyError(name)

    def people(self) -> list[RemotePerson]:
        return [self._person(person) for person in self._all()["people"]]

    def _person(self, person: Json) -> RemotePerson:
        return RemotePerson(self._wire, person["id"], person["name"])

    def channel(self, name: str) -> Channel:
        for channel in self.channels():
            if name in (channel.id, channel.name):
                return channel
        raise KeyError(name)

    def channels(self) -> list[Channel]:
        return [channel_from(form) for form in self._all()["channels"]]

    def add_person(  # noqa: PLR0913 - a person's traits, each by name
        self,
        name: str,
        *,
        title: str = "",
        tz: str = "Europe/London",
        admin: bool = False,
        owner: bool = False,
        guest: bool = False,
        single_channel_guest: bool = False,
        bot: bool = False,
        deleted: bool = False,
        stranger: bool = False,
    ) -> RemotePerson:
        traits = {
            "name": name,
            "title": title,
            "tz": tz,
            "admin": admin,
            "owner": owner,
            "guest": guest,
            "single_channel_guest": single_channel_guest,
            "bot": bot,
            "deleted": deleted,
            "stranger": stranger,
        }
        return self._person(self._wire.ask("POST", "/people", traits))

    def add_channel(
        self, name: str, people: Sequence[Someone] = (), *, private: bool = False, with_bot: bool = True
    ) -> Channel:
        ids = [person.id for person in people]
        body = {"name": name, "people": ids, "private": private, "with_bot": with_bot}
        return channel_from(self._wire.ask("POST", "/channels", body))

    def join(self, channel: Channel, person: Someone, by: Someone | None = None) -> Channel:
        return self._becomes(channel, "join", person=person.id, by=by.id if by else None)

    def leave(self, channel: Channel, person: Someone) -> Channel:
        return self._becomes(channel, "leave", person=person.id)

    def invite_bot(self, channel: Channel, by: Someone | None = None) -> Channel:
        return self._becomes(channel, "invite-bot", by=by.id if by else None)

    def remove_bot(self, channel: Channel) -> Channel:
        return self._becomes(channel, "remove-bot")

    def archive(self, channel: Channel, *, archived: bool = True) -> Channel:
        return self._becomes(channel, "archive", archived=archived)

    def make_private(self, channel: Channel) -> Channel:
        return self._becomes(channel, "make-private")

    def rename(self, channel: Channel, name: str) -> Channel:
        return self._becomes(channel, "rename", name=name)

    def _becomes(self, channel: Channel, verb: str, **body: object) -> Channel:
        return channel_from(self._wire.ask("POST", f"/channels/{channel.id}/{verb}", body))

    def deactivate(self, person: Someone) -> None:
        self._wire.ask("POST", f"/people/{person.id}/deactivate")

    def set_zone(self, person: Someone, tz: str) -> None:
        self._wire.ask("POST", f"/people/{person.id}/set-zone", {"tz": tz})

    def uninstall(self) -> None:
        self._wire.ask("POST", "/app/uninstall")

    async def drop_sockets(self, reason: str = "refresh_requested") -> None:
        await self._wire.wait_for("POST", "/app/drop-sockets", {"reason": reason})


def _name(name: str | ElementId) -> str | Json:
    return name if isinstance(name, str) else asdict(name)


def _ref(it: Message | View | None) -> Json | None:
    if it is None:
        return None
    return {"view": it.id} if isinstance(it, View) else {"channel": it.channel, "ts": it.ts}
