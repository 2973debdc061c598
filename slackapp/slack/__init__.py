"""The adapter to Slack and Bolt: routes in, replies out, text made safe, limits kept."""
