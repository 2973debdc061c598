"""The form that makes a poll."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.polls.blocks import form as blocks
from slackapp.features.polls.blocks.form import FormState
from slackapp.features.polls.blocks.inputs import REDRAW, with_turn, without_turn
from slackapp.features.polls.blocks.kept import TAKE_OVER
from slackapp.features.polls.queries.audience import meant_by
from slackapp.features.polls.queries.opening import form_view, today
from slackapp.features.polls.rules import FEWEST_SHOWN
from slackapp.features.polls.rules.filling import WHOM, filled_anew, own
from slackapp.features.polls.rules.form import Today, proposed, read_poll
from slackapp.features.polls.rules.templates import Template
from slackapp.features.polls.service import starting
from slackapp.features.workspaces.queries import meet
from slackapp.slack.replies import CloseModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission, Value


async def redraw(tx: Tx, click: Click) -> Reply:
    """Something was chosen on which other inputs depend: what was typed stays."""
    return await _drawn(tx, click, FormState.read(click.metadata))


async def more(tx: Tx, click: Click) -> Reply:
    """Everything else, below what was filled in."""
    return await _drawn(tx, click, replace(FormState.read(click.metadata), more=True))


async def fill_in(tx: Tx, click: Click) -> Reply:
    """Another template: it fills in what nobody filled in themselves."""
    state, typed = FormState.read(click.metadata), without_turn(click.values)
    now, filled_by = await today(tx, click.user), _template({"template": state.template})
    theirs = own(typed, filled_by, now) | {name for name in state.own if typed.get(name)}
    return await _filled_anew(tx, state, typed, theirs, now)


async def take_over(tx: Tx, click: Click) -> Reply:
    """All that the template proposes, also in place of what somebody filled in."""
    state, typed = FormState.read(click.metadata), without_turn(click.values)
    return await _filled_anew(tx, state, typed, WHOM, await today(tx, click.user))


async def _filled_anew(
    tx: Tx, state: FormState, typed: dict[str, Value], theirs: Collection[str], now: Today
) -> Reply:
    template = _template(typed)
    values = filled_anew(typed, theirs, template, now)
    state = replace(state, turn=state.turn + 1, few=0, template=template.value, own=sorted({*theirs} - WHOM))
    return UpdateModal(blocks.poll_form(await form_view(tx, state, values)))


async def submit(tx: Tx, submission: Submission) -> Reply:
    try:
        return await _start(tx, submission)
    except FieldError as error:
        raise FieldError(with_turn(error.fields, submission.values)) from None


async def _start(tx: Tx, submission: Submission) -> Reply:
    state, user_id = FormState.read(submission.metadata), submission.user
    typed = without_turn(submission.values)
    channel_id = state.channel or str(typed.get("channel") or "")
    if not channel_id:
        raise FieldError({"channel": "Choose the channel of the team that is asked."})
    values = await _filled(tx, user_id, typed)
    draft = read_poll(values, await today(tx, user_id))
    await meet(tx, {user_id, *draft.people}, channel_id)
    anyway = bool(typed.get("all_the_same"))
    if draft.is_anonymous and not anyway:
        meant = await meant_by(tx, draft, channel_id)
        if meant and meant < FEWEST_SHOWN:
            told = replace(state, few=meant)
            return UpdateModal(blocks.poll_form(await form_view(tx, told, values)))
    await starting.start(tx, user_id, draft, channel_id=channel_id, anyway=anyway)
    return CloseModal()


async def _drawn(tx: Tx, click: Click, state: FormState) -> Reply:
    values = await _filled(tx, click.user, without_turn(click.values))
    return UpdateModal(blocks.poll_form(await form_view(tx, state, values)))


async def _filled(tx: Tx, user_id: str, typed: dict[str, Value]) -> dict[str, Value]:
    """What stands in the inputs; of those that are not shown, what the template proposes."""
    return {**proposed(_template(typed), await today(tx, user_id)), **typed}


def _template(typed: Mapping[str, Value]) -> Template:
    return next((each for each in Template if each == typed.get("template")), Template.OWN)


ROUTES: Routes = (
    OnAction(REDRAW, redraw),
    OnAction(blocks.TEMPLATE, fill_in),
    OnAction(TAKE_OVER, take_over),
    OnAction(blocks.MORE, more),
    OnSubmit(blocks.NEW, submit),
)
