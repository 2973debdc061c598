"""What comes in from Slack about retros."""

from slackapp.features.retros.listeners import (
    close,
    commands,
    facilitate,
    history,
    notes,
    offers,
    phases,
    start,
)
from slackapp.slack.routes import Routes

ROUTES: Routes = (
    *close.ROUTES,
    *commands.ROUTES,
    *facilitate.ROUTES,
    *history.ROUTES,
    *notes.ROUTES,
    *offers.ROUTES,
    *phases.ROUTES,
    *start.ROUTES,
)
