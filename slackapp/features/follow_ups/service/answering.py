"""Taking answers and taking them back, and what is said beside them."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import queries
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import (
    ANSWERS,
    KIND,
    Answered,
    Beside,
    FollowUpState,
    Given,
    NoNumber,
)
from slackapp.features.follow_ups.service.access import check_may, locked, to_answer
from slackapp.features.follow_ups.service.channel import redraw_in_channel
from slackapp.features.follow_ups.service.planning import end_if_over, lapse_before
from slackapp.features.follow_ups.service.readings import (
    forget_guardrails,
    keep_guardrails,
    keep_number,
)
from slackapp.features.follow_ups.service.telling import (
    conclude,
    echo_key,
    redraw,
    redraw_echo,
    take_back_echo,
    tell_channel,
    tell_workers,
    tell_workers_no_more,
    withdraw_outcome,
)
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, LaunchState
from slackapp.features.learnings import service as learnings
from slackapp.features.learnings.queries import link_of, of_launch
from slackapp.features.metrics import service as metrics
from slackapp.features.metrics.rules import Verdict
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_person


async def open_question(tx: Tx, user_id: str, follow_up_id: int, *, here: str | None = None) -> FollowUp:
    """The question, if this person may answer it now; otherwise `UserError` says why not."""
    _, follow_up = await to_answer(tx, user_id, follow_up_id, here=here)
    return follow_up


async def record(
    tx: Tx,
    user_id: str,
    follow_up_id: int,
    given: Given,
    *,
    here: str | None = None,
    echo: str | None = None,
) -> None:
    """Keep the number as the answer. `UserError`: it is answered already, or not theirs to answer.

    `here` is the channel they act in, `echo` the outbox key under which a reply is answered.
    """
    launch, follow_up = await to_answer(tx, user_id, follow_up_id, here=here)
    follow_up.reading_id = await keep_number(tx, launch, given, user_id)
    follow_up.echo = echo
    if given.beside is not None:
        await _keep_beside(tx, launch, follow_up, given.beside, user_id)
    await _answer(tx, launch, follow_up, user_id, FollowUpState.ANSWERED)


async def record_no_number(
    tx: Tx, user_id: str, follow_up_id: int, reason: NoNumber, *, here: str | None = None
) -> None:
    """The answer is that there is no number. Raises as `record` does."""
    launch, follow_up = await to_answer(tx, user_id, follow_up_id, here=here)
    follow_up.no_number = reason
    await _answer(tx, launch, follow_up, user_id, FollowUpState.NO_NUMBER)


async def open_answer(tx: Tx, user_id: str, follow_up_id: int) -> FollowUp:
    """The answered follow-up, if this person may add to its answer; otherwise `UserError` says why not."""
    _, follow_up = await _answered(tx, user_id, follow_up_id)
    return follow_up


async def add(tx: Tx, user_id: str, follow_up_id: int, beside: Beside) -> None:
    """Keep what is said beside an answer, in place of what was said before. It is never too late for that."""
    launch, follow_up = await _answered(tx, user_id, follow_up_id)
    await _keep_beside(tx, launch, follow_up, beside, user_id)
    await tx.session.flush()
    if follow_up.final:
        await conclude(tx, launch, follow_up)
    await redraw(tx, launch, follow_up)


async def undo(tx: Tx, user_id: str, follow_up_id: int) -> None:
    """Take an answer back, and with it what was told to the channel. Not once it was decided upon.

    What was written beside the numbers stays, and stands in the form that answers it anew.
    """
    launch, follow_up = await locked(tx, follow_up_id)
    await check_may(tx, Action.ANSWER, user_id, launch, follow_up)
    if follow_up.state not in ANSWERS:
        raise UserError("This answer was taken back already.")
    if launch.state == LaunchState.CLOSED and follow_up.final:
        raise UserError(f"{launch.label} is decided upon, so its outcome stands.")
    answer, by = await queries.answer_of(tx, follow_up), follow_up.answered_by
    if follow_up.reading_id is not None:
        await metrics.take_back(tx, follow_up.reading_id)
    follow_up.state, follow_up.reading_id, follow_up.no_number = FollowUpState.OPEN, None, None
    follow_up.answered_by, follow_up.answered_at = None, None
    await tx.session.flush()
    if follow_up.final:
        await forget_guardrails(tx, launch)
        await withdraw_outcome(tx, launch)
        await tell_workers_no_more(tx, launch)
        await launches.unmeasured_again(tx, launch)
    if not await prompts.reopen(tx, KIND, follow_up.id):
        follow_up.state = FollowUpState.EXPIRED
        await tx.session.flush()
        if follow_up.final:
            await launches.measured(tx, launch, Verdict.UNMEASURED)
        await prompts.redraw(tx, KIND, follow_up.id)
    await end_if_over(tx, launch, follow_up)
    if not follow_up.final:
        await launches.redraw(tx, launch)
    await take_back_echo(tx, launch, answer, by)
    await redraw_in_channel(tx, launch, follow_up)
    await tx.emit(Answered(launch.id))


async def _answered(tx: Tx, user_id: str, follow_up_id: int) -> tuple[Launch, FollowUp]:
    launch, follow_up = await locked(tx, follow_up_id)
    await check_may(tx, Action.ANSWER, user_id, launch, follow_up)
    if follow_up.state not in ANSWERS:
        raise UserError("This answer was taken back. Record it anew, and say the rest there.")
    return launch, follow_up


async def _keep_beside(tx: Tx, launch: Launch, follow_up: FollowUp, beside: Beside, by: str) -> None:
    follow_up.else_changed, follow_up.users_said = beside.else_changed, beside.users_said
    if not follow_up.final:
        return
    await keep_guardrails(tx, launch, beside.guardrails, by)
    if beside.learning is not None:
        link = beside.link
        known = await of_launch(tx, launch.id)
        if not beside.asked_for_link and known is not None and beside.learning:
            link = link_of(known)
        await learnings.note(tx, launch, beside.learning, link, by=by)


async def _answer(tx: Tx, launch: Launch, follow_up: FollowUp, user_id: str, state: FollowUpState) -> None:
    follow_up.state, follow_up.answered_by, follow_up.answered_at = state, user_id, tx.now
    is_asked = user_id == await asked_person(tx, KIND, follow_up.id)
    if follow_up.echo is None and not (is_asked and await queries.is_shown(tx, follow_up.id)):
        # No message of theirs asks it, so the answer has none to stand in.
        follow_up.echo = echo_key(follow_up.id, user_id)
    await tx.session.flush()
    # One of them may have been answered and taken back since.
    await lapse_before(tx, follow_up)
    if follow_up.final:
        await conclude(tx, launch, follow_up)
        await tell_channel(tx, launch, follow_up)
        await tell_workers(tx, launch, follow_up)
    else:
        await launches.redraw(tx, launch)
    await prompts.answered(tx, KIND, follow_up.id, user_id)
    await redraw_echo(tx, launch, follow_up)
    await redraw_in_channel(tx, launch, follow_up)
    await tx.emit(Answered(launch.id, is_reading=state == FollowUpState.ANSWERED))
