"""What people do with discovery in Slack: `/discovery`, its form, and what a senior engineer says."""

from slackapp.features.discovery.listeners import commands, considerations, log, report
from slackapp.slack.routes import Routes

ROUTES: Routes = (*commands.ROUTES, *log.ROUTES, *considerations.ROUTES, *report.ROUTES)
