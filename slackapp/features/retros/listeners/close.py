"""The close of a retro: its form, opened and submitted."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros.blocks.close import CLOSE, close_modal, nothing_to_score
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import retro as retro_of
from slackapp.features.retros.queries.looked_back import closing as form_of
from slackapp.features.retros.rules import Doing
from slackapp.features.retros.rules.notes import without_calls
from slackapp.features.retros.rules.scores import ClosingDraft, read_scores
from slackapp.features.retros.service import closing, permitting, scoring
from slackapp.features.workspaces.queries import as_read
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import OnSubmit, Routes, Submission


async def open_close(tx: Tx, user_id: str, retro: Retro) -> Reply:
    """For facilitators the form to close it; for everybody else who takes part, the launches to score."""
    facilitates = await permitting.is_allowed(tx, user_id, retro, Doing.FACILITATE)
    if not facilitates:
        await permitting.check(tx, user_id, retro, Doing.SCORE)
    form = await form_of(tx, retro, user_id, facilitates=facilitates)
    if not facilitates and not form.launches:
        return nothing_to_score(retro.label)
    return OpenModal(close_modal(form))


async def submit(tx: Tx, submission: Submission) -> Reply:
    retro_id, step, page = _opened(submission.metadata)
    user_id = submission.user
    retro = await retro_of(tx, retro_id)
    facilitates = await permitting.is_allowed(tx, user_id, retro, Doing.FACILITATE)
    if facilitates:
        await closing.at_close(tx, retro_id, by=user_id, step=step)
    await scoring.score(tx, user_id, retro_id, read_scores(submission.values))
    form = await form_of(tx, retro, user_id, facilitates=facilitates, page=page)
    if not form.is_last:
        following = await form_of(tx, retro, user_id, facilitates=facilitates, page=page + 1)
        return UpdateModal(close_modal(following))
    if not facilitates:
        return CloseModal()
    impact = without_calls(await as_read(tx, str(submission.values.get("impact") or "")))
    draft = ClosingDraft.read({**submission.values, "impact": impact})
    if draft.keep_open:
        await closing.say_impact(tx, retro, by=user_id, impact=draft.impact)
    elif not draft.impact and not draft.skip:
        return UpdateModal(close_modal(form, asks_again=True))
    else:
        await closing.close(tx, retro, by=user_id, impact=draft.impact, skip=draft.skip)
    return CloseModal()


def _opened(metadata: str) -> tuple[int, int, int]:
    """Of the form: the retro's id, the step at which it was drawn, and the page."""
    retro_id, _, rest = metadata.partition(":")
    step, _, page = rest.partition(":")
    return number(retro_id), number(step), number(page)


ROUTES: Routes = (OnSubmit(CLOSE, submit),)
