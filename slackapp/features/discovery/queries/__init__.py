"""Reads of discovery."""

from slackapp.features.discovery.queries.activities import activity

__all__ = ["activity"]
