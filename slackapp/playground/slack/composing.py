"""What a person's client makes of what they type: names become mentions, marks become styles."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from slackapp.playground.slack.blockkit import Json, escape_all

_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>")
_SIGN = re.compile(r"(?<![\w@#])[@#]")
_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"]")
#: A name between colons, and not the minutes of a time.
_EMOJI = re.compile(r":((?=[^:\s]*[a-z])[a-z0-9_'+-]+|[+-]1|100):")
_STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
_STYLED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")


@dataclass(frozen=True)
class Directory:
    """Who and what can be named: names to ids."""

    people: Mapping[str, str]
    channels: Mapping[str, str]


@dataclass(frozen=True)
class Composed:
    """A message as it leaves somebody's client."""

    #: With Slack's markup for mentions, the rest escaped.
    text: str
    #: The elements of one rich text section.
    elements: list[Json]


def composed(typed: str, directory: Directory) -> Composed:
    """Only a whole name after `@` or `#` mentions; markup somebody types stays text."""
    texts: list[str] = []
    elements: list[Json] = []
    for element, text in _parts(typed, directory):
        texts.append(text)
        elements.append(element)
    return Composed("".join(texts), elements)


def typed_again(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What has to be typed for a message with this text; names are given by id."""

    def name(found: re.Match[str]) -> str:
        sign, it = found[1], found[2]
        return f"{sign}{(people if sign == '@' else channels).get(it, it)}"

    named = _MENTION.sub(name, text)
    return named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _parts(typed: str, directory: Directory) -> Iterator[tuple[Json, str]]:
    """The elements in order, each with its share of the message's text."""
    at = 0
    for sign in _SIGN.finditer(typed):
        if sign.start() < at:
            continue
        names = directory.people if sign[0] == "@" else directory.channels
        name = _longest(names, typed, sign.end())
        if name is None:
            continue
        yield from _styled(typed[at : sign.start()])
        if sign[0] == "@":
            yield {"type": "user", "user_id": names[name]}, f"<@{names[name]}>"
        else:
            yield {"type": "channel", "channel_id": names[name]}, f"<#{names[name]}>"
        at = sign.end() + len(name)
    yield from _styled(typed[at:])


def _longest(names: Iterable[str], typed: str, at: int) -> str | None:
    """The longest of the names that stands there as a whole."""
    there = (name for name in names if typed.startswith(name, at) and not _goes_on(typed, at + len(name)))
    return max(there, key=len, default=None)


def _goes_on(typed: str, at: int) -> bool:
    return typed[at : at + 1].isalnum() or typed[at : at + 1] == "_"


def _styled(text: str) -> Iterator[tuple[Json, str]]:
    at = 0
    for found in _STYLED.finditer(text):
        yield from _linked(text[at : found.start()])
        style = {_STYLES[found[1]]: True}
        yield {"type": "text", "text": found[2], "style": style}, escape_all(found[0])
        at = found.end()
    yield from _linked(text[at:])


def _linked(text: str) -> Iterator[tuple[Json, str]]:
    at = 0
    for found in _LINK.finditer(text):
        yield from _pictured(text[at : found.start()])
        yield {"type": "link", "url": found[0]}, f"<{escape_all(found[0])}>"
        at = found.end()
    yield from _pictured(text[at:])


def _pictured(text: str) -> Iterator[tuple[Json, str]]:
    at = 0
    for found in _EMOJI.finditer(text):
        if found.start() > at:
            yield _plain(text[at : found.start()])
        yield {"type": "emoji", "name": found[1]}, found[0]
        at = found.end()
    if at < len(text):
        yield _plain(text[at:])


def _plain(text: str) -> tuple[Json, str]:
    return {"type": "text", "text": text}, escape_all(text)
