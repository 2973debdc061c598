"""The stand-in in another process, driven through its control API in the words used for one in this."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from slackapp.playground.slack.delivery import Trouble
from slackapp.playground.slack.fault_orders import Faults
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.record import Call
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.remote.person import RemotePerson
from slackapp.playground.slack.remote.wire import Wire
from slackapp.playground.slack.wire_form import channel_from, message_from


class RemoteStandIn:
    """A stand-in served by another process, at `url` (its root, or its `SLACK_API_URL`).

    `patience`: seconds after which what somebody waits for without saying how long counts as missing.
    """

    def __init__(self, url: str, patience: float = 5.0) -> None:
        self._wire = Wire(url, patience)
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
