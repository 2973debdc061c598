"""Afterlaunch: the Slack bot that asks what happened after the launch."""
