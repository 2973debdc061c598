"""What holds in a retro, decided without a database: phases, templates, permissions."""

from slackapp.features.retros.rules.permissions import ALLOWED, Doing, Part, Role, may
from slackapp.features.retros.rules.phases import (
    FEW_NOTES,
    FEWEST_HANDS,
    NAMES,
    Phase,
    before,
    following,
    length,
    may_reveal,
    reminded_at,
    status_key,
)
from slackapp.features.retros.rules.templates import (
    COLUMNS,
    WAITED,
    Template,
    column_name,
    columns_of,
)

__all__ = [
    "ALLOWED",
    "COLUMNS",
    "FEWEST_HANDS",
    "FEW_NOTES",
    "NAMES",
    "WAITED",
    "Doing",
    "Part",
    "Phase",
    "Role",
    "Template",
    "before",
    "column_name",
    "columns_of",
    "following",
    "length",
    "may",
    "may_reveal",
    "reminded_at",
    "status_key",
]
