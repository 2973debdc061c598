"""Wire time in a hurry: the product's own waits that no setting shortens, shortened in a worker's process."""

from slackapp import app, installation
from slackapp.core import settings
from slackapp.outbox import pace, relay, rules
from slackapp.slack import outcomes

#: Seconds. The shares of a wait stay as they are, and so do the rules that use them.
FIRST_WAIT = 0.2
LONGEST_WAIT = 0.8
FIRST_LOOK = 0.1
TOKEN_WAIT = 0.5
LEASE_MARGIN = 0.5


def hurry() -> None:
    """For the whole of this process, which has to be a worker's own."""
    rules.FIRST_WAIT, rules.LONGEST_WAIT, rules.FIRST_LOOK = FIRST_WAIT, LONGEST_WAIT, FIRST_LOOK
    for module in (rules, pace, relay):
        module.TOKEN_WAIT = TOKEN_WAIT  # type: ignore[attr-defined]  # the name each has imported
    for each in (settings, app):
        each.LEASE_MARGIN = LEASE_MARGIN  # type: ignore[attr-defined]  # the same
    outcomes.UNSAID = FIRST_WAIT * 2
    # Slack may be out of reach when an app starts.
    installation.PATIENCE = 0.2
