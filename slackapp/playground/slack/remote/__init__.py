"""The stand-in in another process, and the people in it."""

from slackapp.playground.slack.remote.person import RemotePerson
from slackapp.playground.slack.remote.standin import RemoteStandIn

__all__ = ["RemotePerson", "RemoteStandIn"]
