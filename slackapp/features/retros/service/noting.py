"""What is noted down under a topic: action items and decisions."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import tidy
from slackapp.features.action_items import service as action_items
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.action_items.rules import Doing as ActionDoing
from slackapp.features.retros import queries
from slackapp.features.retros.models import Decision, Retro, RetroAction, Topic
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.service.permitting import check

LONGEST_DECISION = 300


async def may_note(tx: Tx, user_id: str, retro_id: int, *, lock: bool = False) -> Retro:
    """Raises `UserError` for whoever may not note anything down, and when nothing is noted any more.

    `lock`: until the end of the transaction no topic goes, and nobody else changes what was noted.
    """
    about = await queries.retro(tx, retro_id, lock=lock)
    await check(tx, user_id, about, Doing.NOTE_DOWN)
    queries.must_be_open(about)
    if about.phase not in {Phase.DISCUSS, Phase.CLOSE}:
        raise UserError("Action items and decisions are noted while topics are discussed.")
    return about


async def add_action(tx: Tx, user_id: str, retro_id: int, topic_id: int, draft: ActionDraft) -> ActionItem:
    """Keep the action item, as one that came of this topic; 0: of none."""
    about = await may_note(tx, user_id, retro_id, lock=True)
    topic = await _topic(tx, retro_id, topic_id)
    name = topic.name if topic is not None else ""
    item = await action_items.add(tx, draft, channel_id=about.channel_id, by=user_id, about=name)
    came_of = RetroAction(workspace_id=tx.workspace_id, retro_id=retro_id)
    came_of.action_id, came_of.topic_id = item.id, topic.id if topic is not None else None
    tx.session.add(came_of)
    await tx.session.flush()
    return item


async def open_action(tx: Tx, user_id: str, retro_id: int, action_id: int) -> ActionItem:
    """An action item of this retro to be changed, as it stands. `NotFoundError` if it is of another."""
    about = await may_note(tx, user_id, retro_id, lock=True)
    item = await found.action(tx, retro_id, action_id)
    return await action_items.open_one(
        tx, user_id, item.id, ActionDoing.EDIT, here=about.channel_id, lock=True
    )


async def edit_action(tx: Tx, user_id: str, retro_id: int, action_id: int, draft: ActionDraft) -> None:
    """Change it. Raises as `open_action`, and for what cannot be."""
    item = await open_action(tx, user_id, retro_id, action_id)
    await action_items.edit(tx, user_id, item.id, draft, here=item.channel_id)


async def decide(tx: Tx, user_id: str, retro_id: int, topic_id: int, text: str) -> None:
    """Keep the decision. Raises `FieldError` at `decision` if it is empty or too long."""
    await may_note(tx, user_id, retro_id, lock=True)
    topic = await _topic(tx, retro_id, topic_id)
    if not tidy(text):
        raise FieldError({"decision": "Please fill this in."})
    tx.session.add(
        Decision(
            workspace_id=tx.workspace_id,
            retro_id=retro_id,
            topic_id=topic.id if topic is not None else None,
            text=_checked(text),
            written_by=user_id,
            written_at=tx.now,
        )
    )
    await tx.session.flush()


async def redecide(tx: Tx, user_id: str, retro_id: int, decision_id: int, text: str) -> None:
    """Say the decision in other words; empty, it goes."""
    await may_note(tx, user_id, retro_id, lock=True)
    decision = await found.decision(tx, retro_id, decision_id)
    if tidy(text):
        decision.text = _checked(text)
    else:
        await tx.session.delete(decision)
    await tx.session.flush()


def _checked(text: str) -> str:
    words = tidy(text)
    if len(words) > LONGEST_DECISION:
        raise FieldError({"decision": f"Please keep this to {LONGEST_DECISION} characters."})
    return words


async def _topic(tx: Tx, retro_id: int, topic_id: int) -> Topic | None:
    return await found.topic(tx, retro_id, topic_id) if topic_id else None
