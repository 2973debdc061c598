"""What a story may ask of a person, whichever process the Slack runs in."""

from typing import Protocol

from slackapp.playground.slack.records import Channel, Message
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

    def fill(self, name: str, value: object, message: Message | None = None) -> None:
        """Put a value into the field of this block id (or action id); the app learns of it with a click."""
        ...

    async def modal(self, wait: float = 3.0) -> View:
        """The view on top; waits for one to open. TimeoutError if none does."""
        ...

    async def command(
        self, name: str, text: str = "", channel: Channel | None = None, *, thread: Message | None = None
    ) -> Message | None:
        """Type a slash command, in their DM unless told where; the answer it was acknowledged with."""
        ...

    async def press(
        self,
        name: str,
        message: Message | View | None = None,
        *,
        value: str | None = None,
        confirm: bool = True,
        times: int = 1,
    ) -> None:
        """Press the button of this action id or visible text, on a message, else the top modal, else Home.

        `times=2` is a double click: two clicks at once, each with its own trigger id, as Slack sends them.
        """
        ...

    async def choose(self, name: str, option: object, message: Message | View | None = None) -> None:
        """Choose in a select, date picker, overflow menu …, which reports to the app at once."""
        ...

    async def search(self, name: str, typed: str) -> list[str]:
        """Type into an external select of the top modal; the options the app then offers."""
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
