"""Who answers Slack, what the clock asks for, what follows from what, and who adds to whose surface."""

from slackapp.core.transaction import Events, Parts
from slackapp.features.action_items import listeners as action_items_listeners
from slackapp.features.action_items import parts as action_items_parts
from slackapp.features.action_items import service as action_items
from slackapp.features.action_items.rules import ActionChanged
from slackapp.features.discovery import listeners as discovery_listeners
from slackapp.features.discovery import parts as discovery_parts
from slackapp.features.discovery.service import asking as discovery_asking
from slackapp.features.discovery.service import attendance as discovery_attendance
from slackapp.features.discovery.service import replies as discovery_replies
from slackapp.features.follow_ups import listeners as follow_ups_listeners
from slackapp.features.follow_ups import parts as follow_ups_parts
from slackapp.features.follow_ups import service as follow_ups
from slackapp.features.follow_ups.rules import Answered, Outcome
from slackapp.features.home import listeners as home_listeners
from slackapp.features.launches import listeners as launches_listeners
from slackapp.features.launches import parts as launches_parts
from slackapp.features.launches import service as launches
from slackapp.features.launches.rules import (
    Card,
    Details,
    Due,
    LaunchDropped,
    LaunchEdited,
    LaunchOut,
    LaunchPlanned,
    LeftPart,
    Shown,
    Subcommand,
    TookPart,
    Words,
)
from slackapp.features.learnings import listeners as learnings_listeners
from slackapp.features.learnings import parts as learnings_parts
from slackapp.features.learnings import service as learnings
from slackapp.features.polls import jobs as polls_jobs
from slackapp.features.polls import listeners as polls_listeners
from slackapp.features.polls.rules import RoundClosed
from slackapp.features.polls.service import asking as polls_asking
from slackapp.features.polls.service import drawing as polls_drawing
from slackapp.features.prompts import jobs as prompts_jobs
from slackapp.features.prompts import listeners as prompts_listeners
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.rules import Ask, Asked, Echoes, Edited, Expired, Replied, ToChannel
from slackapp.features.retros import jobs as retros_jobs
from slackapp.features.retros import listeners as retros_listeners
from slackapp.features.retros import parts as retros_parts
from slackapp.features.retros.service import facilitating as retros_facilitating
from slackapp.features.retros.service import first_screen as retros_first_screen
from slackapp.features.retros.service import offers as retros_offers
from slackapp.features.retros.service import status as retros_status
from slackapp.features.retros.service import waiting as retros_waiting
from slackapp.features.workspaces import listeners as workspaces_listeners
from slackapp.features.workspaces import parts as workspaces_parts
from slackapp.features.workspaces.rules import AppHome, PersonLeft
from slackapp.features.workspaces.service import introduce, keep_move, keep_room
from slackapp.outbox import listeners as outbox_listeners
from slackapp.outbox import stale
from slackapp.outbox.rules import Dead, MayRead
from slackapp.outbox.stale import Stale
from slackapp.slack import inbound
from slackapp.slack.news import Keepers
from slackapp.slack.routes import Routes

#: Who answers Slack.
ROUTES: Routes = (
    *launches_listeners.ROUTES,
    *learnings_listeners.ROUTES,
    *follow_ups_listeners.ROUTES,
    *polls_listeners.ROUTES,
    *discovery_listeners.ROUTES,
    *retros_listeners.ROUTES,
    *action_items_listeners.ROUTES,
    *prompts_listeners.ROUTES,
    *workspaces_listeners.ROUTES,
    *home_listeners.ROUTES,
    *outbox_listeners.ROUTES,
)

#: What the clock asks for, in this order.
JOBS = (
    *retros_jobs.JOBS,
    *polls_jobs.JOBS,
    *prompts_jobs.JOBS,
    *stale.JOBS,
    *inbound.JOBS,
)

#: What follows from what, in the same transaction.
EVENTS: Events = {
    Dead: (prompts.undeliverable, polls_asking.undeliverable),
    Stale: (polls_drawing.draw_stale, retros_status.draw_stale, retros_first_screen.draw_stale),
    PersonLeft: (retros_facilitating.person_left, prompts.pass_over),
    LaunchPlanned: (discovery_asking.planned,),
    LaunchOut: (follow_ups.plan, discovery_asking.out, retros_offers.plan),
    LaunchDropped: (follow_ups.drop, discovery_asking.dropped, retros_offers.forget),
    LaunchEdited: (
        learnings.rename,
        follow_ups.edited,
        discovery_asking.edited,
        retros_offers.edited,
        retros_first_screen.edited,
    ),
    RoundClosed: (discovery_attendance.closed,),
    TookPart: (follow_ups.tell_latecomer,),
    LeftPart: (follow_ups.tell_no_more,),
    Answered: (retros_offers.answered, retros_first_screen.answered),
    ActionChanged: (retros_first_screen.action_changed,),
    Asked: (follow_ups.lapse_earlier,),
    Replied: (
        launches.take_reply,
        follow_ups.take_reply,
        action_items.take_reply,
        discovery_replies.take_reply,
        retros_waiting.take_reply,
    ),
    Edited: (follow_ups.correct, discovery_replies.correct),
    ToChannel: (follow_ups.ask_channel,),
    Expired: (launches.metric_expired, follow_ups.expire, action_items.expire),
}

#: What a higher feature adds to a surface of a lower one.
PARTS: Parts = {
    MayRead: (workspaces_parts.may_read,),
    AppHome: (action_items_parts.home_section,),
    Ask: (
        launches_parts.question,
        follow_ups_parts.question,
        follow_ups_parts.news,
        action_items_parts.question,
        discovery_parts.question,
        retros_parts.question,
    ),
    Echoes: (follow_ups_parts.echo, discovery_parts.echo),
    Card: (follow_ups_parts.card_part, discovery_parts.card_part),
    Details: (discovery_parts.details,),
    Due: (launches_parts.waiting, follow_ups_parts.waiting),
    Shown: (discovery_parts.buttons, follow_ups_parts.buttons),
    Outcome: (retros_parts.outcome,),
    Words: (learnings_parts.words,),
    Subcommand: (learnings_parts.listed,),
}

#: Who keeps what Slack says of people and channels.
KEEPERS = Keepers(introduce, keep_room, keep_move)
