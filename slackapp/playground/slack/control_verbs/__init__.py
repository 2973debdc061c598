"""What the control API lets people do, and what it lets become of channels."""

from slackapp.playground.slack.control_verbs.bodies import NewChannel, NewPerson
from slackapp.playground.slack.control_verbs.channels import CHANNEL_VERBS
from slackapp.playground.slack.control_verbs.people import PERSON_VERBS, Actor

__all__ = ["CHANNEL_VERBS", "PERSON_VERBS", "Actor", "NewChannel", "NewPerson"]
