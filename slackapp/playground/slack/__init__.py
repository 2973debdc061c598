"""A Slack workspace in a box: the real SDK talks to it over real HTTP and a real WebSocket."""

from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.errors import ImpossibleError, ManifestError, StateError
from slackapp.playground.slack.fault_orders import Faults
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.faults import Fault
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.person import Person
from slackapp.playground.slack.records import Channel, Message
from slackapp.playground.slack.standin import StandIn
from slackapp.playground.slack.timing import Timing
from slackapp.playground.slack.views import View

__all__ = [
    "Channel",
    "ElementId",
    "Fault",
    "FaultScript",
    "Faults",
    "ImpossibleError",
    "ManifestError",
    "Message",
    "Person",
    "Someone",
    "StandIn",
    "StateError",
    "Timing",
    "View",
]
