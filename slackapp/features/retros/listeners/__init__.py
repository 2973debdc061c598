"""What comes in from Slack about retros."""

from slackapp.features.retros.listeners import (
    close,
    commands,
    discuss,
    facilitate,
    group,
    history,
    notes,
    offers,
    part,
    phases,
    start,
    vote,
)
from slackapp.slack.routes import Routes

ROUTES: Routes = (
    *close.ROUTES,
    *commands.ROUTES,
    *discuss.ROUTES,
    *facilitate.ROUTES,
    *group.ROUTES,
    *history.ROUTES,
    *notes.ROUTES,
    *offers.ROUTES,
    *part.ROUTES,
    *phases.ROUTES,
    *start.ROUTES,
    *vote.ROUTES,
)
