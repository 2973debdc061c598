"""Buttons of every kind, and the menu behind three dots."""

import json

from markupsafe import Markup

from slackapp.playground.pages.blocks.contract import addressed, identified, pressed, prompt
from slackapp.playground.pages.blocks.html import Child, Value, hidden, join, tag
from slackapp.playground.pages.blocks.links import may_be_followed
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import text_html, words
from slackapp.playground.slack.blockkit import Json

_THUMBS = (
    "M2 9h3v9H2zM7 18V9l4-7c1.6 0 2.4 1 2.1 2.6L12.5 8H17c1 0 1.8 1 1.5 2l-1.7 6.4c-.2.9-1 1.6-2 1.6z",
    "M18 11h-3V2h3zM13 2v9l-4 7c-1.6 0-2.4-1-2.1-2.6l.6-3.4H3c-1 0-1.8-1-1.5-2l1.7-6.4C3.4 2.7 4.2 2 5.2 2z",
)
_TRASH = "M3 5h14v1.5H3zM8 2.5h4V5H8zM5 7.5h10l-.8 10.5H5.8z"


def button(element: Json, spot: Spot) -> Markup:
    if _hidden_from_reader(element, spot):
        return Markup("")
    style = element.get("style")
    look = f"b-button b-button-{style}" if style in ("primary", "danger") else "b-button"
    return _pressed(element, spot, text_html(element.get("text"), spot.reader), class_=look)


def icon_button(element: Json, spot: Spot) -> Markup:
    if _hidden_from_reader(element, spot):
        return Markup("")
    name = words(element.get("text"))
    face = join(_icon(_TRASH), hidden(name)) if element.get("icon") == "trash" else name
    return _pressed(element, spot, face, class_="b-button b-button-quiet", title=name)


def workflow_button(element: Json, spot: Spot) -> Markup:
    return button(element, spot)


def feedback_buttons(element: Json, spot: Spot) -> Markup:
    sides = (element["positive_button"], element["negative_button"])
    choices = (
        tag(
            "button",
            _icon(thumb),
            text_html(side.get("text"), spot.reader),
            **pressed(element, spot, side.get("value")),
            class_="b-button b-button-quiet",
            data_value=side.get("value", ""),
            aria_label=side.get("accessibility_label"),
            disabled=not spot.surface.active,
        )
        for side, thumb in zip(sides, _THUMBS, strict=True)
    )
    name = spot.id(element.get("action_id", ""))
    return tag(
        "div",
        *choices,
        id=name,
        class_="b-feedback",
        role="group",
        aria_label="Feedback",
        **addressed(element, spot),
    )


def overflow(element: Json, spot: Spot) -> Markup:
    if not spot.surface.active:
        dots = tag(
            "button", _dots(), type="button", disabled=True, aria_label=prompt(element), class_="b-dots"
        )
        return tag("div", dots, class_="b-overflow")
    options = (_pressed_within(element, spot, option) for option in element.get("options", []))
    return tag(
        "details",
        tag("summary", _dots(), aria_label=prompt(element), class_="b-dots"),
        tag("div", *options, class_="b-menu"),
        id=spot.id(element.get("action_id", "")),
        class_="b-overflow",
        **addressed(element, spot),
    )


def _pressed(element: Json, spot: Spot, face: Child, **look: Value) -> Markup:
    attributes: dict[str, Value] = {
        **look,
        **addressed(element, spot),
        "data_value": element.get("value"),
        "aria_label": element.get("accessibility_label"),
    }
    url = str(element.get("url") or "")
    # Slack opens the address and tells the app; whoever may not tell the app may still follow it.
    if url and may_be_followed(url):
        if not spot.surface.active:
            attributes = dict(look)
        followed: dict[str, Value] = {"href": url, "target": "_blank", "rel": "noopener noreferrer"}
        return tag("a", face, id=identified(element, spot)["id"], **followed, **attributes)
    return tag(
        "button",
        face,
        id=identified(element, spot)["id"],
        **pressed(element, spot, element.get("value")),
        disabled=not spot.surface.active,
        **attributes,
    )


def _pressed_within(element: Json, spot: Spot, option: Json) -> Markup:
    url, face, value = option.get("url"), text_html(option.get("text"), spot.reader), option["value"]
    if url and may_be_followed(url):
        return tag("a", face, href=url, target="_blank", rel="noopener noreferrer", data_value=value)
    # A choice is sent as JSON.
    return tag("button", face, **pressed(element, spot, json.dumps(value)), data_value=value)


def _hidden_from_reader(element: Json, spot: Spot) -> bool:
    visible_to = element.get("visible_to_user_ids") or [spot.reader.user]
    return spot.reader.user not in visible_to


def _icon(path: str) -> Markup:
    return tag("svg", tag("path", d=path), class_="b-icon", viewBox="0 0 20 20", aria_hidden="true")


def _dots() -> Markup:
    dots = (tag("circle", cx=at, cy=10, r=1.6) for at in (4, 10, 16))
    return tag("svg", *dots, class_="b-icon", viewBox="0 0 20 20", aria_hidden="true")
