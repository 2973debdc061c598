"""What a person has their finger on, a message or a view, and the element on it that they mean."""

import asyncio
from dataclasses import dataclass, replace

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import BUTTONS, STATE_KEYS, TYPED, ElementId, Json, Placed, placed
from slackapp.playground.slack.checks import check_options
from slackapp.playground.slack.delivery import Ack
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.hands import Menus
from slackapp.playground.slack.inputs import chosen, is_empty, option_named, options_of
from slackapp.playground.slack.payloads import message_click, suggestion, view_click
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.shown import words
from slackapp.playground.slack.views import View, field_values

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


@dataclass(frozen=True)
class Surface:
    """A message or view on one person's screen, as it stands now."""

    slack: Slack
    user: str
    it: Message | View

    @property
    def placed(self) -> list[Placed]:
        if isinstance(self.it, View):
            return placed(self.it.blocks)
        attached = [block for attachment in self.it.attachments for block in attachment.get("blocks", [])]
        return placed([*self.it.blocks, *attached])

    @property
    def values(self) -> dict[str, dict[str, Json]]:
        if isinstance(self.it, View):
            return self.it.values
        typed = self.slack.screens.of(self.user).message_values.get((self.it.channel, self.it.ts), {})
        return field_values([found.block for found in self.placed], typed)

    # What a person does with it

    def fill(self, name: str | ElementId, value: object) -> None:
        """Put a value into a field that reports with the submit."""
        found = self.field(name)
        if found.dispatches and "input" not in found.type:
            raise ImpossibleError(f"{name!r} reports to the app at once: choose() does that")
        self._enter(found, value)
        self.slack.changes.note()

    async def press(
        self, name: str | ElementId, value: str | None = None, *, confirm: bool = True, times: int = 1
    ) -> bool:
        """Whether the app took it, or nothing was asked of it: the person was not sure."""
        found = self.button(name, value)
        if not confirm:
            if "confirm" not in found.element:
                raise ImpossibleError(f"{name!r} asks for no confirmation")
            return True
        details: Json = {
            key: found.element[key] for key in ("text", "value", "style", "url") if key in found.element
        }
        acks = await asyncio.gather(*(self.act(found, details) for _ in range(times)))
        return all(ack.ok for ack in acks)

    async def choose(self, name: str | ElementId, option: object) -> bool:
        """Choose, or enter a text, where that reports to the app at once. Whether the app took it."""
        found = self.menu(name)
        if found.type == "overflow":
            wanted = option_named(found.element["options"], option, str(name))
            return (await self.act(found, {"selected_option": wanted})).ok
        if not found.dispatches:
            raise ImpossibleError(f"{name!r} reports only with the submit: fill() does that")
        surface, state = self._enter(found, option)
        reported = {key: value for key, value in state.items() if key != "type"}
        return (await surface.act(found, reported)).ok

    async def suggestions(self, name: str | ElementId, typed: str) -> Json:
        """What the app offers on typing into an external select; `{}` if its answer was none."""
        found = self.field(name)
        if "external" not in found.type or len(typed) < found.element.get("min_query_length", 3):
            raise ImpossibleError(f"{name!r} cannot be searched for {typed!r}")
        payload = suggestion(self.slack, self.user, self.it, found.id, typed)
        ack = await self.slack.delivery.ask("interactive", found.action_id, payload)
        if not ack.ok:
            return {}
        problems = check_options(ack.body)
        if problems or not isinstance(ack.body, dict):
            reason = "; ".join(f"{problem.error}: {problem.message}" for problem in problems)
            self.slack.delivery.trouble("block_suggestion", found.action_id, reason)
            return {}
        offered = self.slack.screens.of(self.user).offered.setdefault((found.block_id, found.action_id), {})
        offered.update((option["value"], option) for option in options_of(ack.body))
        return ack.body

    def unfinished(self) -> list[tuple[Placed, str]]:
        """The fields that keep a person from submitting, and why."""
        wrong: list[tuple[Placed, str]] = []
        for found in self.placed:
            half_typed = self.it.half_typed.get(found.block_id) if isinstance(self.it, View) else None
            if half_typed is not None:
                wrong.append((found, self._unfit(found, half_typed)))
            elif found.required and is_empty(self.values[found.block_id][found.action_id]):
                wrong.append((found, REQUIRED))
        return wrong

    def _unfit(self, found: Placed, typed: str) -> str:
        try:
            chosen(found, typed, Menus(self.slack, self.user))
        except ImpossibleError as why:
            return str(why).removeprefix(f"{found.block_id}: ")
        raise AssertionError(f"{typed!r} was kept as half typed, and fits {found.block_id}")

    def _enter(self, found: Placed, value: object) -> tuple["Surface", Json]:
        """The surface with this value in that element, and the element's state.

        What is typed and not fit to be handed in stands in the field of a view all the same.
        """
        try:
            state = chosen(found, value, Menus(self.slack, self.user))
        except ImpossibleError:
            if isinstance(self.it, View) and found.type in TYPED:
                half_typed = {**self.it.half_typed, found.block_id: str(value)}
                self._replaced(replace(self.it, half_typed=half_typed))
                self.slack.changes.note()
            raise
        values = {block_id: dict(states) for block_id, states in self.values.items()}
        values.setdefault(found.block_id, {})[found.action_id] = state
        if isinstance(self.it, Message):
            self.slack.screens.of(self.user).message_values[self.it.channel, self.it.ts] = values
            return self, state
        rest = {block: typed for block, typed in self.it.half_typed.items() if block != found.block_id}
        return self._replaced(replace(self.it, values=values, half_typed=rest)), state

    def _replaced(self, view: View) -> "Surface":
        self.slack.screens.replace(view)
        return Surface(self.slack, self.user, view)

    # Which element they mean

    def button(self, name: str | ElementId, value: str | None) -> Placed:
        """The one button with this action id or visible text (and, if given, this value)."""
        named = [found for found in self._pressable if _is(found, name) or name == _label(found)]
        fitting = [found for found in named if value is None or found.element.get("value") == value]
        if not fitting:
            labels = [_label(found) for found in self._pressable]
            with_value = f" with the value {value!r}" if named else ""
            raise ImpossibleError(f"there is no button {name!r}{with_value} here, only {labels}")
        if len(fitting) > 1:
            values = [found.element.get("value") for found in fitting]
            raise ImpossibleError(f"{len(fitting)} buttons are {name!r}: say which by its value, of {values}")
        return fitting[0]

    @property
    def _pressable(self) -> list[Placed]:
        """The buttons; of a pair that asks for feedback each for itself."""
        buttons: list[Placed] = []
        for found in self.placed:
            if found.type in BUTTONS:
                buttons.append(found)
            elif found.type == "feedback_buttons":
                both = (found.element["positive_button"], found.element["negative_button"])
                pair = {"type": found.type, "action_id": found.action_id}
                buttons += [Placed(found.block, pair | button) for button in both]
        return buttons

    def field(self, name: str | ElementId) -> Placed:
        """The one field in the block, or with the action id, of this name."""
        return self._one(name, [found for found in self.placed if found.type in STATE_KEYS])

    def menu(self, name: str | ElementId) -> Placed:
        """A field, or an overflow menu."""
        return self._one(
            name, [found for found in self.placed if found.type in STATE_KEYS or found.type == "overflow"]
        )

    def _one(self, name: str | ElementId, candidates: list[Placed]) -> Placed:
        fitting = [found for found in candidates if name == found.block_id]
        if len(fitting) != 1:
            fitting = [found for found in candidates if _is(found, name)]
        if not fitting:
            names = [found.block_id for found in candidates]
            raise ImpossibleError(f"there is no field {name!r} here, only {names}")
        if len(fitting) > 1:
            raise ImpossibleError(f"{len(fitting)} fields are {name!r}: name one by its block id")
        return fitting[0]

    async def act(self, found: Placed, details: Json) -> Ack:
        """Report one click or choice to the app, and wait for its acknowledgement."""
        if not self.slack.manifest.interactivity:
            raise ImpossibleError("this app is not configured to handle interactive responses")
        action: Json = {
            "type": found.type,
            "action_id": found.action_id,
            "block_id": found.block_id,
            **details,
            "action_ts": self.slack.workspace.stamps.mint(),
        }
        if isinstance(self.it, Message):
            payload = message_click(self.slack, self.user, self.it, self.values, action)
        else:
            payload = view_click(self.slack, self.it, action)
        ack = await self.slack.delivery.ask("interactive", found.action_id, payload)
        if not ack.ok and isinstance(self.it, View):
            trouble(self.slack, self.it.id, TROUBLE)
        return ack


def _is(found: Placed, name: str | ElementId) -> bool:
    return name in (found.id, found.action_id)


def _label(found: Placed) -> str:
    return words(found.element.get("text"), {})


def trouble(slack: Slack, view_id: str, sentence: str | None) -> None:
    """Show (or take away) the connection error over a view, if it still is open."""
    view = slack.screens.find(view_id)
    if view is not None:
        slack.screens.replace(replace(view, trouble=sentence))
        slack.changes.note()
