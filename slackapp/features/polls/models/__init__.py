"""The tables of polls."""

from slackapp.features.polls.models.answered import Choice, Response
from slackapp.features.polls.models.poll import Poll, PollPerson, Question
from slackapp.features.polls.models.rounds import Round, RoundPerson

__all__ = ["Choice", "Poll", "PollPerson", "Question", "Response", "Round", "RoundPerson"]
