"""The decisions about follow-ups: which are asked and when, and which answers can be right."""

from slackapp.features.follow_ups.rules.answers import (
    Beside,
    Given,
    check_reading,
    guardrail_block,
    guardrail_of,
    wrong_guardrails,
)
from slackapp.features.follow_ups.rules.kinds import (
    ANSWERS,
    AS_COMPUTED,
    KIND,
    NEWS_KIND,
    Answered,
    FollowUpState,
    NoNumber,
    Outcome,
)
from slackapp.features.follow_ups.rules.schedule import (
    MOST_IN_CHANNEL,
    Checkpoint,
    Stand,
    Turn,
    asked_in_channel_on,
    final_of,
    plan,
    replan,
)

__all__ = [
    "ANSWERS",
    "AS_COMPUTED",
    "KIND",
    "MOST_IN_CHANNEL",
    "NEWS_KIND",
    "Answered",
    "Beside",
    "Checkpoint",
    "FollowUpState",
    "Given",
    "NoNumber",
    "Outcome",
    "Stand",
    "Turn",
    "asked_in_channel_on",
    "check_reading",
    "final_of",
    "guardrail_block",
    "guardrail_of",
    "plan",
    "replan",
    "wrong_guardrails",
]
