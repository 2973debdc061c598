"""Inputs of the forms of polls, filled with what stands in them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from slackapp.slack.blocks import VALUE, Field, entry
from slackapp.slack.routes import Value

#: Inputs take more than we keep: what is too long is said at its field, and nothing typed is cut off.
TYPED = 3000

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
        self, about: Field, options: Sequence[tuple[str, str]], *, redraws: str | None = None
    ) -> InputBlock:
        """One of several. `redraws`: the action that draws the form anew once it is chosen."""
        made = as_options(options)
        chosen = StaticSelectElement(
            action_id=redraws or VALUE, options=made, initial_option=self._chosen(about, made)
        )
        return self.element(about, chosen, redraws=redraws is not None)

    def radio(
        self, about: Field, options: Sequence[tuple[str, str]], *, redraws: str | None = None
    ) -> InputBlock:
        made = as_options(options)
        chosen = RadioButtonsElement(
            action_id=redraws or VALUE, options=made, initial_option=self._chosen(about, made)
        )
        return self.element(about, chosen, redraws=redraws is not None)

    def boxes(
        self, about: Field, options: Sequence[tuple[str, str]], *, redraws: str | None = None
    ) -> InputBlock:
        made = as_options(options)
        ticked = [option for option in made if option.value in self.listed(about.block_id)]
        chosen = CheckboxesElement(action_id=redraws or VALUE, options=made, initial_options=ticked or None)
        return self.element(about, chosen, redraws=redraws is not None)

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

    def _chosen(self, about: Field, options: Sequence[Option]) -> Option | None:
        wanted = self.text(about.block_id)
        return next((option for option in options if option.value == wanted), None)


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
