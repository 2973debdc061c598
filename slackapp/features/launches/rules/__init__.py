"""The decisions about launches: what may be recorded, what it says, who may do what, and what follows."""

from slackapp.features.launches.rules.commands import Asked, read_command
from slackapp.features.launches.rules.draft import LaunchDraft
from slackapp.features.launches.rules.form import CHECKPOINTS, DEFAULT_CHECKPOINTS, FROM_NUMBERS, NOT_SAID
from slackapp.features.launches.rules.guardrails import (
    GuardrailDraft,
    metric_key,
    parse_guardrails,
    written_guardrails,
)
from slackapp.features.launches.rules.hypothesis import Hypothesis, Piece, cases, hypothesis, lint
from slackapp.features.launches.rules.kinds import Bottleneck, Evidence, FeltBy, Kind, ReworkReason, Took
from slackapp.features.launches.rules.lifecycle import (
    LONGEST_AHEAD,
    METRIC_KIND,
    OUT_KIND,
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
    Words,
    says_it_is_out,
)
from slackapp.features.launches.rules.permissions import ALLOWED, Action, Role, may

__all__ = [
    "ALLOWED",
    "CHECKPOINTS",
    "DEFAULT_CHECKPOINTS",
    "FROM_NUMBERS",
    "LONGEST_AHEAD",
    "METRIC_KIND",
    "NOT_SAID",
    "OUT_KIND",
    "Action",
    "Asked",
    "Bottleneck",
    "Card",
    "Decision",
    "Due",
    "Evidence",
    "FeltBy",
    "GuardrailDraft",
    "Hypothesis",
    "Kind",
    "LaunchDraft",
    "LaunchDropped",
    "LaunchEdited",
    "LaunchOut",
    "LaunchState",
    "LeftPart",
    "Piece",
    "ReworkReason",
    "Role",
    "Shown",
    "Subcommand",
    "Took",
    "TookPart",
    "Words",
    "cases",
    "hypothesis",
    "lint",
    "may",
    "metric_key",
    "parse_guardrails",
    "read_command",
    "says_it_is_out",
    "written_guardrails",
]
