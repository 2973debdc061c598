"""Handing in notes, erasing what may not be revealed, and keeping what waits for the next retro."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from slackapp.core.database import insert
from slackapp.core.errors import FieldError, UserError
from slackapp.core.secrecy import mac_of, new_id, new_key, shuffled
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Hand, Note, Retro, WaitingNote
from slackapp.features.retros.queries import notes as notes_queries
from slackapp.features.retros.rules import NAMES, WAITED, Doing, Phase
from slackapp.features.retros.rules.notes import (
    MOST_WAITING,
    check_number,
    checked,
    own_field,
    without_calls,
)
from slackapp.features.retros.service import status
from slackapp.features.retros.service.permitting import check
from slackapp.features.workspaces.queries import as_read, is_outside, person


@dataclass(frozen=True)
class HandedIn:
    """What became of what somebody handed in: how many notes are new, changed and withdrawn."""

    retro: Retro
    new: int
    changed: int
    withdrawn: int


async def prepare(tx: Tx, retro: Retro) -> None:
    """Make the key by which authors find their notes again: collecting begins. The caller holds the lock."""
    if retro.is_anonymous and retro.reveal_key is None:
        retro.reveal_key = new_key()
        await tx.session.flush()


async def hand_in(  # noqa: PLR0913 - what is handed in, by whom, and where from
    tx: Tx,
    user_id: str,
    retro_id: int,
    new: Sequence[tuple[int, str]],
    edited: Mapping[str, str],
    *,
    link: str | None = None,
    here: str | None = None,
) -> HandedIn:
    """Add notes, each with the number of its column, and change one's own by id; an empty one is withdrawn.

    Without any of that they have nothing to add, which counts as handing in. `link`: the message that the
    notes were taken from. Raises `UserError` if it is not for them, or collecting is over; `FieldError` at a
    note that is not there any more.
    """
    # Its phase does not change until the end of the transaction.
    retro = await queries.retro(tx, retro_id, share=True)
    await check(tx, user_id, retro, Doing.WRITE, here=here)
    must_collect(retro)
    await notes_queries.hold(tx, retro_id, edited)
    own = {note.id: note for note in await notes_queries.own(tx, retro, user_id)}
    if gone := [note_id for note_id, text in edited.items() if text and note_id not in own]:
        raise FieldError(
            {own_field(each): "This one was withdrawn. Write it above, if you want it back." for each in gone}
        )
    withdrawn = [own[note_id] for note_id, text in edited.items() if not text and note_id in own]
    check_number(len(own) - len(withdrawn) + len(new))
    changed = 0
    for note_id, text in edited.items():
        if text:
            own[note_id].text = await _kept(tx, text)
            changed += 1
    for note in withdrawn:
        await tx.session.delete(note)
    for column, text in new:
        tx.session.add(await _note(tx, user_id, retro, column, text, link))
    await tx.session.flush()
    await _note_hand(tx, user_id, retro)
    return HandedIn(retro, len(new), changed, len(withdrawn))


async def discard(tx: Tx, retro: Retro) -> None:
    """Erase, unread, what people handed in and was not revealed. Notes that waited for this retro stay.

    The caller holds the retro's lock.
    """
    await tx.session.execute(
        delete(Note)
        .where(
            Note.workspace_id == tx.workspace_id,
            Note.retro_id == retro.id,
            Note.position.is_(None),
            Note.column != WAITED,
        )
        .execution_options(synchronize_session="fetch")
    )
    tx.scrub()


async def keep_waiting(tx: Tx, channel_id: str, text: str, link: str | None = None) -> WaitingNote:
    """Keep a note for the channel's next retro. Who wrote it is not kept."""
    if await notes_queries.waiting(tx, channel_id) >= MOST_WAITING:
        raise UserError(
            f"{MOST_WAITING} notes wait for this channel's next retro already, and no more fit. "
            "/retro start begins it."
        )
    note = WaitingNote(
        workspace_id=tx.workspace_id,
        id=new_id(),
        channel_id=channel_id,
        text=await _kept(tx, text),
        source_link=link,
    )
    tx.session.add(note)
    await tx.session.flush()
    return note


async def take_back(tx: Tx, waiting_id: str) -> None:
    """Forget a note that waits. Raises `UserError` if it waits no more."""
    gone = await tx.session.scalar(
        delete(WaitingNote)
        .where(WaitingNote.workspace_id == tx.workspace_id, WaitingNote.id == waiting_id)
        .returning(WaitingNote.id)
    )
    if gone is None:
        raise UserError("This note waits no more: a retro took it up, or it was taken back.")


async def bring_along(tx: Tx, retro: Retro) -> int:
    """Put what waited for the channel's next retro among its notes; how many these are."""
    found = await tx.session.scalars(
        delete(WaitingNote)
        .where(WaitingNote.workspace_id == tx.workspace_id, WaitingNote.channel_id == retro.channel_id)
        .returning(WaitingNote)
    )
    waited = shuffled(found.all())
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "id": new_id(),
            "retro_id": retro.id,
            "column": WAITED,
            "text": note.text,
            "is_late": False,
            "source_link": note.source_link,
        }
        for note in waited
    ]
    if rows:
        await tx.session.execute(insert(Note.__table__, tx.dialect), rows)
    return len(rows)


async def may_leave(tx: Tx, user_id: str, channel_id: str) -> None:
    """Raises `UserError` for whoever may not leave a note for the channel's next retro."""
    if channel_id.startswith("D"):
        raise UserError("Use this in the channel of the team whose retro it is for.")
    if (await person(tx, user_id)).is_away or await is_outside(tx, user_id, channel_id):
        raise UserError("Notes for the next retro are for the members of this workspace.")


def must_collect(retro: Retro) -> None:
    """Raises `UserError` if its notes are collected no more."""
    queries.must_be_open(retro)
    if retro.phase != Phase.COLLECT:
        raise UserError(
            f"{retro.label} is past collecting notes ({NAMES[Phase(retro.phase)].lower()} now), so this was "
            "not taken. /retro add with your note keeps it for the next retro here."
        )


async def _note(tx: Tx, user_id: str, retro: Retro, column: int, text: str, link: str | None) -> Note:
    if not 0 <= column < len(retro.columns):
        raise UserError("This column is not there any more. Please open the form again.")
    return Note(
        workspace_id=tx.workspace_id,
        id=new_id(),
        retro_id=retro.id,
        column=column,
        text=await _kept(tx, text),
        author_id=None if retro.is_anonymous else user_id,
        author_mac=mac_of(retro.reveal_key or "", user_id) if retro.is_anonymous else None,
        is_late=retro.late_since is not None and tx.now >= retro.late_since,
        position=None,
        topic_id=None,
        source_link=link,
    )


async def _kept(tx: Tx, text: str) -> str:
    return checked(without_calls(await as_read(tx, text)))


async def _note_hand(tx: Tx, user_id: str, retro: Retro) -> None:
    """Note that they handed in; the first time the count in the channel changes."""
    noted = await tx.session.execute(
        insert(Hand.__table__, tx.dialect)
        .values(workspace_id=tx.workspace_id, retro_id=retro.id, user_id=user_id)
        .on_conflict_do_nothing()
        .returning(Hand.__table__.c.user_id)
    )
    if noted.first() is not None:
        await status.soon(tx, retro.id)
