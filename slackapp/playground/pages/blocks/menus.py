"""Select menus: one choice, several, and those that the app fills while somebody types."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from slackapp.playground.pages.blocks.contract import (
    addressed,
    described,
    grouped,
    identified,
    labelled,
    prompt,
    reports,
    single,
)
from slackapp.playground.pages.blocks.html import Value, join, tag
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import words
from slackapp.playground.slack.blockkit import Json

_TYPE_AHEAD = 3


class _Offer(NamedTuple):
    value: str
    label: str


class _Group(NamedTuple):
    #: None: the options stand on their own.
    label: str | None
    offers: Sequence[_Offer]


def select(element: Json, spot: Spot) -> Markup:
    chosen = _chosen(element, spot)
    attributes = single(element, spot)
    groups = list(_groups(element, spot, chosen))
    picked = {offer.value for offer in chosen}
    return tag(
        "select",
        tag("option", prompt(element), value="", selected=not chosen),
        *(_options(group, picked) for group in groups),
        class_="b-field b-select",
        **attributes,
    )


def multi_select(element: Json, spot: Spot) -> Markup:
    chosen = _chosen(element, spot)
    picked = {offer.value for offer in chosen}
    name = spot.id(element.get("action_id", ""))
    shown = ", ".join(offer.label for offer in chosen)
    lists = (_boxes(element, group, picked, spot) for group in _groups(element, spot, chosen))
    most = element.get("max_selected_items")
    return tag(
        "details",
        tag(
            "summary",
            shown or tag("span", prompt(element), class_="b-placeholder"),
            id=f"{name}:chosen",
            class_="b-field b-select",
            aria_labelledby=f"{spot.id('label')} {name}:chosen" if labelled(spot) else None,
            aria_describedby=described(spot)["aria_describedby"],
        ),
        tag("p", f"Up to {most}.", class_="b-hint") if most else None,
        tag("div", *lists, **{**grouped(element, spot), "id": f"{name}:list", "class_": "b-choices"}),
        id=name,
        class_="b-multi",
    )


def external_select(element: Json, spot: Spot) -> Markup:
    chosen = _chosen(element, spot)
    return _combobox(element, spot, value=chosen[0].label if chosen else "")


def multi_external_select(element: Json, spot: Spot) -> Markup:
    chips = (
        tag(
            "li",
            offer.label,
            tag(
                "button",
                "\N{MULTIPLICATION SIGN}",
                type="button",
                data_remove=offer.value,
                aria_label=f"Remove {offer.label}",
                disabled=not spot.surface.active,
            ),
        )
        for offer in _chosen(element, spot)
    )
    return _combobox(element, spot, tag("ul", *chips, class_="b-chosen", aria_label="Chosen"))


def _combobox(element: Json, spot: Spot, *before: Markup, value: str = "") -> Markup:
    """A script asks the app for options as somebody types, and writes them into the list box."""
    action = element.get("action_id", "")
    listed = spot.id(action, "options")
    own: dict[str, Value] = {
        **identified(element, spot),
        **described(spot),
        "aria_label": None if labelled(spot) else prompt(element),
        "aria_invalid": "true" if spot.error else None,
        "aria_controls": listed,
        "autofocus": bool(element.get("focus_on_load")),
        "disabled": not spot.surface.active,
    }
    return tag(
        "div",
        *before,
        tag(
            "input",
            type="text",
            role="combobox",
            aria_expanded="false",
            aria_autocomplete="list",
            autocomplete="off",
            placeholder=prompt(element),
            value=value,
            class_="b-field b-select",
            **own,
        ),
        tag("ul", id=listed, role="listbox", aria_label=prompt(element), hidden=True, class_="b-menu"),
        class_="b-combobox",
        data_min=element.get("min_query_length", _TYPE_AHEAD),
        data_most=element.get("max_selected_items"),
        **addressed(element, spot),
        **reports(element, spot),
    )


def _options(group: _Group, picked: set[str]) -> Markup:
    options = join(
        *(
            tag("option", offer.label, value=offer.value, selected=offer.value in picked)
            for offer in group.offers
        )
    )
    return options if group.label is None else tag("optgroup", options, label=group.label)


def _boxes(element: Json, group: _Group, picked: set[str], spot: Spot) -> Markup:
    name = spot.id(element.get("action_id", ""))
    boxes = join(
        *(
            tag(
                "label",
                tag(
                    "input",
                    type="checkbox",
                    id=spot.id(element.get("action_id", ""), offer.value),
                    name=name,
                    value=offer.value,
                    data_value=offer.value,
                    checked=offer.value in picked,
                    disabled=not spot.surface.active,
                    aria_invalid="true" if spot.error else None,
                ),
                tag("span", offer.label),
                class_="b-choice",
            )
            for offer in group.offers
        )
    )
    if group.label is None:
        return boxes
    return tag("div", tag("div", group.label, class_="b-group"), boxes, role="group", aria_label=group.label)


def _groups(element: Json, spot: Spot, chosen: Sequence[_Offer]) -> Iterator[_Group]:
    """Everything offered; what is chosen is there in any case."""
    kind = element["type"]
    if "users" in kind:
        found = [
            _Offer(user, name) for user, name in spot.reader.people.items() if spot.reader.finds_person(user)
        ]
    elif "conversations" in kind or "channels" in kind:
        found = [
            _Offer(channel, f"#{name}")
            for channel, name in spot.reader.channels.items()
            if spot.reader.finds_channel(channel, element)
        ]
    else:
        for group in element.get("option_groups", []):
            yield _Group(words(group.get("label")), [_offer(option) for option in group["options"]])
        if element.get("options"):
            yield _Group(None, [_offer(option) for option in element["options"]])
        return
    there = {offer.value for offer in found}
    missing = [offer for offer in chosen if offer.value not in there]
    yield _Group(None, [*missing, *sorted(found, key=lambda offer: offer.label.casefold())])


def _chosen(element: Json, spot: Spot) -> list[_Offer]:
    value = spot.value(element)
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [_offer(each) if isinstance(each, dict) else _named(str(each), spot) for each in values]


def _named(identifier: str, spot: Spot) -> _Offer:
    channel = spot.reader.channels.get(identifier)
    if channel is not None:
        return _Offer(identifier, f"#{channel}")
    return _Offer(identifier, spot.reader.people.get(identifier, identifier))


def _offer(option: Json) -> _Offer:
    label = words(option.get("text"))
    description = words(option.get("description"))
    return _Offer(str(option.get("value", "")), f"{label} · {description}" if description else label)
