"""Keeping the promise of an anonymous retro: what links a note or a vote to a person is overwritten.

`docs/anonymity.md` says what is stored when, and what could be linked until then.
"""

from collections.abc import Callable
from typing import Any

from slackapp.core.rewriting import Rows, take, write
from slackapp.core.secrecy import mac_of, new_id, new_key
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Hand, Note, PrivateWord, Purse, Retro, Score, Vote
from slackapp.features.retros.rules import Phase


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
    votes = await take(tx, Vote.retro_id, retro.id)
    await write(tx, Vote.retro_id, [vote | {"user_id": new_id(), "slot": 1} for vote in votes])
    scores = await take(tx, Score.retro_id, retro.id)
    await write(tx, Score.retro_id, [score | {"voter": new_id()} for score in scores])
    words = await take(tx, PrivateWord.retro_id, retro.id)
    await write(tx, PrivateWord.retro_id, [word | {"id": new_id()} for word in words])
    await take(tx, Purse.retro_id, retro.id)
    tx.scrub()


async def _rewrite_notes(tx: Tx, retro: Retro, place: Callable[[Rows], None]) -> None:
    """Delete all notes and hands, and write them anew under new ids.

    So neither a row's place in the table nor the number of the transaction that wrote it tells of an author.
    Authors stay in a named retro; in an anonymous one the keyed hash does, of what has no position.
    """
    notes = await take(tx, Note.retro_id, retro.id)
    place(notes)
    tx.scrub()
    for note in notes:
        note["id"] = new_id()
        if retro.is_anonymous:
            _hide_author(note, retro.reveal_key)
    await write(tx, Note.retro_id, notes)
    await write(tx, Hand.retro_id, await take(tx, Hand.retro_id, retro.id))


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
