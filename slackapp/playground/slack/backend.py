"""One Slack: workspace, screens, delivery and records as a single value that every other part works on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from slackapp.playground.slack.delivery import Delivery
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.fault_injection import FaultInjector
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.journal import Journal
from slackapp.playground.slack.manifest import Manifest
from slackapp.playground.slack.pacing import Pacing
from slackapp.playground.slack.record import Record
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.shapes import message_json
from slackapp.playground.slack.sockets import Sockets
from slackapp.playground.slack.tickets import ResponseUrls, Triggers
from slackapp.playground.slack.timing import Timing
from slackapp.playground.slack.traffic import Traffic
from slackapp.playground.slack.views import Screens, View, view_json
from slackapp.playground.slack.workspace import Workspace


@dataclass(frozen=True)
class Options:
    """How this Slack behaves; see `StandIn.serve`."""

    paced: bool = False
    history_lag: float = 0.0
    team_name: str = "Ferrybridge"
    timing: Timing = field(default_factory=Timing)


class Slack:
    """Slack's own side of everything, without a server around it. Belongs to one event loop."""

    def __init__(
        self,
        manifest: Manifest,
        clock: Callable[[], float],
        options: Options,
        record: Path | None,
        state: Path | None,
    ) -> None:
        self.manifest = manifest
        self.options = options
        self.timing = options.timing
        self.journal = Journal(state)
        self.workspace = Workspace(clock, self.journal, options.team_name, manifest.bot_name)
        self.changes = self.workspace.changes
        self.record = Record(clock, record)
        self.screens = Screens(self.workspace.names)
        self.triggers = Triggers(options.timing)
        self.response_urls = ResponseUrls(options.timing)
        self.pacing = Pacing(on=options.paced)
        self.injector = FaultInjector(self.workspace)
        #: For how many seconds (wire time) history hides what is posted.
        self.history_lag = options.history_lag
        #: The same for the one call that is being answered, if it has its own.
        self.call_lag: float | None = None
        self.sockets = Sockets(self.workspace.app_id, self.changes)
        self.traffic = Traffic(clock)
        self.delivery = Delivery(
            self.sockets, self.workspace.tokens, options.timing, self.changes, self.traffic
        )
        #: Files promised by files.getUploadURLExternal, by file id, until they are completed.
        self.uploads: dict[str, Json] = {}
        #: After an uninstall every call is refused with this error.
        self.revoked: str | None = None
        #: Where the server listens, e.g. http://127.0.0.1:4444; known once it does.
        self.url = ""
        for home in self.workspace.homes.values():
            self.screens.publish(home["user"], home["view"])

    async def close(self) -> None:
        await self.delivery.close()
        self.record.close()
        self.journal.close()

    def apply(self, script: FaultScript) -> Json:
        """Carry out these orders; answers with what is held and what has befallen so far."""
        injector = self.injector
        if script.clear:
            injector.clear()
        for rule in script.rules:
            injector.add(rule)
        if script.seeded is not None:
            injector.sow(script.seeded)
        if script.outage is not None:
            injector.begin(script.outage)
        if script.release is not None:
            injector.release(script.release)
        if script.history_lag is not None:
            self.history_lag = script.history_lag
        if script.paced is not None:
            self.pacing.on = script.paced
        return {"held": injector.held, "befallen": dict(injector.befallen)}

    # What the app's bot may see

    def need(self, *scopes: str) -> None:
        """RefusedError `missing_scope` unless the manifest grants all of these."""
        if not self.manifest.grants(*scopes):
            provided = ",".join(sorted(self.manifest.scopes))
            missing = ",".join(scope for scope in scopes if scope not in self.manifest.scopes)
            raise RefusedError("missing_scope", needed=missing, provided=provided)

    def visible_channel(self, channel_id: str) -> Channel:
        """A conversation the bot can know of. RefusedError `channel_not_found`."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.private and self.workspace.bot_user_id not in channel.members):
            raise RefusedError("channel_not_found")
        return channel

    def joined_channel(self, channel_id: str) -> Channel:
        """A conversation the bot is in. RefusedError `channel_not_found` or `not_in_channel`."""
        channel = self.visible_channel(channel_id)
        if self.workspace.bot_user_id not in channel.members:
            raise RefusedError("not_in_channel")
        return channel

    # Messages

    def visible_from(self) -> float:
        """The wire time at which history shows what is posted now."""
        return time.monotonic() + (self.history_lag if self.call_lag is None else self.call_lag)

    def message_json(self, message: Message, *, metadata: bool = True) -> Json:
        return message_json(self.workspace, message, metadata=metadata)

    def view_json(self, view: View) -> Json:
        return view_json(view, self.workspace.identity)

    def whisper(self, message: Message, reader: str) -> None:
        """Show a message to one person only, until they reload."""
        self.screens.of(reader).whispers[message.channel, message.ts] = message
        self.changes.note()
