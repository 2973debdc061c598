"""The decisions about launches: what may be recorded, what it says, who may do what, and what follows."""

from slackapp.features.launches.rules.commands import Asked, read_command
from slackapp.features.launches.rules.draft import CHECKPOINTS, DEFAULT_CHECKPOINTS, FROM_NUMBERS, LaunchDraft
from slackapp.features.launches.rules.hypothesis import Hypothesis, hypothesis, lint
from slackapp.features.launches.rules.lifecycle import (
    Card,
    Decision,
    Due,
    LaunchDropped,
    LaunchOut,
    LaunchState,
    may_change,
)

__all__ = [
    "CHECKPOINTS",
    "DEFAULT_CHECKPOINTS",
    "FROM_NUMBERS",
    "Asked",
    "Card",
    "Decision",
    "Due",
    "Hypothesis",
    "LaunchDraft",
    "LaunchDropped",
    "LaunchOut",
    "LaunchState",
    "hypothesis",
    "lint",
    "may_change",
    "read_command",
]
