"""What people write in the direct message: an answer, and the same answer in other words."""

from datetime import date

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import tidy
from slackapp.features.follow_ups import blocks, queries
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND, FollowUpState, Given
from slackapp.features.follow_ups.service.access import locked
from slackapp.features.follow_ups.service.answering import record
from slackapp.features.follow_ups.service.readings import keep_number
from slackapp.features.follow_ups.service.telling import conclude, redraw, redraw_echo
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, LaunchState, may
from slackapp.features.metrics import queries as metric_queries
from slackapp.features.metrics import service as metrics
from slackapp.features.metrics.rules import UnclearNumberError, parse_answer
from slackapp.features.prompts.rules import Edited, Replied
from slackapp.features.workspaces.queries import today
from slackapp.outbox import service as outbox


async def take_reply(tx: Tx, event: Replied) -> None:
    """A reply in the direct message is an answer; one that holds no clear number is asked back."""
    if event.kind != KIND:
        return
    follow_up = await queries.follow_up(tx, event.subject_id)
    launch = await launch_queries.launch(tx, follow_up.launch_id)
    try:
        given = _given(event, launch, await today(tx, event.user_id))
        await record(tx, event.user_id, follow_up.id, given, echo=event.answer_key)
    except UserError as error:
        to = outbox.Direct(event.user_id)
        await outbox.say(tx, event.answer_key, to, blocks.unclear(launch, error.sentence))


async def correct(tx: Tx, event: Edited) -> None:
    """The reply was put in other words: the answer is what it says now.

    If that is no clear answer, or it is too late, the old answer stands, and its echo says so. Of whoever may
    not answer any more nothing is taken, and they are told nothing.
    """
    if event.kind != KIND:
        return
    launch, follow_up = await locked(tx, event.subject_id)
    is_theirs = follow_up.echo == event.answer_key and follow_up.answered_by == event.user_id
    if not is_theirs or follow_up.state != FollowUpState.ANSWERED or follow_up.reading_id is None:
        return
    if not may(Action.ANSWER, await queries.roles(tx, event.user_id, launch, follow_up)):
        return
    old = await metric_queries.reading(tx, follow_up.reading_id)
    try:
        _check_not_too_late(launch, follow_up)
        reading_id = await keep_number(tx, launch, _given(event, launch, old.observed_on), event.user_id)
    except UserError as error:
        notice = f"{error.sentence} Your first answer stands."
        await redraw_echo(tx, launch, follow_up, notice=notice)
        return
    await metrics.take_back(tx, old.id)
    follow_up.reading_id = reading_id
    await tx.session.flush()
    if follow_up.final:
        await conclude(tx, launch, follow_up)
    else:
        await launches.redraw(tx, launch)
    await redraw(tx, launch, follow_up)


def _check_not_too_late(launch: Launch, follow_up: FollowUp) -> None:
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} was cancelled.")
    if launch.state == LaunchState.CLOSED and follow_up.final:
        raise UserError(f"{launch.label} is decided upon.")


def _given(event: Replied | Edited, launch: Launch, observed_on: date) -> Given:
    if event.has_files and not event.text.strip():
        raise UnclearNumberError("I cannot read a number from a file. Please write it.")
    quantity, note = parse_answer(event.text, unit=launch.unit)
    return Given(quantity, observed_on, tidy(note))
