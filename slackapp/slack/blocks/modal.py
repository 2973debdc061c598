"""A form, and the inputs it asks with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from slackapp.core.words import clip
from slackapp.slack.plain import Choice, Plain

#: Every input has this action id: the block id alone names the field.
VALUE = "value"

#: Characters an input takes where people may write much: more than we keep, and all that Slack lets one take.
#: What is too long is said at its field then, and nothing typed is cut off.
MOST_TYPED = 3000


@dataclass(frozen=True)
class Field:
    """What an input of a modal has in common whatever its element."""

    block_id: str
    label: str
    hint: str | None = None
    optional: bool = False


def form(
    title: str,
    *,
    callback_id: str,
    blocks: Sequence[Block],
    submit: str,
    close: str = "Cancel",
    metadata: str = "",
) -> View:
    """A modal to fill in. `metadata` comes back with what was filled in, and holds ids only."""
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=metadata,
        title=Plain(title),
        submit=Plain(submit),
        close=Plain(close),
        blocks=blocks,
    )


def entry(
    about: Field,
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    multiline: bool = False,
    max_length: int = 150,
    focus: bool = False,
) -> InputBlock:
    """A text input. `initial` is clipped to what the input itself would take."""
    return element(
        about,
        PlainTextInputElement(
            action_id=VALUE,
            initial_value=clip(initial, max_length) if initial else None,
            placeholder=placeholder,
            multiline=multiline,
            max_length=max_length,
            focus_on_load=focus or None,
        ),
    )


def choice(about: Field, options: Sequence[tuple[str, str]], *, initial: str | None = None) -> InputBlock:
    """One of several; options are (value, label)."""
    choices = _options(options)
    return element(
        about,
        StaticSelectElement(
            action_id=VALUE,
            options=choices,
            initial_option=next((option for option in choices if option.value == initial), None),
        ),
    )


def boxes(about: Field, options: Sequence[tuple[str, str]], *, ticked: Collection[str] = ()) -> InputBlock:
    """Any number of several; options are (value, label)."""
    choices = _options(options)
    initial = [option for option in choices if option.value in ticked]
    return element(
        about, CheckboxesElement(action_id=VALUE, options=choices, initial_options=initial or None)
    )


def someone(about: Field, *, initial: str | None = None) -> InputBlock:
    """One person of the workspace."""
    return element(about, UserSelectElement(action_id=VALUE, initial_user=initial))


def some_channel(about: Field, *, initial: str | None = None) -> InputBlock:
    """A channel the person can see, public or private; no direct message."""
    return element(
        about,
        ConversationSelectElement(
            action_id=VALUE,
            initial_conversation=initial,
            filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        ),
    )


def some_day(about: Field, *, initial: date | str) -> InputBlock:
    """A calendar day; `initial` may be as Slack writes it: 2026-11-20."""
    return element(about, DatePickerElement(action_id=VALUE, initial_date=str(initial)))


def _options(options: Sequence[tuple[str, str]]) -> list[Option]:
    return [Choice(value, label) for value, label in options]


def element(about: Field, inner: InputInteractiveElement) -> InputBlock:
    return InputBlock(
        block_id=about.block_id,
        label=Plain(about.label),
        hint=about.hint,
        optional=about.optional,
        element=inner,
    )
