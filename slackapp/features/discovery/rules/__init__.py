"""Decisions about discovery, and the words for it."""

from slackapp.features.discovery.rules.attendance import ATTENDED, said_yes
from slackapp.features.discovery.rules.commands import Asked, likely, read_command
from slackapp.features.discovery.rules.considerations import read_considerations
from slackapp.features.discovery.rules.kinds import (
    CAME_KIND,
    CONSIDERATIONS_KIND,
    ActivityKind,
    Contributed,
)
from slackapp.features.discovery.rules.legs import Legs, missing_leg
from slackapp.features.discovery.rules.log import (
    LONGEST_NOTE,
    MOST_WEEKS,
    NO_LAUNCH,
    ActivityDraft,
    Spec,
    read_note,
)
from slackapp.features.discovery.rules.permissions import ALLOWED, Doing, Role, may

__all__ = [
    "ALLOWED",
    "ATTENDED",
    "CAME_KIND",
    "CONSIDERATIONS_KIND",
    "LONGEST_NOTE",
    "MOST_WEEKS",
    "NO_LAUNCH",
    "ActivityDraft",
    "ActivityKind",
    "Asked",
    "Contributed",
    "Doing",
    "Legs",
    "Role",
    "Spec",
    "likely",
    "may",
    "missing_leg",
    "read_command",
    "read_considerations",
    "read_note",
    "said_yes",
]
