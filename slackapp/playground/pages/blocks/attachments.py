"""Attachments: what Slack calls secondary content, with a bar of colour at its side."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from slackapp.playground.pages.blocks.dates import dated
from slackapp.playground.pages.blocks.html import join, tag
from slackapp.playground.pages.blocks.links import link
from slackapp.playground.pages.blocks.media import picture
from slackapp.playground.pages.blocks.mrkdwn import mrkdwn_html
from slackapp.playground.pages.blocks.reading import Reader, Surface
from slackapp.playground.pages.blocks.rendering import blocks_html
from slackapp.playground.pages.blocks.rich_text import swatch
from slackapp.playground.pages.blocks.texts import plain_html
from slackapp.playground.slack.blockkit import Json

_COLORS: Mapping[str, str] = {"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}
_NO_COLOR = "#a0a0a8"
_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def attachment_html(attachment: Json, reader: Reader, surface: Surface) -> Markup:
    pretext = attachment.get("pretext")
    blocks = attachment.get("blocks") or []
    inner = blocks_html(blocks, reader, surface) if blocks else _legacy(attachment, reader)
    return tag(
        "div",
        tag("div", mrkdwn_html(str(pretext), reader), class_="b-text") if pretext else None,
        tag(
            "div",
            swatch(_color(attachment.get("color")), "b-bar"),
            tag("div", inner, class_="b-attachment-words"),
            class_="b-attached",
        ),
        class_="b-attachment",
    )


def _legacy(attachment: Json, reader: Reader) -> Markup:
    """The fields from before there were blocks; all of them optional, none of them checked by Slack."""
    fields = attachment.get("fields") or []
    image = attachment.get("image_url") or attachment.get("thumb_url")
    return join(
        _linked(attachment, "author_name", "author_link", "b-quiet"),
        _linked(attachment, "title", "title_link", "b-card-title"),
        tag("div", mrkdwn_html(str(attachment["text"]), reader), class_="b-text")
        if attachment.get("text")
        else None,
        tag("div", *(_field(field, reader) for field in fields if isinstance(field, dict)), class_="b-fields")
        if isinstance(fields, list) and fields
        else None,
        picture({"image_url": image, "alt_text": attachment.get("fallback")}) if image else None,
        _footer(attachment, reader),
    )


def _linked(attachment: Json, name: str, url: str, look: str) -> Markup | None:
    if not attachment.get(name):
        return None
    shown = plain_html(str(attachment[name]))
    return tag("div", link(str(attachment[url]), shown) if attachment.get(url) else shown, class_=look)


def _field(field: Json, reader: Reader) -> Markup:
    title = tag("b", plain_html(str(field.get("title", ""))))
    return tag("div", title, tag("br"), mrkdwn_html(str(field.get("value", "")), reader), class_="b-text")


def _footer(attachment: Json, reader: Reader) -> Markup | None:
    footer, ts = attachment.get("footer"), attachment.get("ts")
    try:
        when = dated(ts, reader, "{date_short_pretty} at {time}") if ts else None
    except (ValueError, OverflowError, TypeError):
        when = None
    if not footer and when is None:
        return None
    said = plain_html(str(footer)) if footer else None
    return tag("div", said, " · " if said and when else None, when, class_="b-quiet")


def _color(color: object) -> str:
    named = _COLORS.get(str(color))
    if named is not None:
        return named
    found = _HEX.fullmatch(str(color))
    return f"#{found.group(1)}" if found else _NO_COLOR
