"""Afterlaunch without a Slack workspace: a stand-in for Slack, and stories played on it."""
