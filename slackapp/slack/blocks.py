"""Short names for the Block Kit pieces we use, on top of the SDK's own classes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    HeaderBlock,
    InputBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from slackapp.core.words import clip, plain, written_day
from slackapp.slack.plain import Choice, Plain

#: Every input has this action id: the block id alone names the field.
VALUE = "value"

Json = dict[str, Any]
#: A piece of a line: words as they are, or one of the rich texts below.
Part = str | Json


@dataclass(frozen=True)
class Message:
    """A message as it should look. `text` is what notifications show and is already safe."""

    text: str
    blocks: Sequence[Block] = ()
    #: Sent instead where a workspace refuses newer blocks.
    fallback: Sequence[Block] | None = None
    #: Of a question: how a reply in words answers it. Said where its message asks nothing else.
    hint: str = ""

    def documents(self) -> list[dict[str, Any]]:
        return [block.to_dict() for block in self.blocks]

    def fallback_documents(self) -> list[dict[str, Any]] | None:
        return None if self.fallback is None else [block.to_dict() for block in self.fallback]


@dataclass(frozen=True)
class CardPart:
    """What one feature adds to another's card: lines of text, each made of parts, and buttons."""

    lines: Sequence[Sequence[Part]]
    buttons: Sequence[ButtonElement] = ()


@dataclass(frozen=True)
class Field:
    """What an input of a modal has in common whatever its element."""

    block_id: str
    label: str
    hint: str | None = None
    optional: bool = False


class RichText(Block):
    """Rich text, written as Slack reads it.

    The SDK's classes for it look through themselves for rules, of which they have none, once for each piece:
    that was half of the time it took to draw a message.
    """

    def __init__(self, element: Json) -> None:
        super().__init__(type="rich_text")
        self._element = element

    def to_dict(self, *args: object) -> Json:
        del args
        return {"elements": [self._element], "type": "rich_text"}


def bold(text: str) -> Json:
    return {"style": {"bold": True}, "text": text, "type": "text"}


def italic(text: str) -> Json:
    return {"style": {"italic": True}, "text": text, "type": "text"}


def link(url: str, label: str) -> Json:
    return {"text": label, "type": "link", "url": url}


def user(user_id: str) -> Json:
    return {"type": "user", "user_id": user_id}


def channel(channel_id: str) -> Json:
    return {"channel_id": channel_id, "type": "channel"}


def day_of(moment: datetime) -> Json:
    """The calendar day of a moment, in the zone of whoever reads it."""
    return {
        "fallback": written_day(moment.date()),
        "format": "{date_short}",
        "timestamp": int(moment.timestamp()),
        "type": "date",
    }


def moment_of(word: str, at: datetime, *, with_day: bool = True) -> Json:
    """“until 14:05” in the zone of whoever reads it.

    The word is part of it: where a date begins with one, Slack does not write “Tomorrow” within a sentence.
    """
    clock = at.astimezone(UTC).strftime("%H:%M UTC")
    return {
        "fallback": f"{word} {written_day(at.date())}, {clock}" if with_day else f"{word} {clock}",
        "format": f"{word} {{date_short_pretty}} at {{time}}" if with_day else f"{word} {{time}}",
        "timestamp": int(at.timestamp()),
        "type": "date",
    }


def _section(parts: Sequence[Part]) -> Json:
    pieces = [
        {"text": part, "type": "text"} if isinstance(part, str) else part for part in parts if part != ""
    ]
    return {"elements": pieces, "type": "rich_text_section"}


def paragraph(*parts: Part) -> RichText:
    """Strings are shown as they are written, whatever signs they hold; no markup is read in them."""
    return RichText(_section(parts))


def bullets(rows: Sequence[Sequence[Part]]) -> RichText:
    return RichText(
        {"elements": [_section(row) for row in rows], "style": "bullet", "type": "rich_text_list"}
    )


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=Plain(clip(plain(text), 150)))


def markdown(text: str) -> SectionBlock:
    """Our own words in mrkdwn. What people wrote must be escaped, or better go into a paragraph."""
    return SectionBlock(text=MarkdownTextObject(text=text))


def small(text: str) -> ContextBlock:
    """A quiet line, read as plain text."""
    return ContextBlock(elements=[Plain(clip(text, 2000))])


@dataclass(frozen=True)
class Confirm:
    """What Slack asks before it lets a press count."""

    title: str
    text: str
    #: What the button that goes on says.
    go_on: str

    def asked(self) -> ConfirmObject:
        return ConfirmObject(
            title=Plain(self.title),
            text=Plain(self.text),
            confirm=Plain(self.go_on),
            deny=Plain("Cancel"),
        )


def button(
    action_id: str,
    label: str,
    value: str | None = None,
    *,
    style: str | None = None,
    url: str | None = None,
    confirm: Confirm | None = None,
) -> ButtonElement:
    return ButtonElement(
        action_id=action_id,
        text=Plain(label),
        value=value,
        style=style,
        url=url,
        confirm=confirm.asked() if confirm else None,
    )


def actions(*elements: InteractiveElement, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(elements=list(elements), block_id=block_id)


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
