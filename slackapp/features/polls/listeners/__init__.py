"""What people ask of polls."""

from slackapp.features.polls.listeners import answering, listing, making, managing
from slackapp.slack.routes import Routes

ROUTES: Routes = (*answering.ROUTES, *listing.ROUTES, *making.ROUTES, *managing.ROUTES)
