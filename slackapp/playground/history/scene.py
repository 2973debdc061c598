"""A workspace and the people in it, as a story needs them: what they find on their screen, and hand in."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping

from slackapp.playground.slack import ImpossibleError, Message, Person, StandIn
from slackapp.playground.slack.company import Member, add_member
from slackapp.playground.slack.inputs import options_of
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.shown import blocks_text, words
from slackapp.playground.slack.views import View

#: Seconds in which a form opens, also on a machine that is busy otherwise.
PATIENCE = 60.0

#: Fields that take a person, by their block ids.
_PEOPLE = frozenset({"owner", "backup", "person", "senior_id"})


class Scene(ABC):
    """What acts are done in. What a person could not do raises ImpossibleError."""

    def __init__(self, slack: StandIn) -> None:
        self.slack = slack

    @abstractmethod
    async def settle(self, after: Person | None = None) -> None:
        """Let what people did have its effect. `after` is who did it."""

    def saw(self, person: Person, what: str) -> None:  # noqa: B027 - whoever keeps a diary listens here
        """Told of each act before it is done."""

    def filled_in(self, person: Person, form: str) -> None:  # noqa: B027 - the same
        """Told of each form as it is handed in, and as it came back."""

    async def does(self, person: Person, what: str, act: Awaitable[object]) -> None:
        self.saw(person, what)
        await act
        await self.settle(person)

    def add(self, member: Member) -> Person:
        """Somebody new in the workspace."""
        return add_member(self.slack, member)

    def find(self, person: Person, about: str, label: str) -> tuple[Message, str]:
        """The latest message with this button or menu below these words, and what tells it from others."""
        rooms = [person.dm, *(room for room in self.slack.channels() if person.id in room.members)]
        messages = [message for room in rooms for message in person.reads(room)]
        for message in sorted(messages, key=lambda each: each.ts, reverse=True):
            if (found := _below(message, about, label)) is not None:
                return message, found
        raise ImpossibleError(f"{person.name} sees no {label!r} below {about!r}")

    def reads(self, person: Person, room: str) -> list[Message]:
        """What stands in the channel for that person, threads too, the latest first."""
        return list(reversed(person.reads(self.slack.channel(room))))

    async def hand_in(self, person: Person, fields: Mapping[str, object]) -> dict[str, str]:
        """Fill in the form before the person and submit it; what is wrong with it, by field."""
        view = await person.modal(PATIENCE)
        for name, value in fields.items():
            block = _block(view, name)
            person.fill(str(block["block_id"]) if block else name, self._meant(name, value, block))
        self.filled_in(person, (await person.modal(PATIENCE)).shown)
        wrong = await person.submit()
        if wrong:
            self.filled_in(person, (await person.modal(PATIENCE)).shown)
        return wrong

    def _meant(self, name: str, value: object, block: Json | None) -> object:
        if name in _PEOPLE:
            return self.slack.person(str(value))
        kind = block["element"]["type"] if block else ""
        if block and isinstance(value, str) and kind == "static_select":
            return option_in(block["element"], value)
        if block and isinstance(value, (list, tuple)) and kind == "multi_static_select":
            return [option_in(block["element"], str(each)) for each in value]
        if isinstance(value, (list, tuple)) and kind == "multi_users_select":
            return [self.slack.person(str(each)) for each in value]
        return value


def _below(message: Message, about: str, label: str) -> str | None:
    """The value of the button, or the block of the menu, that follows the words in this message."""
    spoken_of = False
    for block in message.blocks:
        if block["type"] == "divider":
            spoken_of = False
        elif block["type"] != "actions":
            spoken_of = spoken_of or about in "\n".join(blocks_text([block], {}, message.names))
        elif spoken_of:
            for element in block["elements"]:
                if element["type"] == "button" and words(element["text"], {}) == label:
                    return str(element.get("value", ""))
                if element["type"] == "static_select" and words(element["placeholder"], {}) == label:
                    return str(block["block_id"])
    return None


def _block(view: View, name: str) -> Json | None:
    """The block of a field that is named by its id, or by how its label begins."""
    inputs = [block for block in view.blocks if block["type"] == "input"]
    for block in inputs:
        if block["block_id"] == name or str(words(block["label"], {})).startswith(name):
            return block
    return None


def option_in(element: Json, wanted: str) -> str:
    """The option's whole text, where a part was meant that is found in no other: what a learning says."""
    shown = [words(option["text"], {}) for option in options_of(element)]
    partly = [text for text in shown if wanted in text]
    return partly[0] if wanted not in shown and len(partly) == 1 else wanted
