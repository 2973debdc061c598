"""What holds of action items, decided without a database: their form, permissions, replies in words."""

from slackapp.features.action_items.rules.items import (
    DUE_KIND,
    HELPED_AFTER,
    HELPED_KIND,
    LATELY,
    LONGEST,
    LONGEST_ABOUT,
    LONGEST_AHEAD,
    LONGEST_REASON,
    USUAL_TIME,
    ActionChanged,
    ActionDraft,
    ActionState,
    Drop,
    Helped,
    NewDate,
    check_day,
)
from slackapp.features.action_items.rules.permissions import ALLOWED, Doing, Role, may
from slackapp.features.action_items.rules.replies import says_done, says_drop, says_helped

__all__ = [
    "ALLOWED",
    "DUE_KIND",
    "HELPED_AFTER",
    "HELPED_KIND",
    "LATELY",
    "LONGEST",
    "LONGEST_ABOUT",
    "LONGEST_AHEAD",
    "LONGEST_REASON",
    "USUAL_TIME",
    "ActionChanged",
    "ActionDraft",
    "ActionState",
    "Doing",
    "Drop",
    "Helped",
    "NewDate",
    "Role",
    "check_day",
    "may",
    "says_done",
    "says_drop",
    "says_helped",
]
