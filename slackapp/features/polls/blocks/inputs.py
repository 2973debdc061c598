"""Inputs of the forms of polls, filled with what stands in them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from slackapp.core.words import clip
from slackapp.features.polls.rules.question_form import MOST_TYPED
from slackapp.slack.blocks import VALUE, Field, entry
from slackapp.slack.routes import Value

#: An input on which others depend was filled in.
REDRAW = "polls.new.redraw"

#: Inputs take more than we keep: what is too long is said at its field, and nothing typed is cut off.
TYPED = MOST_TYPED

#: Between an input's name and how often the form was filled in anew.
_TURN = "~"

#: Characters of an option in a menu.
_OPTION = 75


def without_turn(values: Mapping[str, Value]) -> dict[str, Value]:
    """What stands in the inputs, by their names."""
    return {name.partition(_TURN)[0]: value for name, value in values.items()}


def with_turn(fields: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    """Sentences for fields, by the ids of the blocks that are on the screen."""
    ids = {block_id.partition(_TURN)[0]: block_id for block_id in values}
    return {ids.get(name, name): sentence for name, sentence in fields.items()}


@dataclass(frozen=True)
class Inputs:
    """What stands in the inputs, by their names.

    Slack keeps what stands in an input whose block id stays, whatever it is told to put there. Where a form
    is filled in anew its inputs get other ids: that of their `turn`.
    """

    typed: Mapping[str, Value]
    turn: int = 0

    def text(self, name: str) -> str:
        value = self.typed.get(name)
        return value if isinstance(value, str) else ""

    def listed(self, name: str) -> Sequence[str]:
        value = self.typed.get(name)
        return value if isinstance(value, list) else ()

    def about(self, about: Field) -> Field:
        return replace(about, block_id=_block_id(about.block_id, self.turn))

    def line(self, about: Field, placeholder: str | None = None, *, focus: bool = False) -> InputBlock:
        return entry(
            self.about(about),
            initial=self.text(about.block_id),
            placeholder=placeholder,
            max_length=TYPED,
            focus=focus,
        )

    def lines(self, about: Field, placeholder: str | None = None) -> InputBlock:
        return entry(
            self.about(about),
            initial=self.text(about.block_id),
            placeholder=placeholder,
            multiline=True,
            max_length=TYPED,
        )

    def select(
        self, about: Field, options: Sequence[tuple[str, str]], *, redraws: bool = False
    ) -> InputBlock:
        """One of several. `redraws`: the form is drawn anew once it is chosen."""
        menu = self.menu(about, options)
        if redraws:
            return self.element(about, StaticSelectElement(action_id=REDRAW, **menu), redraws=True)
        return self.element(about, StaticSelectElement(action_id=VALUE, **menu))

    def radio(self, about: Field, options: Sequence[tuple[str, str]]) -> InputBlock:
        """One of a few; the form is drawn anew once it is chosen."""
        menu = self.menu(about, options)
        return self.element(about, RadioButtonsElement(action_id=REDRAW, **menu), redraws=True)

    def boxes(self, about: Field, options: Sequence[tuple[str, str]], *, redraws: bool = False) -> InputBlock:
        made = as_options(options)
        ticked = [option for option in made if option.value in self.listed(about.block_id)] or None
        if redraws:
            inner = CheckboxesElement(action_id=REDRAW, options=made, initial_options=ticked)
            return self.element(about, inner, redraws=True)
        return self.element(about, CheckboxesElement(action_id=VALUE, options=made, initial_options=ticked))

    def menu(self, about: Field, options: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """The options of an element, and which of them is chosen."""
        made, wanted = as_options(options), self.text(about.block_id)
        return {
            "options": made,
            "initial_option": next((option for option in made if option.value == wanted), None),
        }

    def element(self, about: Field, inner: InputInteractiveElement, *, redraws: bool = False) -> InputBlock:
        about = self.about(about)
        return InputBlock(
            block_id=about.block_id,
            label=PlainTextObject(text=about.label, emoji=False),
            hint=about.hint,
            optional=about.optional,
            element=inner,
            dispatch_action=redraws or None,
        )


def as_options(options: Sequence[tuple[str, str]]) -> list[Option]:
    """Options are (value, label)."""
    return [
        Option(value=value, text=PlainTextObject(text=clip(label, _OPTION), emoji=False))
        for value, label in options
    ]


def when(condition: object, *blocks: Block) -> list[Block]:
    """The blocks, where there is a reason for them."""
    return list(blocks) if condition else []


def _block_id(name: str, turn: int) -> str:
    return f"{name}{_TURN}{turn}" if turn else name
