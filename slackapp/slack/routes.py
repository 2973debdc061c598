"""What comes in from Slack, as the listeners of our features see it, and the routes that say who answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from slackapp.core.transaction import Tx
from slackapp.slack.replies import Reply

#: What stands in an input: text, one choice, several, or nothing.
Value = str | list[str] | None


@dataclass(frozen=True)
class Command:
    """A slash command, with what was typed after it."""

    user: str
    channel: str
    text: str

    @property
    def in_direct_message(self) -> bool:
        return self.channel.startswith("D")


@dataclass(frozen=True)
class Click:
    """A button pressed, or an option chosen, in a message, in a modal or on App Home."""

    user: str
    action_id: str
    value: str | None
    #: Where the message is; None in a modal and on Home.
    channel: str | None = None
    #: Which message it is in; None in a modal and on Home.
    message_ts: str | None = None
    #: Only they see that message, and nobody redraws it.
    in_whisper: bool = False
    #: What a modal's inputs hold so far, by block id.
    values: Mapping[str, Value] = field(default_factory=dict)
    #: The modal's `private_metadata`: ids, never secrets.
    metadata: str = ""


@dataclass(frozen=True)
class Submission:
    """A modal submitted: its values by block id."""

    user: str
    values: Mapping[str, Value]
    metadata: str = ""
    #: What stood in each input at first, by block id: where `values` says the same nothing was changed.
    shown: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Shortcut:
    """Something chosen from the menu of a message, with that message."""

    user: str
    channel: str
    message_ts: str
    #: The thread the message is in, or has started; None outside threads.
    thread_ts: str | None
    text: str


@dataclass(frozen=True)
class DirectMessage:
    """Something a person wrote to the app, in the direct message channel they share."""

    user: str
    channel: str
    text: str
    ts: str
    thread_ts: str | None = None
    has_files: bool = False
    #: It was said before, in other words; `ts` is that of the message as ever.
    is_edit: bool = False


@dataclass(frozen=True)
class Joined:
    """The app was invited into a channel."""

    channel: str
    inviter: str | None


@dataclass(frozen=True)
class HomeOpened:
    """A person looks at their App Home, or it has to be drawn anew after what they did there."""

    user: str


@dataclass(frozen=True)
class OnCommand:
    command: str
    handle: Callable[[Tx, Command], Awaitable[Reply]]


@dataclass(frozen=True)
class OnAction:
    action_id: str
    handle: Callable[[Tx, Click], Awaitable[Reply]]


@dataclass(frozen=True)
class OnSubmit:
    callback_id: str
    handle: Callable[[Tx, Submission], Awaitable[Reply]]


@dataclass(frozen=True)
class OnShortcut:
    callback_id: str
    handle: Callable[[Tx, Shortcut], Awaitable[Reply]]


@dataclass(frozen=True)
class OnDirectMessage:
    handle: Callable[[Tx, DirectMessage], Awaitable[Reply]]


@dataclass(frozen=True)
class OnChannelJoined:
    #: What it replies is said to nobody: nobody spoke to us.
    handle: Callable[[Tx, Joined], Awaitable[Reply]]


@dataclass(frozen=True)
class OnHomeOpened:
    #: Answers `PublishHome`. It reads only: after what was done on Home it is called outside of any change.
    handle: Callable[[Tx, HomeOpened], Awaitable[Reply]]


Route = OnCommand | OnAction | OnSubmit | OnShortcut | OnDirectMessage | OnChannelJoined | OnHomeOpened
Routes = Sequence[Route]
