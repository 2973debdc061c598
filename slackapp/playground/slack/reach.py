"""What a person can see and touch, and a sentence for what they cannot."""

from dataclasses import dataclass

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.records import Account, Channel, Message
from slackapp.playground.slack.surface import Surface
from slackapp.playground.slack.views import Screen, View


@dataclass(frozen=True)
class Reach:
    """How far one person reaches. What is beyond it raises ImpossibleError."""

    slack: Slack
    user: str

    @property
    def account(self) -> Account:
        return self.slack.workspace.accounts[self.user]

    @property
    def _screen(self) -> Screen:
        return self.slack.screens.of(self.user)

    def active(self) -> None:
        if self.account.deleted:
            raise ImpossibleError(f"{self.account.name}'s account is deactivated")

    def visible(self, channel: Channel) -> Channel:
        current = self.slack.workspace.channels[channel.id]
        open_to_all = not current.private and not current.is_im
        guest = self.account.is_restricted or self.account.is_ultra_restricted or self.account.is_stranger
        if self.user not in current.members and (guest or not open_to_all):
            raise ImpossibleError(f"{self.account.name} cannot see {current.name or 'this conversation'}")
        return current

    def writable(self, channel: Channel) -> Channel:
        current = self.visible(channel)
        if self.user not in current.members:
            raise ImpossibleError(f"{self.account.name} is not in #{current.name}")
        if current.archived:
            raise ImpossibleError(f"#{current.name} is archived")
        manifest = self.slack.manifest
        if current.is_im and (not manifest.messages_tab or manifest.messages_read_only):
            raise ImpossibleError("sending messages to this app has been turned off")
        return current

    def current(self, message: Message) -> Message:
        """The message as it is now on this person's screen."""
        whisper = self._screen.whispers.get((message.channel, message.ts))
        if whisper is not None:
            return whisper
        channel = self.visible(self.slack.workspace.channels[message.channel])
        current = self.slack.workspace.message(channel.id, message.ts)
        if current is None or current.subtype == "tombstone":
            raise ImpossibleError(f"{self.account.name} does not see that message (any more)")
        return current

    def own(self, message: Message) -> Message:
        self.active()
        current = self.current(message)
        if current.user != self.user:
            raise ImpossibleError("only its author can change a message")
        return current

    def top(self) -> View:
        if not self._screen.modals:
            raise ImpossibleError(f"{self.account.name} has no modal open")
        return self._screen.modals[-1]

    def surface(self, it: Message | View | None) -> Surface:
        """What they have their finger on: this message or view, or by default the top modal, else Home."""
        self.active()
        if isinstance(it, Message):
            current = self.current(it)
            if (
                not current.ephemeral
                and self.user not in self.slack.workspace.channels[current.channel].members
            ):
                raise ImpossibleError(f"{self.account.name} has to join the channel first")
            return Surface(self.slack, self.user, current)
        screen = self._screen
        top = screen.modals[-1] if screen.modals else None
        home = screen.home if screen.looks_at_home else None
        if it is not None and it.id not in [view.id for view in (top, home) if view is not None]:
            raise ImpossibleError(f"{self.account.name} does not have that view before them")
        view = home if it is not None and home is not None and it.id == home.id else top or home
        if view is None:
            raise ImpossibleError(
                f"{self.account.name} has neither a modal nor Home before them: say which message"
            )
        return Surface(self.slack, self.user, view)
