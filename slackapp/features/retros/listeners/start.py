"""The form that starts a retro."""

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.retros.blocks import start as blocks
from slackapp.features.retros.blocks.start import StartState, StartView
from slackapp.features.retros.queries import beginnings
from slackapp.features.retros.rules import RetroDraft, Weekday
from slackapp.features.retros.service import starting
from slackapp.features.workspaces.queries import meet, today
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_start(tx: Tx, user_id: str, channel_id: str, *, about: int = 0) -> Reply:
    """The form, or in no channel the question where. `about`: a launch that is chosen in it.

    Raises `UserError` if no retro can be started there now.
    """
    if not channel_id or channel_id.startswith("D"):
        await starting.must_be_member(tx, user_id)
        return OpenModal(blocks.where_form())
    await starting.check(tx, user_id, channel_id)
    return OpenModal(blocks.start_form(await _view(tx, user_id, StartState(channel_id, about)), {}))


async def chosen_where(tx: Tx, submission: Submission) -> Reply:
    channel_id = str(submission.values.get("channel") or "")
    if not channel_id:
        raise FieldError({"channel": "Choose the channel of the team that looks back."})
    await starting.check(tx, submission.user, channel_id)
    return UpdateModal(blocks.start_form(await _view(tx, submission.user, StartState(channel_id)), {}))


async def redraw(tx: Tx, click: Click) -> Reply:
    """Another template was chosen: its columns may have to be asked for."""
    view = await _view(tx, click.user, StartState.read(click.metadata))
    return UpdateModal(blocks.start_form(view, click.values))


async def more(tx: Tx, click: Click) -> Reply:
    """Everything else, below what was filled in."""
    view = await _view(tx, click.user, StartState.read(click.metadata).opened())
    return UpdateModal(blocks.start_form(view, click.values))


async def submit(tx: Tx, submission: Submission) -> Reply:
    state, user_id = StartState.read(submission.metadata), submission.user
    draft = RetroDraft.read(submission.values, facilitator=user_id)
    await meet(tx, {user_id, *draft.people, *draft.co_facilitators}, state.channel)
    await starting.start(tx, user_id, draft, channel_id=state.channel)
    return CloseModal()


async def _view(tx: Tx, user_id: str, state: StartState) -> StartView:
    day = await today(tx, user_id)
    offered = await beginnings.offered(tx, state.channel, state.about)
    return StartView(state, user_id, Weekday(day.weekday()), offered)


ROUTES: Routes = (
    OnSubmit(blocks.WHERE, chosen_where),
    OnAction(blocks.TEMPLATE, redraw),
    OnAction(blocks.MORE, more),
    OnSubmit(blocks.START, submit),
)
