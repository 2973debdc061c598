"""The closed retros of a channel, as its history counts them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Row, func, select

from slackapp.core.transaction import Tx
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState, Helped
from slackapp.features.retros.models import Hand, Retro, RetroAction, RetroPerson, Score, Topic
from slackapp.features.retros.rules import Part, Phase
from slackapp.features.retros.rules.history import MOST_RETROS, MOST_TOPICS, Actions, Held, History, pooled
from slackapp.features.retros.rules.record import Mark

_NOBODY: frozenset[str] = frozenset()


async def history(tx: Tx, channel_id: str) -> History:
    """Of the latest ones."""
    found = await tx.session.scalars(
        select(Retro)
        .where(
            Retro.workspace_id == tx.workspace_id,
            Retro.channel_id == channel_id,
            Retro.phase == Phase.CLOSED,
        )
        .order_by(Retro.number.desc())
        .limit(MOST_RETROS)
    )
    retros = found.all()[::-1]
    ids = [retro.id for retro in retros]
    hands, invited, topics = await _hands(tx, ids), await _invited(tx, ids), await _topics(tx, ids)
    works, needed = await _marks(tx, ids)
    return History(
        [
            Held(
                label=retro.label,
                closed_on=(retro.ended_at or tx.now).date(),
                handed_in=len(hands.get(retro.id, _NOBODY)),
                invited=_meant(invited.get(retro.id, _NOBODY), hands.get(retro.id, _NOBODY)),
                is_answered=not retro.impact_skipped,
                topics=topics.get(retro.id, ()),
                works=pooled(works.get(retro.id, ())),
                needed=pooled(needed.get(retro.id, ())),
            )
            for retro in retros
        ],
        await _actions(tx, ids),
    )


async def _hands(tx: Tx, ids: Sequence[int]) -> Mapping[int, frozenset[str]]:
    found = await tx.session.execute(
        select(Hand.retro_id, Hand.user_id).where(
            Hand.workspace_id == tx.workspace_id, Hand.retro_id.in_(ids)
        )
    )
    return _by_retro(found.all())


async def _invited(tx: Tx, ids: Sequence[int]) -> Mapping[int, frozenset[str]]:
    found = await tx.session.execute(
        select(RetroPerson.retro_id, RetroPerson.user_id).where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id.in_(ids),
            RetroPerson.part == Part.INVITED,
        )
    )
    return _by_retro(found.all())


def _meant(invited: frozenset[str], hands: frozenset[str]) -> int | None:
    """Those who were invited or took part all the same; None where nobody knows who was meant."""
    return len(invited | hands) if invited else None


def _by_retro(rows: Iterable[Row[int, str]]) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for retro_id, user_id in rows:
        found.setdefault(retro_id, set()).add(user_id)
    return {retro_id: frozenset(users) for retro_id, users in found.items()}


async def _topics(tx: Tx, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found = await tx.session.scalars(
        select(Topic)
        .where(
            Topic.workspace_id == tx.workspace_id,
            Topic.retro_id.in_(ids),
            Topic.merged_into_id.is_(None),
            Topic.place <= MOST_TOPICS,
        )
        .order_by(Topic.retro_id, Topic.place)
    )
    names: dict[int, list[str]] = {}
    for topic in found:
        names.setdefault(topic.retro_id, []).append(topic.name)
    return names


async def _marks(
    tx: Tx, ids: Sequence[int]
) -> tuple[Mapping[int, Sequence[Mark]], Mapping[int, Sequence[Mark]]]:
    """By retro, one mark for each launch: whether it works, and whether it was needed."""
    found = await tx.session.scalars(
        select(Score).where(Score.workspace_id == tx.workspace_id, Score.retro_id.in_(ids))
    )
    scores: dict[tuple[int, int], list[Score]] = {}
    for score in found:
        scores.setdefault((score.retro_id, score.launch_id), []).append(score)
    works: dict[int, list[Mark]] = {}
    needed: dict[int, list[Mark]] = {}
    for (retro_id, _), of_launch in scores.items():
        works.setdefault(retro_id, []).append(Mark.of([s.works for s in of_launch if s.works is not None]))
        needed.setdefault(retro_id, []).append(Mark.of([s.needed for s in of_launch if s.needed is not None]))
    return works, needed


async def _actions(tx: Tx, ids: Sequence[int]) -> Actions:
    found = await tx.session.execute(
        select(ActionItem.state, ActionItem.helped, func.count())
        .join(RetroAction, RetroAction.action_id == ActionItem.id)
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            RetroAction.workspace_id == tx.workspace_id,
            RetroAction.retro_id.in_(ids),
        )
        .group_by(ActionItem.state, ActionItem.helped)
    )
    rows = found.all()

    def counted(state: ActionState | None = None, helped: Helped | None = None) -> int:
        return sum(n for s, h, n in rows if state in {None, s} and helped in {None, h})

    return Actions(
        total=counted(),
        done=counted(ActionState.DONE),
        dropped=counted(ActionState.DROPPED),
        helped=counted(ActionState.DONE, Helped.YES),
        did_not=counted(ActionState.DONE, Helped.NO),
        unclear=counted(ActionState.DONE, Helped.CANNOT_TELL),
    )
