"""All that came of a closed retro, as far as everybody who may look it up may read it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from slackapp.core.transaction import Tx
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState
from slackapp.features.retros.models import (
    Decision,
    Note,
    PhaseEntry,
    Retro,
    RetroAction,
    Topic,
    Vote,
)
from slackapp.features.retros.queries.looked_back import looked_back_on
from slackapp.features.retros.queries.notes import handed_in
from slackapp.features.retros.queries.retros import people
from slackapp.features.retros.rules import Part, Phase, Template, column_name
from slackapp.features.retros.rules.record import (
    ActionRecord,
    DecisionRecord,
    Noted,
    PhaseRecord,
    Record,
    TopicRecord,
)
from slackapp.features.workspaces.queries import channel, person


async def record(tx: Tx, about: Retro) -> Record:
    """What came of it. Only of a closed one: before, votes and scores are nobody's to see."""
    assert about.phase == Phase.CLOSED
    assert about.ended_at is not None
    there = await channel(tx, about.channel_id)
    hands, invited = await handed_in(tx, about.id), frozenset(await people(tx, about.id, Part.INVITED))
    topics, votes = await _topics(tx, about), await _votes(tx, about)
    notes, names = await _notes(tx, about), {topic.id: topic.name for topic in topics}
    return Record(
        label=about.label,
        template=_template(about),
        channel="" if there is None else there.name,
        facilitator=await _name(tx, about.facilitator_id),
        is_anonymous=about.is_anonymous,
        is_live=about.is_live,
        opened_at=about.opened_at,
        closed_at=about.ended_at,
        impact=about.impact,
        handed_in=len(hands),
        invited=len(invited | hands) if invited else None,
        launches=await looked_back_on(tx, about),
        topics=[TopicRecord(t.name, votes.get(t.id, 0), notes.get(t.id, ())) for t in topics],
        loose=notes.get(None, ()),
        decisions=await _decisions(tx, about, names),
        actions=await _actions(tx, about, names),
        carried_over=await _carried_over(tx, about),
        phases=await _phases(tx, about),
    )


def _template(about: Retro) -> str:
    template = Template(about.template)
    return ", ".join(about.columns) if template is Template.CUSTOM else template.label


async def _topics(tx: Tx, about: Retro) -> Sequence[Topic]:
    found = await tx.session.scalars(
        select(Topic)
        .where(
            Topic.workspace_id == tx.workspace_id,
            Topic.retro_id == about.id,
            Topic.merged_into_id.is_(None),
        )
        .order_by(Topic.place.is_(None), Topic.place, Topic.id)
    )
    return found.all()


async def _votes(tx: Tx, about: Retro) -> Mapping[int, int]:
    found = await tx.session.execute(
        select(Vote.topic_id, func.count())
        .where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == about.id)
        .group_by(Vote.topic_id)
    )
    return {topic_id: count for topic_id, count in found}  # noqa: C416 - rows, which are no pairs to mypy


async def _notes(tx: Tx, about: Retro) -> Mapping[int | None, Sequence[Noted]]:
    found = await tx.session.scalars(
        select(Note)
        .where(Note.workspace_id == tx.workspace_id, Note.retro_id == about.id, Note.position.is_not(None))
        .order_by(Note.position)
    )
    by_topic: dict[int | None, list[Noted]] = {}
    for note in found:
        author = None
        if note.author_id is not None and not about.is_anonymous:
            author = await _name(tx, note.author_id)
        column = column_name(about.columns, note.column)
        noted = Noted(note.text, column, note.is_late, note.source_link, author)
        by_topic.setdefault(note.topic_id, []).append(noted)
    return by_topic


async def _decisions(tx: Tx, about: Retro, topics: Mapping[int, str]) -> Sequence[DecisionRecord]:
    found = await tx.session.scalars(
        select(Decision)
        .where(Decision.workspace_id == tx.workspace_id, Decision.retro_id == about.id)
        .order_by(Decision.id)
    )
    return [DecisionRecord(each.text, topics.get(each.topic_id or 0)) for each in found]


async def _actions(tx: Tx, about: Retro, topics: Mapping[int, str]) -> Sequence[ActionRecord]:
    found = await tx.session.execute(
        select(ActionItem, RetroAction.topic_id)
        .join(RetroAction, RetroAction.action_id == ActionItem.id)
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            RetroAction.workspace_id == tx.workspace_id,
            RetroAction.retro_id == about.id,
        )
        .order_by(ActionItem.number)
    )
    return [await _action(tx, item, topics.get(topic_id or 0)) for item, topic_id in found.all()]


async def _carried_over(tx: Tx, about: Retro) -> Sequence[ActionRecord]:
    """The channel's open action items that are older than the retro's end and came of something else."""
    own = select(RetroAction.action_id).where(
        RetroAction.workspace_id == tx.workspace_id, RetroAction.retro_id == about.id
    )
    found = await tx.session.scalars(
        select(ActionItem)
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            ActionItem.channel_id == about.channel_id,
            ActionItem.state == ActionState.OPEN,
            ActionItem.created_at <= about.ended_at,
            ActionItem.id.not_in(own),
        )
        .order_by(ActionItem.number)
    )
    return [await _action(tx, item, item.about or None) for item in found.all()]


async def _action(tx: Tx, item: ActionItem, topic: str | None) -> ActionRecord:
    return ActionRecord(
        label=item.label,
        text=item.text,
        owner=await _name(tx, item.owner_id),
        due_on=item.due_on,
        state=item.state,
        if_then=item.if_then,
        reason=item.reason,
        helped=item.helped,
        topic=topic,
    )


async def _phases(tx: Tx, about: Retro) -> Sequence[PhaseRecord]:
    found = await tx.session.scalars(
        select(PhaseEntry)
        .where(PhaseEntry.workspace_id == tx.workspace_id, PhaseEntry.retro_id == about.id)
        .order_by(PhaseEntry.step)
    )
    return [
        PhaseRecord(entry.phase, entry.began_at, entry.began_by and await _name(tx, entry.began_by))
        for entry in found.all()
    ]


async def _name(tx: Tx, user_id: str) -> str:
    return (await person(tx, user_id)).name
