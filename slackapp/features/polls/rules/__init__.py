"""Decisions about polls, and the words for them."""

from slackapp.core.recurrence import Every, Weekday
from slackapp.features.polls.rules.answers import Answer, check_answer, read_answer
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
from slackapp.features.polls.rules.tally import Numbers, Results, Share, may_see, why_hidden

__all__ = [
    "FEWEST_SHOWN",
    "MOST_OPTIONS",
    "Answer",
    "Audience",
    "Every",
    "Kind",
    "Numbers",
    "PollDraft",
    "QuestionDraft",
    "Recurring",
    "Results",
    "RoundClosed",
    "Share",
    "Shows",
    "Stage",
    "Way",
    "Weekday",
    "check_answer",
    "may_see",
    "read_answer",
    "why_hidden",
]
