"""Decisions about polls, and the words for them."""

from slackapp.features.polls.rules.draft import PollDraft, QuestionDraft, Recurring
from slackapp.features.polls.rules.events import RoundClosed
from slackapp.features.polls.rules.kinds import (
    FEWEST_SHOWN,
    MOST_OPTIONS,
    Audience,
    Kind,
    Shows,
    Stage,
    Way,
)

__all__ = [
    "FEWEST_SHOWN",
    "MOST_OPTIONS",
    "Audience",
    "Kind",
    "PollDraft",
    "QuestionDraft",
    "Recurring",
    "RoundClosed",
    "Shows",
    "Stage",
    "Way",
]
