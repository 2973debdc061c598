"""A message, and what stands in it beside rich text: headings, our own words, buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
)

from slackapp.core.words import clip, plain
from slackapp.slack.blocks.rich_text import Part
from slackapp.slack.plain import Plain


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
