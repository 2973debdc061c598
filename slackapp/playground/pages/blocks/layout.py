"""The plain blocks: section, header, context, actions, divider, alert, rich text, markdown."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.elements import element_html
from slackapp.playground.pages.blocks.html import hidden, tag
from slackapp.playground.pages.blocks.markdown import markdown_html
from slackapp.playground.pages.blocks.media import glyph
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.rich_text import rich_text_html
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.slack.blockkit import Json

_ALERTS = {
    "info": "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm-1 4h2v2H9zm0 3.5h2V14H9z",
    "warning": "M10 2 1 17.5h18zM9 8h2v4.5H9zm0 5.5h2v2H9z",
    "error": "M6.5 2h7L18 6.5v7L13.5 18h-7L2 13.5v-7zM9 5.5h2V11H9zm0 7h2v2H9z",
    "success": "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.8 13.6 5.4 10.2l1.3-1.3 2.1 2.1 4.5-4.5 1.3 1.3z",
}


def section(block: Json, spot: Spot) -> Markup:
    text, fields, accessory = block.get("text"), block.get("fields"), block.get("accessory")
    written = [
        tag("div", text_html(text, spot.reader), id=spot.id("text"), class_="b-text") if text else None,
        tag(
            "div",
            *(tag("div", text_html(each, spot.reader), class_="b-text") for each in fields),
            class_="b-fields",
        )
        if fields
        else None,
    ]
    beside = tag("div", element_html(accessory, spot), class_="b-accessory") if accessory else None
    return tag("div", tag("div", *written, class_="b-section-words"), beside, class_="b-section")


def header(block: Json, spot: Spot) -> Markup:
    return tag("h3", text_html(block.get("text"), spot.reader), class_="b-header")


def context(block: Json, spot: Spot) -> Markup:
    parts = (
        element_html(element, spot)
        if element.get("type") not in ("mrkdwn", "plain_text")
        else tag("div", text_html(element, spot.reader), class_="b-text")
        for element in block.get("elements", [])
    )
    return tag("div", *parts, class_="b-context")


def actions(block: Json, spot: Spot) -> Markup:
    return tag(
        "div", *(element_html(element, spot) for element in block.get("elements", [])), class_="b-actions"
    )


def divider(_block: Json, _spot: Spot) -> Markup:
    return tag("hr", class_="b-divider")


def alert(block: Json, spot: Spot) -> Markup:
    level = block.get("level", "default")
    known = level if level in _ALERTS else "default"
    spoken = None if known == "default" else hidden(f"{known.capitalize()}: ")
    return tag(
        "div",
        glyph(_ALERTS.get(known, _ALERTS["info"])),
        tag("div", spoken, text_html(block.get("text"), spot.reader), class_="b-text"),
        class_=f"b-alert b-alert-{known}",
        role="note",
    )


def rich_text(block: Json, spot: Spot) -> Markup:
    return rich_text_html(block, spot.reader)


def markdown(block: Json, _spot: Spot) -> Markup:
    return tag("div", markdown_html(str(block.get("text", ""))), class_="b-markdown")
