"""Erasing what people said in a retro that is cancelled."""

from typing import Any

from sqlalchemy import delete, select, update

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import (
    Decision,
    Hand,
    Note,
    PrivateWord,
    Purse,
    Retro,
    RetroAction,
    Score,
    Topic,
    Vote,
    WaitingNote,
)
from slackapp.features.retros.rules import WAITED

#: What holds a person's words, or what they chose, in the order in which rows refer to each other.
_OF_PEOPLE: tuple[type[Any], ...] = (Vote, Purse, Score, Note, Hand, PrivateWord, Topic)


async def everything(tx: Tx, about: Retro) -> None:
    """Erase all that people said in it, and who said something. What waited for it waits again.

    Action items and decisions stay: they were made in the open.
    """
    await _let_wait_again(tx, about)
    for kept in (RetroAction, Decision):
        await tx.session.execute(
            update(kept)
            .where(kept.workspace_id == tx.workspace_id, kept.retro_id == about.id)
            .values(topic_id=None)
            .execution_options(synchronize_session=False)
        )
    for kind in _OF_PEOPLE:
        await tx.session.execute(
            delete(kind)
            .where(kind.workspace_id == tx.workspace_id, kind.retro_id == about.id)
            .execution_options(synchronize_session=False)
        )
    about.reveal_key = None
    tx.scrub()
    await tx.session.flush()


async def _let_wait_again(tx: Tx, about: Retro) -> None:
    waited = await tx.session.execute(
        select(Note.id, Note.text, Note.source_link).where(
            Note.workspace_id == tx.workspace_id, Note.retro_id == about.id, Note.column == WAITED
        )
    )
    rows = [
        {"workspace_id": tx.workspace_id, "channel_id": about.channel_id, **row} for row in waited.mappings()
    ]
    if rows:
        await tx.session.execute(insert(WaitingNote.__table__, tx.dialect), rows)
