"""Decisions about discovery, and the words for it."""

from slackapp.features.discovery.rules.kinds import ActivityKind, Contributed

__all__ = ["ActivityKind", "Contributed"]
