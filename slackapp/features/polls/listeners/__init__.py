"""What people ask of polls."""

from slackapp.slack.routes import Routes

ROUTES: Routes = ()
