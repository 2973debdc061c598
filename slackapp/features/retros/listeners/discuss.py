"""Discussing topics, in a modal that shows the one it is now, and noting down what comes of it."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.action_items.rules import USUAL_TIME, ActionDraft
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import discuss as blocks
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Doing
from slackapp.features.retros.service import discussing, noting
from slackapp.features.retros.service.permitting import check, is_allowed
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_discuss(tx: Tx, user_id: str, retro: Retro) -> Reply:
    await check(tx, user_id, retro, Doing.READ)
    return OpenModal(blocks.discuss(await discussion(tx, user_id, retro)))


async def discussion(
    tx: Tx, user_id: str, retro: Retro, page: int = 0, elsewhere: str = ""
) -> blocks.Discussion:
    return blocks.Discussion(
        await found.board(tx, retro),
        await found.tally(tx, retro.id),
        await found.discussed(tx, retro.id),
        await found.outcome(tx, retro.id),
        await today(tx, user_id),
        await is_allowed(tx, user_id, retro, Doing.FACILITATE),
        await is_allowed(tx, user_id, retro, Doing.NOTE_DOWN),
        page,
        elsewhere,
    )


async def turn_page(tx: Tx, click: Click) -> Reply:
    """Another page, the same as it is now, or back to it out of a form."""
    return await _again(tx, click.user, _opened(click.metadata)[0], number(click.value))


async def next_topic(tx: Tx, click: Click) -> Reply:
    retro_id = _opened(click.metadata)[0]
    await discussing.next_topic(tx, click.user, retro_id, number(click.value))
    return await _again(tx, click.user, retro_id)


async def previous_topic(tx: Tx, click: Click) -> Reply:
    retro_id = _opened(click.metadata)[0]
    await discussing.previous_topic(tx, click.user, retro_id, number(click.value))
    return await _again(tx, click.user, retro_id)


async def choose_topic(tx: Tx, click: Click) -> Reply:
    retro_id = _opened(click.metadata)[0]
    await discussing.choose(tx, click.user, retro_id, number(click.value))
    return await _again(tx, click.user, retro_id)


async def open_action(tx: Tx, click: Click) -> Reply:
    retro_id, topic_id, _ = _opened(click.metadata)
    retro = await noting.may_note(tx, click.user, retro_id)
    topic = await found.topic(tx, retro_id, topic_id) if topic_id else None
    due_on = await today(tx, click.user) + USUAL_TIME
    return UpdateModal(blocks.action_form(retro, topic, by=click.user, due_on=due_on))


async def open_decision(tx: Tx, click: Click) -> Reply:
    retro_id, topic_id, _ = _opened(click.metadata)
    retro = await noting.may_note(tx, click.user, retro_id)
    topic = await found.topic(tx, retro_id, topic_id) if topic_id else None
    return UpdateModal(blocks.decision_form(retro, topic))


async def open_noted(tx: Tx, click: Click) -> Reply:
    """What was noted down, to be said in other words."""
    retro = await noting.may_note(tx, click.user, _opened(click.metadata)[0])
    kind, _, id_ = (click.value or "").partition(":")
    if kind == "decision":
        return UpdateModal(blocks.decision_form(retro, None, await found.decision(tx, retro.id, number(id_))))
    item = await found.action(tx, retro.id, number(id_))
    return UpdateModal(blocks.action_form(retro, None, item, by=item.owner_id, due_on=item.due_on))


async def note_action(tx: Tx, submission: Submission) -> Reply:
    retro_id, topic_id, action_id = _opened(submission.metadata)
    user_id, day = submission.user, await today(tx, submission.user)
    if action_id:
        item = await noting.open_action(tx, user_id, retro_id, action_id)
        draft = ActionDraft.edited(submission.values, submission.shown, item, today=day)
        await noting.edit_action(tx, user_id, retro_id, action_id, draft)
    else:
        draft = ActionDraft.read(submission.values, today=day)
        await noting.add_action(tx, user_id, retro_id, topic_id, draft)
    return await _noted(tx, user_id, retro_id, topic_id)


async def note_decision(tx: Tx, submission: Submission) -> Reply:
    retro_id, topic_id, decision_id = _opened(submission.metadata)
    text = str(submission.values.get("decision") or "")
    if decision_id and text == submission.shown.get("decision"):
        return await _again(tx, submission.user, retro_id)
    if decision_id:
        await noting.redecide(tx, submission.user, retro_id, decision_id, text)
    else:
        await noting.decide(tx, submission.user, retro_id, topic_id, text)
    return await _noted(tx, submission.user, retro_id, topic_id)


async def _noted(tx: Tx, user_id: str, retro_id: int, topic_id: int) -> Reply:
    """The discussion may have gone on meanwhile: what was noted is then not in sight."""
    current = await found.discussed(tx, retro_id)
    if not topic_id or (current is not None and current.id == topic_id):
        return await _again(tx, user_id, retro_id)
    return await _again(tx, user_id, retro_id, elsewhere=(await found.topic(tx, retro_id, topic_id)).name)


async def _again(tx: Tx, user_id: str, retro_id: int, page: int = 0, elsewhere: str = "") -> Reply:
    retro = await queries.retro(tx, retro_id)
    await check(tx, user_id, retro, Doing.READ)
    if not found.is_told(retro):
        raise UserError(f"The topics of {retro.label} are not being discussed now.")
    return UpdateModal(blocks.discuss(await discussion(tx, user_id, retro, page, elsewhere)))


def _opened(metadata: str) -> tuple[int, int, int]:
    """Of the modal: the retro's id, the topic's it was about, and the page or what is edited."""
    retro_id, _, rest = metadata.partition(":")
    topic_id, _, other = rest.partition(":")
    return number(retro_id), number(topic_id), number(other)


ROUTES: Routes = (
    OnAction(f"{blocks.DISCUSS_PAGE}.back", turn_page),
    OnAction(f"{blocks.DISCUSS_PAGE}.on", turn_page),
    OnAction(f"{blocks.DISCUSS_PAGE}.here", turn_page),
    OnAction(blocks.NEXT_TOPIC, next_topic),
    OnAction(blocks.PREVIOUS_TOPIC, previous_topic),
    OnAction(blocks.CHOOSE_TOPIC, choose_topic),
    OnAction(blocks.ADD_ACTION, open_action),
    OnAction(blocks.ADD_DECISION, open_decision),
    OnAction(blocks.EDIT_NOTED, open_noted),
    OnSubmit(blocks.NOTED_ACTION, note_action),
    OnSubmit(blocks.NOTED_DECISION, note_decision),
)
