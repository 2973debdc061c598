"""Views: modals and the Home tab."""

from collections.abc import Mapping
from typing import Any

from .blocks import HOME_BLOCKS, MODAL_BLOCKS
from .objects import IDENTIFIER, plain_text
from .problem import Problem
from .schema import Fault, Fields, boolean, obj, one_of, string
from .sizes import fits
from .surface import Placed, focus_twice, place, repeated_ids

VIEW_MAX_BYTES = 250_000

_COMMON: Fields = {
    "callback_id": IDENTIFIER,
    "external_id": IDENTIFIER,
    "private_metadata": string(3000, minimum=0),
}
_LABEL = plain_text(24)

_MODAL = obj(
    {"type": one_of("modal"), "title": _LABEL, "blocks": MODAL_BLOCKS},
    {**_COMMON, "submit": _LABEL, "close": _LABEL, "clear_on_close": boolean, "notify_on_close": boolean},
)
_HOME = obj({"type": one_of("home"), "blocks": HOME_BLOCKS}, _COMMON)


def check_view(view: Mapping[str, Any]) -> list[Problem]:
    """What Slack would refuse in the `view` of views.open, push, update or publish.

    An empty list means accepted. Pointers begin with /view. Whether the method takes this type of view
    is for the method to say.
    """
    faults: list[Fault] = [*(_HOME if view.get("type") == "home" else _MODAL)(dict(view))]
    if not faults:
        placed = list(place(view["blocks"], "/blocks"))
        faults += [*repeated_ids(placed), *focus_twice(placed), *_inputs_without_submit(view, placed)]
    if not faults and not fits(view, VIEW_MAX_BYTES):
        return [Problem("view_too_large", "/view", f"must be less than {VIEW_MAX_BYTES + 1} bytes")]
    return [Problem("invalid_arguments", f"/view{pointer}", message) for pointer, message in faults]


def _inputs_without_submit(view: Mapping[str, Any], placed: list[Placed]) -> list[Fault]:
    if view["type"] == "home" or "submit" in view:
        return []
    return [
        # Slack's own pointer: it names the type below the block.
        Fault(f"{pointer}/input", "must define `submit` to use an `input` block in modals")
        for pointer, block in placed
        if block["type"] == "input"
    ]
