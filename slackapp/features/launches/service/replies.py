"""Replies in words to what launches ask."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.features.launches.rules import METRIC_KIND, OUT_KIND, LaunchState, says_it_is_out
from slackapp.features.launches.service.metric import name_metric
from slackapp.features.launches.service.planning import is_planned, say_out
from slackapp.features.prompts.rules import Replied
from slackapp.features.workspaces.queries import today
from slackapp.outbox import service as outbox
from slackapp.slack.blocks import Message


async def take_reply(tx: Tx, event: Replied) -> None:
    """A name names the metric, a yes means that it is out; what is neither is asked back."""
    if event.kind not in {OUT_KIND, METRIC_KIND}:
        return
    to = outbox.Direct(event.user_id)
    try:
        if event.kind == METRIC_KIND:
            answer = blocks.metric_named(await name_metric(tx, event.user_id, event.subject_id, event.text))
        else:
            answer = await _is_out(tx, event)
    except UserError as error:
        launch = await queries.launch(tx, event.subject_id)
        answer = blocks.not_understood(launch, error.sentence)
    await outbox.say(tx, event.answer_key, to, answer)


async def _is_out(tx: Tx, event: Replied) -> Message:
    launch = await is_planned(tx, event.user_id, event.subject_id)
    if not says_it_is_out(event.text):
        raise UserError("Press It's out, New date or Dropped under the question, or reply “yes”.")
    launch.day = min(launch.day, await today(tx, event.user_id))
    await say_out(tx, event.user_id, launch)
    assert launch.state == LaunchState.OUT
    return blocks.out_now(launch)
