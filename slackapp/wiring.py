"""Who answers Slack, what the clock asks for, what follows from what, and who adds to whose surface."""

from slackapp.core.transaction import Events, Parts
from slackapp.features.follow_ups import listeners as follow_ups_listeners
from slackapp.features.follow_ups import parts as follow_ups_parts
from slackapp.features.follow_ups import service as follow_ups
from slackapp.features.launches import listeners as launches_listeners
from slackapp.features.launches.rules import (
    Card,
    Due,
    LaunchDropped,
    LaunchEdited,
    LaunchOut,
    Subcommand,
    Words,
)
from slackapp.features.learnings import listeners as learnings_listeners
from slackapp.features.learnings import parts as learnings_parts
from slackapp.features.learnings import service as learnings
from slackapp.features.prompts import jobs as prompts_jobs
from slackapp.features.prompts import listeners as prompts_listeners
from slackapp.features.prompts.rules import Ask, Asked, Expired, Replied, ToChannel
from slackapp.features.workspaces.service import introduce, keep_move, keep_room
from slackapp.outbox import listeners as outbox_listeners
from slackapp.slack import inbound
from slackapp.slack.news import Keepers
from slackapp.slack.routes import Routes

#: Who answers Slack.
ROUTES: Routes = (
    *launches_listeners.ROUTES,
    *learnings_listeners.ROUTES,
    *follow_ups_listeners.ROUTES,
    *prompts_listeners.ROUTES,
    *outbox_listeners.ROUTES,
)

#: What the clock asks for, in this order.
JOBS = (
    *prompts_jobs.JOBS,
    *inbound.JOBS,
)

#: What follows from what, in the same transaction.
EVENTS: Events = {
    LaunchOut: (follow_ups.plan,),
    LaunchDropped: (follow_ups.drop,),
    LaunchEdited: (learnings.rename,),
    Asked: (follow_ups.lapse_earlier,),
    Replied: (follow_ups.take_reply,),
    ToChannel: (follow_ups.ask_channel,),
    Expired: (follow_ups.expire,),
}

#: What a higher feature adds to a surface of a lower one.
PARTS: Parts = {
    Ask: (follow_ups_parts.question,),
    Card: (follow_ups_parts.card_lines,),
    Due: (follow_ups_parts.waiting,),
    Words: (learnings_parts.words,),
    Subcommand: (learnings_parts.listed,),
}

#: Who keeps what Slack says of people and channels.
KEEPERS = Keepers(introduce, keep_room, keep_move)
