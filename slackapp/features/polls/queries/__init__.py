"""Reads of polls."""

from slackapp.features.polls.queries.polls import is_posted, poll, question, round_
from slackapp.features.polls.queries.responses import answered, meant, own_answer, silent
from slackapp.features.polls.queries.rounds import (
    Progress,
    current,
    has_arrived,
    last_round,
    latest_question,
    locked,
    progress,
)
from slackapp.features.polls.queries.tally import results, trend
from slackapp.features.polls.queries.views import RoundView, view

__all__ = [
    "Progress",
    "RoundView",
    "answered",
    "current",
    "has_arrived",
    "is_posted",
    "last_round",
    "latest_question",
    "locked",
    "meant",
    "own_answer",
    "poll",
    "progress",
    "question",
    "results",
    "round_",
    "silent",
    "trend",
    "view",
]
