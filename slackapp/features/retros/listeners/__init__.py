"""What comes in from Slack about retros."""

from slackapp.slack.routes import Routes

ROUTES: Routes = ()
