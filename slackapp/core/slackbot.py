"""Slack's own helper, who writes to people and is in channels, and is no bot by its profile."""

#: Its id is the same in every workspace.
SLACKBOT = "USLACKBOT"
