"""Who and where: the Slack workspace, the people in it, and the numbers they count by."""
