"""Asking the team's channel, once a week and without names."""

from datetime import date, timedelta

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, morning_of
from slackapp.features.follow_ups import blocks, queries, rules
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND, MOST_IN_CHANNEL, FollowUpState
from slackapp.features.follow_ups.service.access import locked
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.prompts.rules import ToChannel
from slackapp.features.workspaces.queries import calendar
from slackapp.features.workspaces.queries import channel as known_channel
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import is_posted


async def ask_channel(tx: Tx, event: ToChannel) -> None:
    """Let the team's channel be asked, together with all that it is asked that week, and without names."""
    if event.kind != KIND:
        return
    launch, follow_up = await locked(tx, event.subject_id)
    # Put off or passed on, it comes here a second time; the channel is asked once.
    if follow_up.state != FollowUpState.OPEN or follow_up.channel_message is not None:
        return
    there = await known_channel(tx, launch.channel_id)
    if there is not None and there.is_archived:
        return
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    monday = rules.asked_in_channel_on(local_date(tx.now, when.zone))
    while await _is_closed(tx, channel_key(launch.channel_id, monday)):
        monday += timedelta(days=7)
    follow_up.channel_message = channel_key(launch.channel_id, monday)
    await tx.session.flush()
    await redraw_in_channel(tx, launch, follow_up)


async def _is_closed(tx: Tx, key: str) -> bool:
    """Whether the message takes nothing more: it is full, or posted, and nobody looks at it twice."""
    return len(await queries.in_channel_message(tx, key)) >= MOST_IN_CHANNEL or await is_posted(tx, key)


async def redraw_in_channel(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """The message that asks the channel, if this is asked there. It is not posted before its Monday."""
    if follow_up.channel_message is None:
        return
    await outbox.hold(tx, follow_up.channel_message)
    asks = []
    for asked in await queries.in_channel_message(tx, follow_up.channel_message):
        about = await launch_queries.launch(tx, asked.launch_id)
        asks.append((about, await queries.answer_of(tx, asked)))
    key, message = follow_up.channel_message, blocks.does_anyone_know(asks)
    if all(answer.follow_up.state != FollowUpState.OPEN for _, answer in asks):
        await outbox.withdraw(tx, key, instead=message)
        return
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    due, to = morning_of(_monday_of(key), when), outbox.Channel(launch.channel_id)
    responsible = await launch_queries.responsible(tx, launch)
    await outbox.say(tx, key, to, message, due=due, responsible=responsible)


def channel_key(channel_id: str, monday: date) -> str:
    return f"follow_ups:{channel_id}:{monday.isoformat()}"


def _monday_of(key: str) -> date:
    return date.fromisoformat(key.rpartition(":")[2])
