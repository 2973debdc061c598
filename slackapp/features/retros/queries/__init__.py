"""Finding retros, their people and launches, and what somebody is to one."""

from slackapp.features.retros.queries.notes import count
from slackapp.features.retros.queries.progress import (
    Discussed,
    Progress,
    entries,
    progress,
    stop,
    voters_of,
)
from slackapp.features.retros.queries.retros import (
    launches,
    must_be_open,
    numbered,
    open_in,
    people,
    retro,
    role,
)

__all__ = [
    "Discussed",
    "Progress",
    "count",
    "entries",
    "launches",
    "must_be_open",
    "numbered",
    "open_in",
    "people",
    "progress",
    "retro",
    "role",
    "stop",
    "voters_of",
]
