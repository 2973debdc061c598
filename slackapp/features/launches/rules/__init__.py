"""The decisions about launches: what may be recorded, what it says, who may do what, and what follows."""

from slackapp.features.launches.rules.commands import Asked, read_command
from slackapp.features.launches.rules.draft import CHECKPOINTS, DEFAULT_CHECKPOINTS, FROM_NUMBERS, LaunchDraft
from slackapp.features.launches.rules.hypothesis import Hypothesis, hypothesis, lint
from slackapp.features.launches.rules.kinds import Bottleneck, Evidence, FeltBy, Kind, ReworkReason, Took
from slackapp.features.launches.rules.lifecycle import (
    Card,
    Decision,
    Due,
    LaunchDropped,
    LaunchEdited,
    LaunchOut,
    LaunchState,
    LeftPart,
    Shown,
    Subcommand,
    TookPart,
    may_change,
)
from slackapp.features.launches.rules.permissions import ALLOWED, Action, Role, may

__all__ = [
    "ALLOWED",
    "CHECKPOINTS",
    "DEFAULT_CHECKPOINTS",
    "FROM_NUMBERS",
    "Action",
    "Asked",
    "Bottleneck",
    "Card",
    "Decision",
    "Due",
    "Evidence",
    "FeltBy",
    "Hypothesis",
    "Kind",
    "LaunchDraft",
    "LaunchDropped",
    "LaunchEdited",
    "LaunchOut",
    "LaunchState",
    "LeftPart",
    "ReworkReason",
    "Role",
    "Shown",
    "Subcommand",
    "Took",
    "TookPart",
    "hypothesis",
    "lint",
    "may",
    "may_change",
    "read_command",
]
