"""Learnings, as far as the reader may read of their launches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from slackapp.core.transaction import Tx
from slackapp.core.words import clip
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader, visible
from slackapp.features.learnings.models import Learning
from slackapp.features.learnings.rules import Link, Stance, searchable
from slackapp.features.workspaces.queries import channel

PAGE = 10
#: Earlier learnings that a form offers.
MOST_OFFERED = 50
_LONGEST_LABEL = 75


@dataclass(frozen=True)
class Found:
    """A learning with the launch that taught it."""

    learning: Learning
    launch: Launch

    @property
    def label(self) -> str:
        """As an option of a select."""
        return clip(f"{self.launch.label}: {self.learning.text}", _LONGEST_LABEL)


@dataclass(frozen=True)
class Row:
    """A learning in the list."""

    found: Found
    #: The earlier one it is about, if this reader may read of it.
    about: Found | None
    #: Of the later ones that this reader may read of.
    supported: int
    contradicted: int


@dataclass(frozen=True)
class Page:
    rows: Sequence[Row]
    word: str
    #: How many newer ones come before these.
    offset: int
    has_more: bool


def link_of(learning: Learning) -> Link | None:
    if learning.stance is None or learning.about_id is None:
        return None
    return Link(Stance(learning.stance), learning.about_id)


async def of_launch(tx: Tx, launch_id: int) -> Learning | None:
    found: Learning | None = await tx.session.scalar(
        select(Learning).where(Learning.workspace_id == tx.workspace_id, Learning.launch_id == launch_id),
    )
    return found


async def is_referred_to(tx: Tx, learning: Learning) -> bool:
    """Whether a later one is about it."""
    found = await tx.session.scalar(
        select(Learning.id)
        .where(Learning.workspace_id == tx.workspace_id, Learning.about_id == learning.id)
        .limit(1)
    )
    return found is not None


async def readable(tx: Tx, learning_id: int, reader: Reader) -> Found | None:
    """The learning, if this person may read of its launch."""
    found = await _found(tx, _with_launch(tx).where(Learning.id == learning_id, visible(tx, reader)))
    return found[0] if found else None


async def nameable(tx: Tx, learning_id: int, channel_id: str) -> Found | None:
    """The learning, if it may be named in this channel: it is the channel's own, or a public channel's."""
    [found] = await _found(tx, _with_launch(tx).where(Learning.id == learning_id))
    there = await channel(tx, found.launch.channel_id)
    is_public = there is not None and not there.is_private
    return found if is_public or found.launch.channel_id == channel_id else None


async def earlier(tx: Tx, launch: Launch, reader: Reader) -> Sequence[Found]:
    """What this launch's learning may support or contradict, the newest first.

    Those of the same channel or metric; if there are none, those of the whole workspace.
    """
    own = await of_launch(tx, launch.id)
    known = _with_launch(tx).where(visible(tx, reader), Launch.id != launch.id)
    if own is not None:
        known = known.where(Learning.id < own.id)
    known = known.order_by(Learning.id.desc()).limit(MOST_OFFERED)
    near = [Launch.channel_id == launch.channel_id]
    if launch.metric_key is not None:
        near.append(Launch.metric_key == launch.metric_key)
    return await _found(tx, known.where(or_(*near))) or await _found(tx, known)


async def page(tx: Tx, reader: Reader, word: str, offset: int = 0) -> Page:
    """Ten learnings in which the word stands, in theirs or in their launch's title or metric."""
    matching = _with_launch(tx).where(
        visible(tx, reader), Learning.text_key.contains(searchable(word), autoescape=True)
    )
    found = await _found(tx, matching.order_by(Learning.id.desc()).offset(offset).limit(PAGE + 1))
    shown = found[:PAGE]
    about = await _by_id(tx, reader, {f.learning.about_id for f in shown if f.learning.about_id is not None})
    counts = await _said_of(tx, reader, [f.learning.id for f in shown])
    rows = [
        Row(
            f,
            about.get(f.learning.about_id or 0),
            counts.get((f.learning.id, Stance.SUPPORTS), 0),
            counts.get((f.learning.id, Stance.CONTRADICTS), 0),
        )
        for f in shown
    ]
    return Page(rows, word, offset, has_more=len(found) > PAGE)


async def _by_id(tx: Tx, reader: Reader, ids: Collection[int]) -> dict[int, Found]:
    found = await _found(tx, _with_launch(tx).where(Learning.id.in_(ids), visible(tx, reader)))
    return {each.learning.id: each for each in found}


async def _said_of(tx: Tx, reader: Reader, ids: Collection[int]) -> dict[tuple[int | None, Stance], int]:
    found = await tx.session.execute(
        select(Learning.about_id, Learning.stance, func.count())
        .join(Launch, Launch.id == Learning.launch_id)
        .where(
            Learning.workspace_id == tx.workspace_id,
            Learning.about_id.in_(ids),
            Learning.stance.is_not(None),
            visible(tx, reader),
        )
        .group_by(Learning.about_id, Learning.stance),
    )
    return {(about_id, Stance(str(stance))): count for about_id, stance, count in found}


def _with_launch(tx: Tx) -> Select[Learning, Launch]:
    return (
        select(Learning, Launch)
        .join(Launch, Launch.id == Learning.launch_id)
        .where(Learning.workspace_id == tx.workspace_id)
    )


async def _found(tx: Tx, statement: Select[Learning, Launch]) -> list[Found]:
    rows = await tx.session.execute(statement)
    return [Found(learning, launch) for learning, launch in rows]
