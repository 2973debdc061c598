"""Action items: adding and changing them, what becomes of them, and asking about them."""

from slackapp.features.action_items.service.asking import expire
from slackapp.features.action_items.service.changing import add, edit, move, open_one
from slackapp.features.action_items.service.closing import done, drop, reopen, say_helped
from slackapp.features.action_items.service.permitting import allowed
from slackapp.features.action_items.service.replies import take_reply

__all__ = [
    "add",
    "allowed",
    "done",
    "drop",
    "edit",
    "expire",
    "move",
    "open_one",
    "reopen",
    "say_helped",
    "take_reply",
]
