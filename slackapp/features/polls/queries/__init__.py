"""Reads of polls."""

from slackapp.features.polls.queries.polls import poll, question, round_

__all__ = ["poll", "question", "round_"]
