"""The stand-in as a value: serve it, look into it, and change what a workspace's admins change."""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from slackapp.playground.slack import control, events
from slackapp.playground.slack.backend import Options, Slack
from slackapp.playground.slack.changes import Changes
from slackapp.playground.slack.delivery import Trouble
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.fault_orders import Faults
from slackapp.playground.slack.fault_script import FaultScript, read_script
from slackapp.playground.slack.ids import new_id
from slackapp.playground.slack.listening import listening
from slackapp.playground.slack.manifest import Manifest, read_manifest
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.person import Person
from slackapp.playground.slack.record import Call
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.server import application
from slackapp.playground.slack.timing import Timing
from slackapp.playground.slack.traffic import Traffic
from slackapp.playground.slack.workspace import SLACKBOT


class StandIn:
    """A served Slack workspace with one app installed."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        #: Orders what befalls the app's calls.
        self.faults = Faults(slack.apply)

    @classmethod
    @asynccontextmanager
    async def serve(  # noqa: PLR0913 - every way in which a Slack can differ, each by name
        cls,
        manifest: Path | str | Mapping[str, Any],
        *,
        clock: Callable[[], float] = time.time,
        host: str = "127.0.0.1",
        port: int = 0,
        record: Path | str | None = None,
        state: Path | str | None = None,
        request_url: str | None = None,
        paced: bool = False,
        history_lag: float = 0.0,
        faults: FaultScript | Mapping[str, Any] | Path | str | None = None,
        team_name: str = "Ferrybridge",
        timing: Timing | None = None,
    ) -> AsyncIterator["StandIn"]:
        """Serve a workspace on loopback while the block runs.

        `clock` is story time in epoch seconds. `record` gets every call as a JSON line. `state` keeps the
        workspace over a restart. `request_url` is where payloads go by HTTP; None means Socket Mode. `paced`
        switches Slack's rate limits on. `history_lag` is for how many seconds (wire time) history hides what
        was just posted. `faults` is a fault script or the JSON file with one; `StandIn.faults` orders more.
        Raises `StateError` for a `state` that holds something else.
        """
        script = read_script(faults)
        options = Options(paced, history_lag, team_name, timing or Timing())
        files = [None if path is None else Path(path) for path in (record, state)]
        slack = Slack(read_manifest(manifest), clock, options, *files)
        slack.delivery.request_url = request_url
        try:
            stand_in = cls(slack)
            app = application(slack, control.routes(stand_in, slack.changes))
            async with listening(slack, app, host, port):
                slack.apply(script)
                yield stand_in
        finally:
            await slack.close()

    # How to reach it

    @property
    def url(self) -> str:
        return self._slack.url

    @property
    def api_url(self) -> str:
        return f"{self._slack.url}/api/"

    @property
    def bot_token(self) -> str:
        return self._slack.workspace.tokens.bot

    @property
    def app_token(self) -> str:
        return self._slack.workspace.tokens.app

    @property
    def signing_secret(self) -> str:
        return self._slack.workspace.tokens.signing_secret

    @property
    def team_id(self) -> str:
        return self._slack.workspace.team_id

    @property
    def app_id(self) -> str:
        return self._slack.workspace.app_id

    @property
    def bot_user_id(self) -> str:
        return self._slack.workspace.bot_user_id

    @property
    def request_url(self) -> str | None:
        """Where payloads go by HTTP; None: over the app's sockets."""
        return self._slack.delivery.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._slack.delivery.request_url = url

    def environment(self) -> dict[str, str]:
        """What an app needs to run against this Slack."""
        shared = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_API_URL": self.api_url}
        if self.request_url is None:
            return {**shared, "SLACK_APP_TOKEN": self.app_token}
        return {**shared, "SLACK_SIGNING_SECRET": self.signing_secret}

    # What happened

    @property
    def calls(self) -> list[Call]:
        """Every call the app made, the oldest first; see `remember`."""
        return self._slack.record.calls

    @property
    def troubles(self) -> list[Trouble]:
        """What was sent to the app and came to nothing, and answers that Slack would not have taken."""
        return self._slack.delivery.troubles

    @property
    def traffic(self) -> Traffic:
        """The latest requests to the app and calls of it, with what was answered and how long that took."""
        return self._slack.traffic

    def remember(self, latest: int) -> None:
        """Keep only so many of the latest calls and troubles from now on, rather than all of them."""
        self._slack.record.keep(latest)
        self._slack.delivery.keep(latest)

    @property
    def connected(self) -> int:
        """How many sockets the app has open."""
        return len(self._slack.sockets)

    @property
    def name(self) -> str:
        return self._slack.workspace.team_name

    @property
    def manifest(self) -> Manifest:
        return self._slack.manifest

    @property
    def changes(self) -> Changes:
        """Rises with whatever happens in the workspace; note what else a page should be drawn anew for."""
        return self._slack.changes

    def messages(self, channel: Channel) -> list[Message]:
        """Everything said in a conversation by time, replies included, whispers not."""
        return self._slack.workspace.room(channel.id).everything()

    async def until(self, predicate: Callable[[], object], wait: float | None = None) -> None:
        """Return as soon as the predicate holds. TimeoutError, saying what last happened, after `wait` s."""
        wait = self._slack.timing.patience if wait is None else wait
        await self._slack.changes.until(predicate, wait, lambda: f"not within {wait} s. {self._lately()}")

    async def quiet(self, wait: float | None = None) -> None:
        """Return once nothing is on its way to the app; retries that wait for their time do not count."""
        wait = self._slack.timing.patience if wait is None else wait
        await self._slack.changes.until(
            lambda: not self._slack.delivery.under_way,
            wait,
            lambda: f"still busy after {wait} s. {self._lately()}",
        )

    def _lately(self) -> str:
        calls = ", ".join(f"{call.method}{'' if call.ok else ' refused'}" for call in self.calls[-5:])
        return f"Last calls: {calls or 'none'}. Troubles: {self.troubles[-3:] or 'none'}."

    # Who and where

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
    ) -> Person:
        """A new member; a `stranger` is of another organisation. KeyError for a zone that does not exist."""
        ZoneInfo(tz)
        account = self._slack.workspace.new_account(
            name,
            team_id=new_id("T") if stranger else self.team_id,
            tz=tz,
            title=title,
            deleted=deleted,
            is_admin=admin,
            is_owner=owner,
            is_restricted=guest or single_channel_guest,
            is_ultra_restricted=single_channel_guest,
            is_bot=bot,
            is_stranger=stranger,
        )
        events.user_changed(self._slack, account.id, new=True)
        return Person(self._slack, account.id)

    def person(self, name: str) -> Person:
        """The member with this name or id. KeyError if there is none."""
        accounts = self._slack.workspace.accounts
        if name in accounts:
            return Person(self._slack, name)
        named = next((account for account in accounts.values() if account.name == name), None)
        if named is None:
            raise KeyError(name)
        return Person(self._slack, named.id)

    def people(self) -> list[Person]:
        """Everybody but Slackbot and the app's own bot."""
        hidden = (SLACKBOT, self.bot_user_id)
        return [Person(self._slack, user) for user in self._slack.workspace.accounts if user not in hidden]

    def channel(self, name: str) -> Channel:
        """The channel with this name or id, as it stands now. KeyError if there is none."""
        channels = self._slack.workspace.channels
        found = channels.get(name) or next(
            (channel for channel in self.channels() if channel.name == name), None
        )
        if found is None:
            raise KeyError(name)
        return found

    def channels(self) -> list[Channel]:
        """Every channel, without the direct messages."""
        return [channel for channel in self._slack.workspace.channels.values() if not channel.is_im]

    def add_channel(
        self, name: str, people: Sequence[Someone] = (), *, private: bool = False, with_bot: bool = True
    ) -> Channel:
        workspace = self._slack.workspace
        if any(channel.name == name and not channel.is_im for channel in workspace.channels.values()):
            raise ImpossibleError(f"there already is a channel #{name}")
        members = [*(person.id for person in people), *([self.bot_user_id] if with_bot else [])]
        channel = Channel(new_id("C"), name, int(workspace.clock()), private, members=tuple(members))
        workspace.save_channel(channel)
        return channel

    def join(self, channel: Channel, person: Someone, by: Someone | None = None) -> Channel:
        return self._moved(channel, person.id, by, joined=True)

    def leave(self, channel: Channel, person: Someone) -> Channel:
        return self._moved(channel, person.id, None, joined=False)

    def invite_bot(self, channel: Channel, by: Someone | None = None) -> Channel:
        return self._moved(channel, self.bot_user_id, by, joined=True)

    def remove_bot(self, channel: Channel) -> Channel:
        return self._moved(channel, self.bot_user_id, None, joined=False)

    def _moved(self, channel: Channel, user: str, by: Someone | None, *, joined: bool) -> Channel:
        workspace = self._slack.workspace
        before = workspace.channels[channel.id]
        if (user in before.members) == joined:
            raise ImpossibleError(
                f"{workspace.names[user]} is {'already' if joined else 'not'} in #{before.name}"
            )
        after = workspace.join(before, user) if joined else workspace.leave(before, user)
        events.member_moved(self._slack, after, user, by.id if by else None, joined=joined)
        return after

    def archive(self, channel: Channel, *, archived: bool = True) -> Channel:
        after = replace(self._slack.workspace.channels[channel.id], archived=archived)
        return self._changed("archive" if archived else "unarchive", after)

    def make_private(self, channel: Channel) -> Channel:
        """Keep the channel to those in it. Slack sends no event of it to apps."""
        after = replace(self._slack.workspace.channels[channel.id], private=True)
        self._slack.workspace.save_channel(after)
        return after

    def rename(self, channel: Channel, name: str) -> Channel:
        return self._changed("rename", replace(self._slack.workspace.channels[channel.id], name=name))

    def _changed(self, what: str, channel: Channel) -> Channel:
        self._slack.workspace.save_channel(channel)
        by = channel.members[0] if channel.members else SLACKBOT
        events.channel_changed(self._slack, what, channel, by)
        return channel

    def deactivate(self, person: Someone) -> None:
        """Deactivate a member: their screen is gone, their messages stay."""
        workspace = self._slack.workspace
        workspace.save_account(replace(workspace.accounts[person.id], deleted=True))
        Person(self._slack, person.id).reload()
        events.user_changed(self._slack, person.id, new=False)

    def set_zone(self, person: Someone, tz: str) -> None:
        """Somebody moves to another time zone. KeyError for one that does not exist."""
        ZoneInfo(tz)
        workspace = self._slack.workspace
        workspace.save_account(replace(workspace.accounts[person.id], tz=tz))
        events.user_changed(self._slack, person.id, new=False)

    # What happens to the app

    def uninstall(self) -> None:
        """An admin removes the app: it is told, and its tokens are dead from now on."""
        self._slack.revoked = "account_inactive"
        events.uninstalled(self._slack)

    def apply(self, script: FaultScript) -> Json:
        """Carry out a fault script; answers with what is `held` and what has `befallen`."""
        return self._slack.apply(script)

    async def drop_sockets(self, reason: str = "refresh_requested") -> None:
        """Make the app reconnect, as Slack does every few hours."""
        await self._slack.sockets.disconnect(reason)
