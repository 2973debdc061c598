"""Messages as they should look, and the relay that makes Slack look so."""
