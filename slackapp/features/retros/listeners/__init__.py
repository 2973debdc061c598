"""What comes in from Slack about retros."""

from slackapp.features.retros.listeners import close, history, notes
from slackapp.slack.routes import Routes

ROUTES: Routes = (
    *close.ROUTES,
    *history.ROUTES,
    *notes.ROUTES,
)
