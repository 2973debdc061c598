"""What a story may ask of a Slack and of the people in it, whichever process the Slack runs in."""

from collections.abc import Callable, Sequence
from typing import Protocol

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.delivery import Trouble
from slackapp.playground.slack.fault_orders import Faults
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.record import Call
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.views import View


class Someone(Protocol):
    """A person at their screen. What they could not do raises ImpossibleError."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def dm(self) -> Channel:
        """Their conversation with the app."""
        ...

    @property
    def top(self) -> View | None:
        """The view on top, if a modal is open."""
        ...

    @property
    def has_modal(self) -> bool: ...

    @property
    def home(self) -> View | None:
        """What the app last published for them."""
        ...

    def reads(self, channel: Channel) -> list[Message]:
        """The conversation as they see it now: by time, replies among the rest, whispers `ephemeral`."""
        ...

    def reload(self) -> None:
        """Reload the client: whispers and open modals are gone."""
        ...

    def fill(self, name: str | ElementId, value: object, message: Message | View | None = None) -> None:
        """Put a value into the field of this block id (or action id); the app learns of it with a click.

        An `ElementId` in place of a name points at the one element, here and below.
        """
        ...

    async def modal(self, wait: float | None = None) -> View:
        """The view on top; waits for one to open. TimeoutError if none does."""
        ...

    async def command(
        self, name: str, text: str = "", channel: Channel | None = None, *, thread: Message | None = None
    ) -> Message | None:
        """Type a slash command, in their DM unless told where; the answer it was acknowledged with."""
        ...

    async def press(
        self,
        name: str | ElementId,
        message: Message | View | None = None,
        *,
        value: str | None = None,
        confirm: bool = True,
        times: int = 1,
    ) -> bool:
        """Press the button of this action id or visible text: on a message, else the top modal, else Home.

        False if the app did not take it: Slack says there that it had trouble connecting.

        `times=2` is a double click: two clicks at once, each with its own trigger id, as Slack sends them.
        """
        ...

    async def choose(
        self, name: str | ElementId, option: object, message: Message | View | None = None
    ) -> bool:
        """Choose in a select, date picker, overflow menu …, which reports to the app at once: as `press`."""
        ...

    async def search(
        self, name: str | ElementId, typed: str, message: Message | View | None = None
    ) -> list[str]:
        """Type into an external select; the options the app then offers."""
        ...

    async def submit(self, *, times: int = 1) -> dict[str, str]:
        """Submit the top modal; what the app found wrong, by block id, empty once accepted.

        Under the key "" stands the connection trouble a person reads when the app gave no valid answer.
        """
        ...

    async def close_modal(self, *, everything: bool = False) -> None:
        """Cancel the top modal, or close the whole stack."""
        ...

    async def say(
        self, channel: Channel, text: str, thread: Message | None = None, *, file: bool = False
    ) -> Message:
        """Write a message, in a thread if told so, with a file if told so."""
        ...

    async def edit(self, message: Message, text: str) -> Message: ...

    async def delete(self, message: Message) -> None: ...

    async def react(self, message: Message, name: str) -> None: ...

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Use a shortcut: on a message, or a global one."""
        ...

    async def open_home(self) -> View | None:
        """Look at the app's Home tab; what it shows at that moment."""
        ...


class AnySlack(Protocol):
    """A workspace, in this process or another."""

    @property
    def bot_user_id(self) -> str: ...

    def environment(self) -> dict[str, str]:
        """What an app needs to run against this Slack."""
        ...

    @property
    def calls(self) -> Sequence[Call]:
        """Every call the app made, the oldest first."""
        ...

    @property
    def troubles(self) -> Sequence[Trouble]:
        """What was sent to the app and came to nothing, and answers that Slack would not have taken."""
        ...

    @property
    def connected(self) -> int:
        """How many sockets the app has open."""
        ...

    @property
    def faults(self) -> Faults:
        """Orders what befalls the app's calls."""
        ...

    def apply(self, script: FaultScript) -> Json:
        """Carry out a fault script; answers with what is `held` and what has `befallen`."""
        ...

    def messages(self, channel: Channel) -> list[Message]:
        """Everything said in a conversation by time, replies included, whispers not."""
        ...

    async def until(self, predicate: Callable[[], object], wait: float | None = None) -> None:
        """Return as soon as the predicate holds. TimeoutError, saying what last happened, after `wait` s."""
        ...

    async def quiet(self, wait: float | None = None) -> None:
        """Return once nothing is on its way to the app; retries that wait for their time do not count."""
        ...

    def person(self, name: str) -> Someone:
        """The member with this name or id. KeyError if there is none."""
        ...

    def people(self) -> Sequence[Someone]:
        """Everybody but Slackbot and the app's own bot."""
        ...

    def channel(self, name: str) -> Channel:
        """The channel with this name or id, as it stands now. KeyError if there is none."""
        ...

    def channels(self) -> list[Channel]:
        """Every channel, without the direct messages."""
        ...

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
    ) -> Someone:
        """A new member; a `stranger` is of another organisation. KeyError for a zone that does not exist."""
        ...

    def add_channel(
        self, name: str, people: Sequence[Someone] = (), *, private: bool = False, with_bot: bool = True
    ) -> Channel: ...

    def join(self, channel: Channel, person: Someone, by: Someone | None = None) -> Channel: ...

    def leave(self, channel: Channel, person: Someone) -> Channel: ...

    def invite_bot(self, channel: Channel, by: Someone | None = None) -> Channel: ...

    def remove_bot(self, channel: Channel) -> Channel: ...

    def archive(self, channel: Channel, *, archived: bool = True) -> Channel: ...

    def make_private(self, channel: Channel) -> Channel: ...

    def rename(self, channel: Channel, name: str) -> Channel: ...

    def deactivate(self, person: Someone) -> None:
        """Deactivate a member: their screen is gone, their messages stay."""
        ...

    def set_zone(self, person: Someone, tz: str) -> None:
        """Somebody moves to another time zone. KeyError for one that does not exist."""
        ...

    def uninstall(self) -> None:
        """An admin removes the app: it is told, and its tokens are dead from now on."""
        ...

    async def drop_sockets(self, reason: str = "refresh_requested") -> None:
        """Make the app reconnect, as Slack does every few hours."""
        ...
