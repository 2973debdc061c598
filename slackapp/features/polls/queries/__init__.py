"""Reads of polls."""

from slackapp.features.polls.queries.polls import poll, question, round_
from slackapp.features.polls.queries.responses import answered, own_answer, silent
from slackapp.features.polls.queries.tally import results, trend
from slackapp.features.polls.queries.views import RoundView, view

__all__ = [
    "RoundView",
    "answered",
    "own_answer",
    "poll",
    "question",
    "results",
    "round_",
    "silent",
    "trend",
    "view",
]
