"""Rich text: sections, lists, quotes and code, as Slack's composer writes them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from slackapp.playground.pages.blocks import mentions
from slackapp.playground.pages.blocks.dates import dated
from slackapp.playground.pages.blocks.emojis import emoji_html, shown
from slackapp.playground.pages.blocks.html import BREAK, join, tag
from slackapp.playground.pages.blocks.links import link
from slackapp.playground.pages.blocks.reading import Reader
from slackapp.playground.pages.blocks.unknown import unknown
from slackapp.playground.slack.blockkit import Json

#: From the innermost outwards.
_STYLES = {"code": "code", "strike": "s", "italic": "i", "bold": "b", "underline": "u"}


def rich_text_html(block: Json, reader: Reader) -> Markup:
    return tag("div", *(_part(part, reader) for part in block.get("elements", [])), class_="b-rich-text")


def _part(part: Json, reader: Reader) -> Markup:
    show = _PARTS.get(part.get("type", ""))
    return unknown("Part of a rich text", part) if show is None else show(part, reader)


def _section(part: Json, reader: Reader) -> Markup:
    return tag("div", _inline(part, reader), class_="b-rich-section")


def _quote(part: Json, reader: Reader) -> Markup:
    return tag("blockquote", _inline(part, reader), class_="b-quote")


def _preformatted(part: Json, reader: Reader) -> Markup:
    content = (
        str(element.get("text", "")) if element.get("type") == "text" else element_html(element, reader)
        for element in part.get("elements", [])
    )
    return tag("pre", *content, class_="b-code-block")


def _list(part: Json, reader: Reader) -> Markup:
    indent = part.get("indent", 0)
    ordered = part.get("style") == "ordered"
    bordered = " b-list-bordered" if part.get("border") else ""
    return tag(
        "ol" if ordered else "ul",
        *(tag("li", _inline(item, reader)) for item in part.get("elements", [])),
        class_=f"b-list b-indent-{indent}{bordered}",
        start=part["offset"] + 1 if ordered and part.get("offset") else None,
    )


def _inline(part: Json, reader: Reader) -> Markup:
    return join(*(element_html(element, reader) for element in part.get("elements", [])))


def element_html(element: Json, reader: Reader) -> Markup:
    show = _ELEMENTS.get(element.get("type", ""))
    if show is None:
        return unknown("Part of a rich text", element)
    styled = show(element, reader)
    style = element.get("style") or {}
    for name, element_name in _STYLES.items():
        if style.get(name):
            styled = tag(element_name, styled, class_="b-code" if name == "code" else None)
    return styled


def _text(element: Json, _reader: Reader) -> Markup:
    return BREAK.join(str(element.get("text", "")).split("\n"))


def _link(element: Json, _reader: Reader) -> Markup:
    url = str(element.get("url", ""))
    return link(url, str(element.get("text") or url.removeprefix("mailto:")))


def _emoji(element: Json, _reader: Reader) -> Markup:
    name = str(element.get("name", ""))
    known = emoji_html(name, element.get("skin_tone"))
    if known is not None:
        return known
    try:
        picture = "".join(chr(int(code, 16)) for code in element.get("unicode", "").split("-"))
    except (ValueError, OverflowError):
        picture = ""
    return shown(picture, name) if picture else join(f":{name}:")


def _date(element: Json, reader: Reader) -> Markup:
    zone = element.get("timezone")
    try:
        elsewhere = replace(reader, zone=ZoneInfo(zone)) if zone else reader
        said = dated(element["timestamp"], elsewhere, element["format"])
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        said = join(str(element.get("fallback", "")))
    return link(element["url"], said) if element.get("url") else said


def _color(element: Json, _reader: Reader) -> Markup:
    value = str(element.get("value", ""))
    return tag("span", swatch(value), value, class_="b-color")


def swatch(color: str, class_: str = "b-swatch") -> Markup:
    """A patch of a colour that data names: a page without inline styles has only SVG to show it."""
    patch = tag("rect", width="100%", height="100%", fill=color)
    return tag("svg", patch, class_=class_, aria_hidden="true")


_PARTS: Mapping[str, Callable[[Json, Reader], Markup]] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}
_ELEMENTS: Mapping[str, Callable[[Json, Reader], Markup]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "date": _date,
    "color": _color,
    "user": lambda element, reader: mentions.person(element["user_id"], reader),
    "channel": lambda element, reader: mentions.channel(element["channel_id"], reader),
    "usergroup": lambda element, _: mentions.group(element["usergroup_id"]),
    "team": lambda element, _: mentions.mention("@", element["team_id"]),
    "broadcast": lambda element, _: mentions.everybody(element["range"]),
}
