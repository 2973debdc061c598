"""Finding notes, and who has handed in. No query here says who wrote a note of an anonymous retro."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select

from slackapp.core.secrecy import is_mac, mac_of
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Hand, Note, Retro, WaitingNote
from slackapp.features.retros.rules import WAITED


async def hands(tx: Tx, retro_id: int) -> int:
    """How many have handed in, or said that they have nothing to add."""
    found = await tx.session.scalar(select(func.count()).select_from(Hand).where(*_hands(tx, retro_id)))
    return found or 0


async def handed_in(tx: Tx, retro_id: int) -> frozenset[str]:
    """Who has. In an anonymous retro this is told to nobody: it only says who is not reminded."""
    return frozenset(await tx.session.scalars(select(Hand.user_id).where(*_hands(tx, retro_id))))


async def count(tx: Tx, retro_id: int) -> int:
    """How many notes there are, with those that waited for it."""
    found = await tx.session.scalar(select(func.count()).select_from(Note).where(*_notes(tx, retro_id)))
    return found or 0


async def waited(tx: Tx, retro_id: int) -> Sequence[Note]:
    """The notes that waited for this retro, in no order that tells anything."""
    found = await tx.session.scalars(
        select(Note).where(*_notes(tx, retro_id), Note.column == WAITED).order_by(Note.id)
    )
    return found.all()


async def waiting(tx: Tx, channel_id: str) -> int:
    """How many notes wait for the channel's next retro."""
    found = await tx.session.scalar(
        select(func.count())
        .select_from(WaitingNote)
        .where(WaitingNote.workspace_id == tx.workspace_id, WaitingNote.channel_id == channel_id)
    )
    return found or 0


async def own(tx: Tx, about: Retro, user_id: str) -> Sequence[Note]:
    """What this person handed in and may still change, by column. After notes are revealed, nothing."""
    unrevealed = select(Note).where(*_notes(tx, about.id), Note.position.is_(None))
    ordered = unrevealed.order_by(Note.column, Note.id)
    if not about.is_anonymous:
        return (await tx.session.scalars(ordered.where(Note.author_id == user_id))).all()
    if about.reveal_key is None:
        return []
    mac = mac_of(about.reveal_key, user_id)
    found = await tx.session.scalars(ordered.where(Note.author_mac.is_not(None)))
    return [note for note in found if is_mac(note.author_mac, mac)]


async def hold(tx: Tx, retro_id: int, note_ids: Collection[str]) -> None:
    """Let nobody else change these until the end of the transaction: their author has two windows open."""
    if note_ids:
        await tx.session.execute(
            select(Note.id)
            .where(*_notes(tx, retro_id), Note.id.in_(note_ids))
            .order_by(Note.id)
            .with_for_update()
        )


def _hands(tx: Tx, retro_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Hand.workspace_id == tx.workspace_id, Hand.retro_id == retro_id)


def _notes(tx: Tx, retro_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Note.workspace_id == tx.workspace_id, Note.retro_id == retro_id)
