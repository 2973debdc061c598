"""What comes in from Slack about retros."""

from slackapp.features.retros.listeners import close, facilitate, history, notes, phases
from slackapp.slack.routes import Routes

ROUTES: Routes = (
    *close.ROUTES,
    *facilitate.ROUTES,
    *history.ROUTES,
    *notes.ROUTES,
    *phases.ROUTES,
)
