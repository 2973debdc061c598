"""Checkboxes and radio buttons."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.contract import grouped
from slackapp.playground.pages.blocks.html import Value, tag
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.slack.blockkit import Json


def checkboxes(element: Json, spot: Spot) -> Markup:
    chosen = spot.value(element)
    ticked = {option.get("value") for option in chosen} if isinstance(chosen, list) else set()
    return tag(
        "div",
        *(_choice("checkbox", element, option, spot, ticked) for option in element.get("options", [])),
        class_="b-choices",
        **grouped(element, spot),
    )


def radio_buttons(element: Json, spot: Spot) -> Markup:
    chosen = spot.value(element)
    picked = {chosen.get("value")} if isinstance(chosen, dict) else set()
    return tag(
        "div",
        *(_choice("radio", element, option, spot, picked) for option in element.get("options", [])),
        class_="b-choices",
        **grouped(element, spot, "radiogroup"),
    )


def _choice(kind: str, element: Json, option: Json, spot: Spot, chosen: set[str | None]) -> Markup:
    description = option.get("description")
    box: dict[str, Value] = {
        "type": kind,
        "id": spot.id(element.get("action_id", ""), option["value"]),
        "name": spot.id(element.get("action_id", "")),
        "value": option["value"],
        "data_value": option["value"],
        "checked": option["value"] in chosen,
        "disabled": not spot.surface.active,
        "aria_invalid": "true" if kind == "checkbox" and spot.error else None,
    }
    return tag(
        "label",
        tag("input", **box),
        tag(
            "span",
            text_html(option.get("text"), spot.reader, one_line=True),
            tag("small", text_html(description, spot.reader, one_line=True)) if description else None,
        ),
        class_="b-choice",
    )
