"""Slack's markup within one line: emphasis, code, links, mentions, dates, emoji."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from slackapp.playground.pages.blocks import mentions
from slackapp.playground.pages.blocks.dates import date_control
from slackapp.playground.pages.blocks.emojis import emoji_html
from slackapp.playground.pages.blocks.html import join, tag
from slackapp.playground.pages.blocks.links import link, may_be_followed
from slackapp.playground.pages.blocks.reading import Reader
from slackapp.playground.slack.shown import unescape

_EMPHASIS = {"*": "b", "_": "i", "~": "s"}
_TOKEN = re.compile(
    r"(?P<code>`(?P<inside>[^`\n]+)`)"
    r"|<(?P<control>[^<>|\n][^<>\n]*)>"
    r"|(?P<emoji>:(?P<name>[a-z0-9_+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?)"
    r"|(?P<address>\bhttps?://[^\s<>|`]+)"
    # A mark stands alone: `**` and `__` are no emphasis.
    r"|(?P<mark>(?<![*])[*](?![*])|(?<!_)_(?!_)|(?<!~)~(?!~))"
)
_CONTROL = re.compile(r"<([^<>|\n][^<>\n]*)>")
#: What ends a sentence around a bare address, rather than the address.
_TRAILING = ".,:;!?'\")]}*_~"
_ENTITY = re.compile(r"&(?:gt|lt);?$")


def inline_html(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """One line. What is no markup is escaped; `&amp;`, `&lt;` and `&gt;` are read as Slack reads them."""
    line = _Line(text)
    done = looked = 0
    while (token := _TOKEN.search(text, looked)) is not None:
        shown, end = _shown(token, reader, verbatim=verbatim)
        looked = end
        if shown is None and token["mark"] is None:
            continue
        line.add(text[done : token.start()])
        if shown is not None:
            line.put(shown)
        else:
            line.mark(token["mark"], token.start(), end)
        done = end
    line.add(text[done:])
    return line.ended()


def code_html(text: str, reader: Reader) -> Markup:
    """Within code only links and mentions are markup."""
    parts: list[Markup] = []
    at = 0
    for found in _CONTROL.finditer(text):
        parts += [join(unescape(text[at : found.start()])), _control(found.group(1), reader)]
        at = found.end()
    return join(*parts, unescape(text[at:]))


def _shown(token: re.Match[str], reader: Reader, *, verbatim: bool) -> tuple[Markup | None, int]:
    """The token as markup and where it ends; None where it is text after all."""
    end = token.end()
    if token["code"]:
        return tag("code", code_html(token["inside"], reader), class_="b-code"), end
    if token["control"]:
        return _control(token["control"], reader), end
    if token["emoji"]:
        known = emoji_html(token["name"], int(token["tone"]) if token["tone"] else None)
        if known is not None:
            return known, end
    if token["address"] and not verbatim:
        address = _ENTITY.sub("", token["address"].rstrip(_TRAILING))
        url = unescape(address)
        if may_be_followed(url):
            return link(url, url), token.start() + len(address)
    # Inside what is text after all there may be other tokens.
    return None, token.start() + 1 if token["mark"] is None else end


def _control(body: str, reader: Reader) -> Markup:
    target, _, written = body.partition("|")
    label = unescape(written)
    kind, name = target[0], target[1:]
    if kind == "@":
        return mentions.person(name, reader, label)
    if kind == "#":
        return mentions.channel(name, reader, label)
    if kind == "!":
        return _special(name, label, reader)
    url = unescape(target)
    if not may_be_followed(url):
        return join(label or f"<{unescape(body)}>")
    shown = label or url.removeprefix("mailto:")
    return link(url, shown)


def _special(name: str, label: str, reader: Reader) -> Markup:
    kind, _, rest = name.partition("^")
    if kind == "date":
        said = date_control(name, reader)
        if said is None:
            return join(label)
        shown, url = said
        return link(unescape(url), shown) if url else shown
    if kind in ("here", "channel", "everyone"):
        return mentions.everybody(kind)
    if kind == "subteam":
        return mentions.group(rest, label)
    return join(label or f"<!{name}>")


class _Opened(NamedTuple):
    mark: str
    parts: list[Markup]


@dataclass
class _Line:
    """A line as it grows: finished parts, and the emphases still open, outermost first."""

    text: str
    parts: list[Markup] = field(default_factory=list)
    opened: list[_Opened] = field(default_factory=list)

    def add(self, text: str) -> None:
        if text:
            self.put(join(unescape(text)))

    def put(self, part: Markup) -> None:
        (self.opened[-1].parts if self.opened else self.parts).append(part)

    def mark(self, mark: str, start: int, end: int) -> None:
        if self._closes(mark, start, end):
            while self.opened[-1].mark != mark:
                self._give_up()
            self._close()
        elif self._opens(mark, start, end):
            self.opened.append(_Opened(mark, []))
        else:
            self.put(Markup(mark))  # noqa: S704 - one of three marks

    def ended(self) -> Markup:
        while self.opened:
            self._give_up()
        return join(*self.parts)

    def _closes(self, mark: str, start: int, end: int) -> bool:
        opened = next((each for each in self.opened if each.mark == mark), None)
        if opened is None or (opened is self.opened[-1] and not opened.parts):
            return False
        return not self.text[start - 1].isspace() and not _is_word(self.text[end : end + 1])

    def _opens(self, mark: str, start: int, end: int) -> bool:
        if any(each.mark == mark for each in self.opened):
            return False
        before, after = self.text[start - 1 : start] if start else "", self.text[end : end + 1]
        return not _is_word(before) and after != "" and not after.isspace()

    def _close(self) -> None:
        mark, parts = self.opened.pop()
        self.put(tag(_EMPHASIS[mark], *parts))

    def _give_up(self) -> None:
        """An emphasis that nothing closed was a character."""
        mark, parts = self.opened.pop()
        self.put(Markup(mark))  # noqa: S704 - one of three marks
        for part in parts:
            self.put(part)


def _is_word(character: str) -> bool:
    # `_` is a mark, not a letter, to the mark beside it.
    return character.isalnum()
