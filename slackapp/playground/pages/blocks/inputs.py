"""The input block: a label, a field, a hint, and what the app found wrong."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.elements import element_html
from slackapp.playground.pages.blocks.html import Child, tag
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.slack.blockkit import Json

#: Elements of several controls: their label names the group, and belongs to no single one.
_GROUPS = ("checkboxes", "radio_buttons")


def input_block(block: Json, spot: Spot) -> Markup:
    element = block["element"]
    kind = str(element.get("type", ""))
    optional = tag("span", "(optional)", class_="b-optional") if block.get("optional") else None
    label = [text_html(block.get("label"), spot.reader), " " if optional else None, optional]
    grouped = kind in _GROUPS or (kind.startswith("multi_") and kind != "multi_external_select")
    return tag(
        "div",
        _label(label, grouped=grouped, element=element, spot=spot),
        element_html(element, spot),
        tag("p", text_html(block["hint"], spot.reader), id=spot.id("hint"), class_="b-hint")
        if block.get("hint")
        else None,
        tag("p", spot.error, id=spot.id("error"), class_="b-error", role="alert") if spot.error else None,
        class_="b-input b-input-wrong" if spot.error else "b-input",
    )


def _label(label: list[Child], *, grouped: bool, element: Json, spot: Spot) -> Markup:
    if grouped:
        return tag("div", *label, id=spot.id("label"), class_="b-label")
    return tag(
        "label", *label, id=spot.id("label"), for_=spot.id(element.get("action_id", "")), class_="b-label"
    )
