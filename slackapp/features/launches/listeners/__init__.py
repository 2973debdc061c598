"""What people do with launches in Slack: `/launch`, its form, the card's buttons, answers to what it asks."""

from slackapp.features.launches.listeners import asked, cards, commands, forms
from slackapp.slack.routes import Routes

ROUTES: Routes = (*commands.ROUTES, *forms.ROUTES, *cards.ROUTES, *asked.ROUTES)
