"""Reading action items, as far as the reader may."""

from slackapp.features.action_items.queries.items import (
    closed_in,
    item,
    open_in,
    roles,
    visible,
)
from slackapp.features.action_items.queries.lists import listed, rows, shown

__all__ = ["closed_in", "item", "listed", "open_in", "roles", "rows", "shown", "visible"]
