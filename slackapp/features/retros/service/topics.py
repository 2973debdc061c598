"""Putting notes into topics: by hand, by likeness, whole topics at once; and starting over."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, or_, select, update

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import counted
from slackapp.features.retros import queries
from slackapp.features.retros.models import Decision, Note, Retro, RetroAction, Topic
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import NAMES, Doing, Phase
from slackapp.features.retros.rules.similarity import name_of
from slackapp.features.retros.rules.similarity import suggest as alike
from slackapp.features.retros.rules.topics import LONGEST_NAME, Into, Placing, name_alone
from slackapp.features.retros.rules.votes import suggested_votes
from slackapp.features.retros.service import listing, status, votes
from slackapp.features.retros.service.permitting import check

#: Who may change topics when: later on they are as they are voted for and discussed.
_GROUPING: Mapping[Phase, Doing] = {Phase.GROUP: Doing.GROUP}
_LATER: Mapping[Phase, Doing] = {Phase.VOTE: Doing.FACILITATE, Phase.DISCUSS: Doing.FACILITATE}

_GONE = "What you chose is not there any more. What you see now is how it stands."


async def may_group(tx: Tx, user_id: str, retro_id: int) -> Retro:
    """The retro, if its notes are grouped now and this person may; else `UserError` says why not."""
    return await _at(tx, user_id, retro_id, _GROUPING, lock=False)


async def may_merge(tx: Tx, user_id: str, retro_id: int) -> Retro:
    """The same for merging topics later on."""
    return await _at(tx, user_id, retro_id, _LATER, lock=False)


async def put(tx: Tx, user_id: str, retro_id: int, wanted: Placing) -> str:
    """Put notes, and the notes of whole topics, into one topic or none. To do it twice changes nothing.

    A topic that is left without notes is part of where they went, and its votes go there, too. Returns what
    became of them, in a sentence. Raises
    `FieldError` at `into` for a topic that is no more, `UserError` if all that was chosen is gone.
    """
    about = await _at(tx, user_id, retro_id, _GROUPING)
    views = await found.topics(tx, retro_id)
    chosen = await _still_there(tx, retro_id, wanted.topics)
    moved = [note for view in views if view.topic.id in chosen for note in view.notes]
    moved += await _notes(tx, retro_id, set(wanted.notes) - {note.id for note in moved})
    if not moved and (wanted.notes or wanted.topics or isinstance(wanted.into, Into)):
        raise UserError(_GONE)
    suggested = {view.topic.id for view in views if view.topic.is_draft}
    if wanted.into is Into.NONE:
        await _loosen(tx, about, moved, views)
        done = f"{counted(len(moved), 'note')} in no topic."
    else:
        target = await _target(tx, about, wanted, chosen, moved)
        await _gather(tx, about, moved, target)
        target.name = wanted.name or target.name
        suggested.discard(target.id)
        done = f"{counted(len(moved), 'note')} in “{target.name}”." if moved else f"“{target.name}” it is."
    await tx.session.flush()
    await _remove(tx, about, await _left_with_one(tx, suggested))
    await status.soon(tx, retro_id)
    return done


async def merge(tx: Tx, user_id: str, retro_id: int, topic_ids: Sequence[int], name: str = "") -> None:
    """Make one topic of several while they are voted for or discussed: the one that comes first stays."""
    about = await _at(tx, user_id, retro_id, _LATER)
    chosen = await _still_there(tx, retro_id, topic_ids)
    together = [view for view in await found.topics(tx, retro_id) if view.topic.id in chosen]
    if not together:
        raise UserError(_GONE)
    first, were_alone = together[0].topic, all(view.topic.is_single for view in together)
    await _gather(tx, about, [note for view in together for note in view.notes], first)
    if name:
        first.name = name
    elif len(together) > 1 and were_alone:
        first.name = name_of([note.text for view in together for note in view.notes])
    await tx.session.flush()
    await status.soon(tx, retro_id)
    if about.phase == Phase.DISCUSS:
        await listing.say(tx, about)


async def start_over(tx: Tx, user_id: str, retro_id: int) -> None:
    """All topics are gone, and every note is in none. Nothing brings them back."""
    about = await _at(tx, user_id, retro_id, _GROUPING)
    gone = select(Topic.id).where(Topic.workspace_id == tx.workspace_id, Topic.retro_id == retro_id)
    await _remove(tx, about, (await tx.session.scalars(gone)).all())
    await status.soon(tx, retro_id)


async def suggest(tx: Tx, about: Retro) -> None:
    """Put notes that are alike into topics, as a draft. Where there are topics nothing is suggested."""
    if await found.topics(tx, about.id):
        return
    notes = await found.loose(tx, about.id)
    suggested = alike([note.text for note in notes])
    topics = [_topic(tx, about, each.name, is_draft=True) for each in suggested]
    tx.session.add_all(topics)
    await tx.session.flush()
    for topic, each in zip(topics, suggested, strict=True):
        for place in each.notes:
            notes[place].topic_id = topic.id
    await tx.session.flush()


async def settle(tx: Tx, about: Retro) -> None:
    """Every note that nobody grouped becomes a topic of its own, and how many votes each has is known."""
    notes = await found.loose(tx, about.id)
    topics = [_topic(tx, about, name_alone(note.text), is_single=True) for note in notes]
    tx.session.add_all(topics)
    await tx.session.flush()
    for topic, note in zip(topics, notes, strict=True):
        note.topic_id = topic.id
    await tx.session.flush()
    if about.votes_each is None:
        about.votes_each = suggested_votes(len(await found.topics(tx, about.id)))
        await tx.session.flush()


async def _at(
    tx: Tx, user_id: str, retro_id: int, when: Mapping[Phase, Doing], *, lock: bool = True
) -> Retro:
    """The retro, if it is in one of these phases and this person may do what belongs to it."""
    about = await queries.retro(tx, retro_id, lock=lock)
    phase = Phase(about.phase)
    await check(tx, user_id, about, when.get(phase, Doing.READ))
    if phase not in when:
        raise UserError(f"{about.label} is at “{NAMES[phase]}” now: its topics stay as they are.")
    return about


async def _still_there(tx: Tx, retro_id: int, topic_ids: Sequence[int]) -> set[int]:
    """Those of the topics that are there, and what others became part of."""
    there = set()
    for topic_id in topic_ids:
        try:
            there.add((await found.topic(tx, retro_id, topic_id)).id)
        except NotFoundError:
            continue
    return there


async def _notes(tx: Tx, retro_id: int, note_ids: Collection[str]) -> Sequence[Note]:
    rows = await tx.session.scalars(
        select(Note)
        .where(
            Note.workspace_id == tx.workspace_id,
            Note.retro_id == retro_id,
            Note.id.in_(note_ids),
            Note.position.is_not(None),
        )
        .order_by(Note.position)
    )
    return rows.all()


async def _target(tx: Tx, about: Retro, wanted: Placing, chosen: set[int], moved: Sequence[Note]) -> Topic:
    """The topic that notes go into, made if it is to be a new one."""
    if isinstance(wanted.into, Into):
        name = wanted.name or name_of([note.text for note in moved])
        if chosen:
            kept = await found.topic(tx, about.id, min(chosen))
            kept.name = name
            return kept
        made = _topic(tx, about, name)
        tx.session.add(made)
        await tx.session.flush()
        return made
    try:
        return await found.topic(tx, about.id, wanted.into)
    except NotFoundError:
        raise FieldError(
            {"into": "This topic is not there any more. Refresh shows those that are."}
        ) from None


async def _gather(tx: Tx, about: Retro, notes: Sequence[Note], target: Topic) -> None:
    """Put the notes into the topic; what is emptied by that becomes part of it."""
    sources = {note.topic_id for note in notes if note.topic_id is not None} - {target.id}
    await _move(tx, [note.id for note in notes], target.id)
    await _touch(tx, {*sources, target.id})
    await _become_part(tx, about, await _emptied(tx, sources), target)
    if len(notes) > 1 or sources:
        target.is_single = False


async def _loosen(tx: Tx, about: Retro, notes: Sequence[Note], views: Sequence[found.TopicView]) -> None:
    """Take the notes out of their topics. What stands alone already stays as it is, with its votes."""
    alone = {view.topic.id for view in views if view.topic.is_single}
    taken = [note for note in notes if note.topic_id is not None and note.topic_id not in alone]
    sources = {note.topic_id for note in taken if note.topic_id is not None}
    await _move(tx, [note.id for note in taken], None)
    await _touch(tx, sources)
    await _remove(tx, about, await _emptied(tx, sources))


async def _become_part(tx: Tx, about: Retro, emptied: Sequence[int], target: Topic) -> None:
    if not emptied:
        return
    await votes.follow(tx, about, emptied, target.id)
    for what in (Decision, RetroAction):
        await tx.session.execute(
            update(what)
            .where(what.workspace_id == tx.workspace_id, what.topic_id.in_(emptied))
            .values(topic_id=target.id)
        )
    rows = await tx.session.scalars(
        select(Topic).where(
            Topic.workspace_id == tx.workspace_id,
            or_(Topic.id.in_(emptied), Topic.merged_into_id.in_(emptied)),
        )
    )
    for topic in rows:
        topic.merged_into_id = target.id
        if topic.discussed_from is not None and topic.discussed_until is None:
            # It goes on being discussed as part of the other.
            target.discussed_from, target.discussed_until = topic.discussed_from, None
            topic.discussed_until = tx.now
        if topic.place is not None:
            target.place = min(topic.place, target.place or topic.place)
    await tx.session.flush()


async def _remove(tx: Tx, about: Retro, topic_ids: Sequence[int]) -> None:
    """The topics are no more; who voted for them has those votes back, and what came of them stays."""
    if not topic_ids:
        return
    await votes.give_back(tx, about, topic_ids)
    for what in (Note, Decision, RetroAction):
        await tx.session.execute(
            update(what)
            .where(what.workspace_id == tx.workspace_id, what.topic_id.in_(topic_ids))
            .values(topic_id=None)
        )
    await tx.session.execute(
        delete(Topic).where(
            Topic.workspace_id == tx.workspace_id,
            or_(Topic.id.in_(topic_ids), Topic.merged_into_id.in_(topic_ids)),
        )
    )


async def _emptied(tx: Tx, topic_ids: Collection[int]) -> Sequence[int]:
    """Those of the topics that no note is in."""
    filled = select(Note.topic_id).where(Note.workspace_id == tx.workspace_id, Note.topic_id.in_(topic_ids))
    still = set((await tx.session.scalars(filled)).all())
    return sorted(set(topic_ids) - still)


async def _left_with_one(tx: Tx, topic_ids: Collection[int]) -> Sequence[int]:
    """Those of the topics with a single note: what was suggested for several is no name for that one."""
    found_alone = await tx.session.scalars(
        select(Note.topic_id)
        .where(Note.workspace_id == tx.workspace_id, Note.topic_id.in_(topic_ids))
        .group_by(Note.topic_id)
        .having(func.count() == 1)
    )
    return [topic_id for topic_id in found_alone if topic_id is not None]


def _topic(tx: Tx, about: Retro, name: str, *, is_draft: bool = False, is_single: bool = False) -> Topic:
    return Topic(
        workspace_id=tx.workspace_id,
        retro_id=about.id,
        name=name[:LONGEST_NAME],
        is_draft=is_draft,
        is_single=is_single,
    )


async def _move(tx: Tx, note_ids: Sequence[str], topic_id: int | None) -> None:
    await tx.session.execute(
        update(Note)
        .where(Note.workspace_id == tx.workspace_id, Note.id.in_(note_ids))
        .values(topic_id=topic_id)
    )


async def _touch(tx: Tx, topic_ids: Collection[int]) -> None:
    """Somebody has changed them: they are no draft any more."""
    await tx.session.execute(
        update(Topic)
        .where(Topic.workspace_id == tx.workspace_id, Topic.id.in_(topic_ids))
        .values(is_draft=False)
    )
