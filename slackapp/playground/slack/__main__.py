"""`python -m slackapp.playground.slack --manifest manifest.yml`."""

from slackapp.playground.slack.cli import cli

cli(prog_name="slack")
