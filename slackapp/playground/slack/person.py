"""A person at their screen: everything they can do, and a sentence for what they cannot."""

import asyncio
from dataclasses import replace
from itertools import islice

from slackapp.playground.slack import events, payloads, posting
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import ElementId, Json, escape_all
from slackapp.playground.slack.errors import ImpossibleError, RefusedError
from slackapp.playground.slack.hands import picked_file, written
from slackapp.playground.slack.ids import micros
from slackapp.playground.slack.inputs import options_of
from slackapp.playground.slack.reach import Reach
from slackapp.playground.slack.records import Account, Channel, Message
from slackapp.playground.slack.replies import acknowledged
from slackapp.playground.slack.shown import words
from slackapp.playground.slack.submitting import answered
from slackapp.playground.slack.surface import Surface
from slackapp.playground.slack.views import Screen, View
from slackapp.playground.slack.web_api.files import react, unreact
from slackapp.playground.slack.workspace import SLACKBOT


class Person:
    """One member's hands and eyes. See `people.Someone` for what each method does."""

    def __init__(self, slack: Slack, user: str) -> None:
        self.id = user
        self._slack = slack
        self._reach = Reach(slack, user)

    def __repr__(self) -> str:
        return f"Person({self.id!r}, {self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    # What they see

    @property
    def account(self) -> Account:
        return self._slack.workspace.accounts[self.id]

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def title(self) -> str:
        return self.account.title

    @property
    def dm(self) -> Channel:
        return self._slack.workspace.im(self.id)

    @property
    def has_modal(self) -> bool:
        return bool(self._screen.modals)

    @property
    def top(self) -> View | None:
        """The view on top, if a modal is open."""
        return self._screen.modals[-1] if self._screen.modals else None

    @property
    def modals(self) -> list[View]:
        """The open modal and those it was pushed on, the one on top last."""
        return list(self._screen.modals)

    @property
    def looks_at_home(self) -> bool:
        return self._screen.looks_at_home

    @property
    def home(self) -> View | None:
        return self._screen.home

    @property
    def _screen(self) -> Screen:
        return self._slack.screens.of(self.id)

    def sees(self, channel: Channel) -> bool:
        """Whether the conversation is there for them at all: a public channel is, joined or not."""
        try:
            self._reach.visible(channel)
        except ImpossibleError:
            return False
        return True

    def reads(self, channel: Channel) -> list[Message]:
        channel = self._reach.visible(channel)
        mine = [whisper for whisper in self._screen.whispers.values() if whisper.channel == channel.id]
        everything = [*self._slack.workspace.room(channel.id).everything(), *mine]
        return sorted(everything, key=lambda message: message.ts)

    def values_in(self, message: Message) -> dict[str, dict[str, Json]]:
        """What stands in the message's fields on this screen: block id, action id, state."""
        return Surface(self._slack, self.id, message).values

    def unread(self, channel: Channel, at_most: int = 100) -> int:
        mark = micros(self._slack.workspace.read_mark(self.id, channel.id))
        waiting = (
            message
            for message in self._slack.workspace.room(channel.id).newest_first(after=mark)
            if message.user != self.id and message.subtype != "tombstone"
        )
        return sum(1 for _ in islice(waiting, at_most))

    def mark_read(self, channel: Channel, ts: str) -> None:
        where = self._reach.visible(channel)
        if micros(ts) > micros(self._slack.workspace.read_mark(self.id, where.id)):
            self._slack.workspace.save_read_mark(self.id, where.id, ts)

    def read_mark(self, channel: Channel) -> str:
        return self._slack.workspace.read_mark(self.id, channel.id)

    def reload(self) -> None:
        self._screen.whispers.clear()
        self._screen.message_values.clear()
        self._slack.screens.clear(self.id)
        self._slack.changes.note()

    async def modal(self, wait: float | None = None) -> View:
        wait = self._slack.timing.patience if wait is None else wait
        await self._slack.changes.until(
            lambda: self._screen.modals, wait, lambda: f"no modal opened for {self.name} within {wait} s"
        )
        return self._screen.modals[-1]

    # Fields

    def fill(self, name: str | ElementId, value: object, message: Message | View | None = None) -> None:
        self._reach.surface(message).fill(name, value)

    async def suggestions(
        self, name: str | ElementId, typed: str, message: Message | View | None = None
    ) -> Json:
        """What an external select shows: the app's `options` or `option_groups`, `{}` if it gave none."""
        return await self._reach.surface(message).suggestions(name, typed)

    async def search(
        self, name: str | ElementId, typed: str, message: Message | View | None = None
    ) -> list[str]:
        offered = options_of(await self.suggestions(name, typed, message))
        return [words(option["text"], {}) for option in offered]

    # Commands, clicks and choices

    async def command(
        self, name: str, text: str = "", channel: Channel | None = None, *, thread: Message | None = None
    ) -> Message | None:
        self._reach.active()
        if name not in self._slack.manifest.commands:
            raise ImpossibleError(f"{name} is not a valid command")
        if thread is not None:
            raise ImpossibleError(f"{name} is not supported in threads")
        where = self._reach.writable(channel or self.dm)
        payload = payloads.command_payload(self._slack, self.id, where, name, escape_all(text.strip()))
        ack = await self._slack.delivery.ask("slash_commands", name, payload)
        if not ack.ok:
            return self._slackbot(where, f'{name} failed with the error "{ack.error}"')
        try:
            return acknowledged(self._slack, self.id, where.id, ack.body)
        except RefusedError as refusal:
            self._slack.delivery.trouble(
                "slash_commands", name, "; ".join([refusal.error, *refusal.messages])
            )
            return self._slackbot(where, f'{name} failed with the error "{refusal.error}"')

    async def press(
        self,
        name: str | ElementId,
        message: Message | View | None = None,
        *,
        value: str | None = None,
        confirm: bool = True,
        times: int = 1,
    ) -> bool:
        return await self._reach.surface(message).press(name, value, confirm=confirm, times=times)

    async def choose(
        self, name: str | ElementId, option: object, message: Message | View | None = None
    ) -> bool:
        return await self._reach.surface(message).choose(name, option)

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        self._reach.active()
        offered = self._slack.manifest.shortcuts.get(callback_id)
        if offered is None or offered.type != ("global" if message is None else "message"):
            raise ImpossibleError(f"the app has no such shortcut as {callback_id!r}")
        if message is None:
            payload = payloads.global_shortcut(self._slack, self.id, callback_id)
        else:
            shown = self._reach.current(message)
            if shown.ephemeral:
                raise ImpossibleError("a message only you can see has no shortcuts")
            payload = payloads.message_shortcut(self._slack, self.id, callback_id, shown)
        await self._slack.delivery.ask("interactive", callback_id, payload)

    # Modals and Home

    async def submit(self, *, times: int = 1) -> dict[str, str]:
        self._reach.active()
        view = self._reach.top()
        if view.submit is None:
            raise ImpossibleError(f"{view.title!r} has nothing to submit")
        if unfinished := Surface(self._slack, self.id, view).unfinished():
            errors = {found.block_id: why for found, why in unfinished}
            self._slack.screens.replace(replace(view, errors=errors, trouble=None))
            self._slack.changes.note()
            raise ImpossibleError(
                "; ".join(f"{found.label!r} ({found.block_id}): {why}" for found, why in unfinished)
            )
        wrong: dict[str, str] = {}
        for errors in await asyncio.gather(*(self._submit(view) for _ in range(times))):
            wrong |= errors
        return wrong

    async def _submit(self, view: View) -> dict[str, str]:
        payload = payloads.submission(self._slack, view)
        ack = await self._slack.delivery.ask("interactive", view.callback_id, payload)
        return answered(self._slack, view, ack)

    async def close_modal(self, *, everything: bool = False) -> None:
        self._reach.active()
        top = self._reach.top()
        cleared = everything or bool(top.content.get("clear_on_close"))
        closing = list(reversed(self._screen.modals)) if cleared else [top]
        if cleared:
            self._slack.screens.clear(self.id)
        else:
            self._slack.screens.close(top)
        self._slack.changes.note()
        for view in closing:
            if view.content.get("notify_on_close"):
                payload = payloads.closing(self._slack, view, cleared=cleared)
                await self._slack.delivery.ask("interactive", view.callback_id, payload)

    async def open_home(self) -> View | None:
        self._reach.active()
        if not self._slack.manifest.home_tab:
            raise ImpossibleError("this app has no Home tab")
        self._screen.looks_at_home = True
        events.home_opened(self._slack, self.id, self._screen.home)
        return self._screen.home

    # Messages

    async def say(
        self, channel: Channel, text: str, thread: Message | None = None, *, file: bool = False
    ) -> Message:
        self._reach.active()
        where = self._reach.writable(channel)
        parent = None if thread is None else self._reach.current(thread)
        if parent is not None and (parent.ephemeral or parent.channel != where.id):
            raise ImpossibleError("that message has no thread here")
        sent, blocks = written(self._slack, self.id, text)
        message = self._slack.workspace.save_message(
            Message(
                self._slack.workspace.stamps.mint(),
                where.id,
                self.id,
                sent,
                blocks=blocks,
                files=[picked_file(self.id)] if file else [],
                subtype="file_share" if file else None,
                thread_ts=None if parent is None else parent.thread_ts or parent.ts,
                visible_from=self._slack.visible_from(),
            )
        )
        events.message_posted(self._slack, message)
        return message

    async def edit(self, message: Message, text: str) -> Message:
        before = self._reach.own(message)
        sent, blocks = written(self._slack, self.id, text)
        edited = {"user": self.id, "ts": self._slack.workspace.stamps.mint()}
        after = self._slack.workspace.save_message(replace(before, text=sent, blocks=blocks, edited=edited))
        events.message_changed(self._slack, before, after)
        return after

    async def delete(self, message: Message) -> None:
        posting.delete(self._slack, self._reach.own(message))

    async def react(self, message: Message, name: str) -> None:
        self._reach.active()
        try:
            react(self._slack, self._reach.current(message), self.id, name)
        except RefusedError as refusal:
            raise ImpossibleError(f"no reaction {name!r}: {refusal.error}") from None

    async def unreact(self, message: Message, name: str) -> None:
        """Take a reaction back."""
        self._reach.active()
        try:
            unreact(self._slack, self._reach.current(message), self.id, name)
        except RefusedError as refusal:
            raise ImpossibleError(f"no reaction {name!r}: {refusal.error}") from None

    def _slackbot(self, where: Channel, text: str) -> Message:
        """What Slack itself whispers when a command failed."""
        stamp = self._slack.workspace.stamps.mint()
        names = self._slack.workspace.names
        message = Message(stamp, where.id, SLACKBOT, text, ephemeral=True, names=names)
        self._slack.whisper(message, self.id)
        return message
