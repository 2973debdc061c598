"""What people ask of discovery."""

from slackapp.slack.routes import Routes

ROUTES: Routes = ()
