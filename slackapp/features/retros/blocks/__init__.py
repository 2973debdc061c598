"""How retros look."""

from slackapp.features.retros.blocks.facilitate import BACK, END_SERIES, facilitate
from slackapp.features.retros.blocks.status import (
    CONFIDE,
    FACILITATE,
    FOR,
    MORE_TIME,
    NEXT,
    PART,
    TAKE_OVER,
    status,
    status_for,
    title,
)
from slackapp.features.retros.blocks.waiting import (
    CANCEL,
    GO_ON,
    only_by_button,
    over,
    reminder,
    stopped,
    taken_over,
    time_is_up,
    waits,
    why_it_stops,
)

__all__ = [
    "BACK",
    "CANCEL",
    "CONFIDE",
    "END_SERIES",
    "FACILITATE",
    "FOR",
    "GO_ON",
    "MORE_TIME",
    "NEXT",
    "PART",
    "TAKE_OVER",
    "facilitate",
    "only_by_button",
    "over",
    "reminder",
    "status",
    "status_for",
    "stopped",
    "taken_over",
    "time_is_up",
    "title",
    "waits",
    "why_it_stops",
]
