"""Keeping the promise of an anonymous retro: what links a note or a vote to a person is overwritten.

`docs/anonymity.md` says what is stored when, and what could be linked until then.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from slackapp.core.database import insert
from slackapp.core.secrecy import mac_of, new_id, new_key, shuffled
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Hand, Note, PrivateWord, Purse, Retro, Score, Vote
from slackapp.features.retros.rules import Phase

Rows = list[dict[str, Any]]
Kept = Hand | Note | PrivateWord | Purse | Score | Vote


async def make_anonymous(tx: Tx, retro: Retro) -> None:
    """Erase who wrote what was handed in so far. The caller holds the retro's lock.

    What is not revealed yet its authors can still change, by the key. It can never be turned off.
    """
    if retro.is_anonymous:
        return
    retro.is_anonymous = True
    if retro.phase == Phase.COLLECT:
        retro.reveal_key = new_key()
    await _rewrite_notes(tx, retro, _at_other_places)


async def reveal(tx: Tx, retro: Retro) -> None:
    """Let everybody read the notes, and, unless names were to stay, nobody find their authors.

    The caller holds the retro's lock, and has looked whether enough have handed in.
    """
    await _rewrite_notes(tx, retro, _at_free_places)
    retro.reveal_key = None
    await tx.session.flush()


async def forget_voters(tx: Tx, retro: Retro) -> None:
    """Overwrite who voted for what and who scored what: only counts stay. Nothing, in a named retro.

    Each row then has another random word for its voter: how many they were is not known any more.
    """
    if not retro.is_anonymous:
        return
    votes = await _take(tx, retro, Vote)
    await _write(tx, Vote, [vote | {"user_id": new_id(), "slot": 1} for vote in votes])
    scores = await _take(tx, retro, Score)
    await _write(tx, Score, [score | {"voter": new_id()} for score in scores])
    words = await _take(tx, retro, PrivateWord)
    await _write(tx, PrivateWord, [word | {"id": new_id()} for word in words])
    await _take(tx, retro, Purse)
    tx.scrub()


async def _rewrite_notes(tx: Tx, retro: Retro, place: Callable[[Rows], None]) -> None:
    """Delete all notes and hands, and write them anew under new ids.

    So neither a row's place in the table nor the number of the transaction that wrote it tells of an author.
    Authors stay in a named retro; in an anonymous one the keyed hash does, of what has no position.
    """
    notes = await _take(tx, retro, Note)
    place(notes)
    tx.scrub()
    for note in notes:
        note["id"] = new_id()
        if retro.is_anonymous:
            _hide_author(note, retro.reveal_key)
    await _write(tx, Note, notes)
    await _write(tx, Hand, await _take(tx, retro, Hand))


def _at_free_places(notes: Rows) -> None:
    """Those without a position come after those that have one."""
    last = max((note["position"] or 0 for note in notes), default=0)
    for note in notes:
        if note["position"] is None:
            note["position"] = last = last + 1


def _at_other_places(notes: Rows) -> None:
    """People saw them in their places, with their authors' names."""
    shown = [note for note in notes if note["position"] is not None]
    for position, note in enumerate(shown, 1):
        note["position"] = position


def _hide_author(note: dict[str, Any], key: str | None) -> None:
    author, note["author_id"] = note["author_id"], None
    if note["position"] is not None:
        note["author_mac"] = None
    elif author is not None and key is not None:
        note["author_mac"] = mac_of(key, author)


async def _take(tx: Tx, retro: Retro, kind: type[Kept]) -> Rows:
    """Delete the retro's rows of this table; what they held, shuffled."""
    await tx.session.flush()
    for row in list(tx.session.identity_map.values()):
        if isinstance(row, kind) and row.retro_id == retro.id:
            tx.session.expunge(row)
    found = await tx.session.execute(
        delete(kind)
        .where(kind.workspace_id == tx.workspace_id, kind.retro_id == retro.id)
        .returning(*kind.__table__.c),
        execution_options={"synchronize_session": False},
    )
    return shuffled([dict(row) for row in found.mappings()])


async def _write(tx: Tx, kind: type[Kept], rows: Rows) -> None:
    if rows:
        kept = [{"workspace_id": tx.workspace_id} | row for row in rows]
        await tx.session.execute(insert(kind.__table__, tx.dialect), kept)
