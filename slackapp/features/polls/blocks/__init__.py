"""Polls as people see them."""

from slackapp.features.polls.blocks.looking_after import held, progress
from slackapp.features.polls.blocks.round import (
    ask,
    closed,
    first_word,
    in_channel,
    reminded,
    reminder,
    results,
)

__all__ = ["ask", "closed", "first_word", "held", "in_channel", "progress", "reminded", "reminder", "results"]
