"""Two launches from their first day to their retro, played at a stand-in for Slack and told as it happens."""

from slackapp.playground.demo.stage import StoryError
from slackapp.playground.demo.story import play

__all__ = ["StoryError", "play"]
