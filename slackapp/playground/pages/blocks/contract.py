"""The attributes by which a script finds an element, and those of a field among its label, hint and error."""

import json
from urllib.parse import urlencode

from slackapp.playground.pages.blocks.html import Value
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import words
from slackapp.playground.slack.blockkit import TYPED, Json, Placed

_NAMES = {
    "plain_text_input": "Write something",
    "email_text_input": "E-mail address",
    "url_text_input": "Web address",
    "number_input": "Number",
    "rich_text_input": "Write something",
    "file_input": "Files",
    "checkboxes": "Choose any",
    "radio_buttons": "Choose one",
    "datepicker": "Select a date",
    "timepicker": "Select a time",
    "datetimepicker": "Select a date and time",
    "static_select": "Select an option",
    "external_select": "Select an option",
    "users_select": "Select a person",
    "conversations_select": "Select a conversation",
    "channels_select": "Select a channel",
    "multi_static_select": "Select options",
    "multi_external_select": "Select options",
    "multi_users_select": "Select people",
    "multi_conversations_select": "Select conversations",
    "multi_channels_select": "Select channels",
    "overflow": "More actions",
}


def addressed(element: Json, spot: Spot) -> dict[str, Value]:
    """Which element this is, and when it speaks."""
    confirm = element.get("confirm")
    return {
        "data_block": spot.block_id,
        "data_action": element.get("action_id", ""),
        "data_type": element["type"],
        "data_confirm": json.dumps(confirm, ensure_ascii=False) if confirm else None,
    }


def pressed(element: Json, spot: Spot, value: object = None) -> dict[str, Value]:
    """What makes a button send the press by itself where no script does.

    An element that asks for confirmation is confirmed on a page in between.
    """
    surface = spot.surface
    if surface.sent is None or not surface.active:
        return {"type": "button"}
    confirm = element.get("confirm")
    asked = {"confirm": json.dumps(confirm, ensure_ascii=False)} if confirm else {}
    carried = {} if value is None else {"value": str(value)}
    press = {"block": spot.block_id, "action": element.get("action_id", ""), "type": element["type"]}
    address = f"/as/{spot.reader.user}/{'confirmation' if confirm else 'act'}"
    return {
        "type": "submit",
        "form": surface.form,
        "formaction": f"{address}?{urlencode({**surface.sent, **press, **carried, **asked})}",
        "formnovalidate": True,
    }


def reports(element: Json, spot: Spot) -> dict[str, Value]:
    """When a change in this field is told to the app."""
    if not Placed(spot.block, element).dispatches:
        return {}
    if element["type"] not in TYPED:
        return {"data_dispatch": True}
    when = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    return {"data_dispatch": " ".join(when)}


def identified(element: Json, spot: Spot) -> dict[str, Value]:
    name = spot.id(element.get("action_id", ""))
    return {"id": name, "name": name}


def single(element: Json, spot: Spot) -> dict[str, Value]:
    """All that one `<input>`, `<select>` or `<textarea>` has in common with another."""
    return {
        **identified(element, spot),
        **addressed(element, spot),
        **reports(element, spot),
        **described(spot),
        "aria_label": None if labelled(spot) else prompt(element),
        "aria_invalid": "true" if spot.error else None,
        "required": labelled(spot) and not spot.block.get("optional", False),
        "autofocus": bool(element.get("focus_on_load")),
        "disabled": not spot.surface.active,
    }


def grouped(element: Json, spot: Spot, role: str = "group") -> dict[str, Value]:
    """The same for an element of several controls."""
    return {
        "id": spot.id(element.get("action_id", "")),
        "role": role,
        **addressed(element, spot),
        **reports(element, spot),
        **described(spot),
        "aria_labelledby": spot.id("label") if labelled(spot) else None,
        "aria_label": None if labelled(spot) else prompt(element),
    }


def described(spot: Spot) -> dict[str, Value]:
    parts = [
        *([spot.id("hint")] if labelled(spot) and spot.block.get("hint") else []),
        *([spot.id("error")] if spot.error else []),
        *([spot.id("text")] if spot.block.get("type") == "section" and spot.block.get("text") else []),
    ]
    return {"aria_describedby": " ".join(parts) or None}


def labelled(spot: Spot) -> bool:
    return spot.block.get("type") == "input"


def prompt(element: Json) -> str:
    """What an empty field asks for."""
    return words(element.get("placeholder"), _NAMES.get(element["type"], "Choose"))
