"""What a person has their finger on, a message or a view, and the element on it that they mean."""

from dataclasses import dataclass, replace

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import BUTTONS, STATE_KEYS, Json, Placed, placed
from slackapp.playground.slack.delivery import Ack
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.payloads import message_click, view_click
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.shown import words
from slackapp.playground.slack.views import View, field_values

TROUBLE = "We had some trouble connecting. Try again?"


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

    def set(self, found: Placed, state: Json) -> "Surface":
        """The surface with this state in that element, on the person's screen too."""
        values = {block_id: dict(states) for block_id, states in self.values.items()}
        values.setdefault(found.block_id, {})[found.action_id] = state
        return self.put(values)

    def put(self, values: dict[str, dict[str, Json]]) -> "Surface":
        if isinstance(self.it, Message):
            self.slack.screens.of(self.user).message_values[self.it.channel, self.it.ts] = values
            return self
        fresh = replace(self.it, values=values)
        self.slack.screens.replace(fresh)
        return Surface(self.slack, self.user, fresh)

    def button(self, name: str, value: str | None) -> Placed:
        """The one button with this action id or visible text (and, if given, this value)."""
        named = [
            found
            for found in self.placed
            if found.type in BUTTONS and name in (found.action_id, words(found.element.get("text"), {}))
        ]
        fitting = [found for found in named if value is None or found.element.get("value") == value]
        if not fitting:
            labels = [words(found.element.get("text"), {}) for found in self.placed if found.type in BUTTONS]
            with_value = f" with the value {value!r}" if named else ""
            raise ImpossibleError(f"there is no button {name!r}{with_value} here, only {labels}")
        if len(fitting) > 1:
            values = [found.element.get("value") for found in fitting]
            raise ImpossibleError(f"{len(fitting)} buttons are {name!r}: say which by its value, of {values}")
        return fitting[0]

    def field(self, name: str) -> Placed:
        """The one field in the block, or with the action id, of this name."""
        return self._one(name, [found for found in self.placed if found.type in STATE_KEYS])

    def menu(self, name: str) -> Placed:
        """A field, or an overflow menu."""
        return self._one(
            name, [found for found in self.placed if found.type in STATE_KEYS or found.type == "overflow"]
        )

    def _one(self, name: str, candidates: list[Placed]) -> Placed:
        fitting = [found for found in candidates if name == found.block_id]
        if len(fitting) != 1:
            fitting = [found for found in candidates if name == found.action_id]
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


def trouble(slack: Slack, view_id: str, sentence: str | None) -> None:
    """Show (or take away) the connection error over a view, if it still is open."""
    view = slack.screens.find(view_id)
    if view is not None:
        slack.screens.replace(replace(view, trouble=sentence))
        slack.changes.note()
