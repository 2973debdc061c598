"""How far a retro has come: its log of phases, who has done their part, and what its status shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.retros.models import (
    Note,
    PhaseEntry,
    Retro,
    Topic,
    Vote,
)
from slackapp.features.retros.queries.looked_back import scored_launches
from slackapp.features.retros.queries.notes import count, handed_in, hands
from slackapp.features.retros.queries.retros import people, retro
from slackapp.features.retros.rules import Part, Phase, Stop, what_stops
from slackapp.features.workspaces.queries import may_be_asked, person


@dataclass(frozen=True)
class Discussed:
    """The topic that is being discussed."""

    topic: Topic
    #: Of how many.
    topics: int


@dataclass(frozen=True)
class Progress:
    """What the status message shows of a retro."""

    retro: Retro
    log: Sequence[PhaseEntry]
    launches: Sequence[Launch]
    facilitator: str
    #: Away, or outside of the private channel, and with nobody to take their place.
    is_abandoned: bool
    co_facilitators: Sequence[str]
    #: How many were invited or took part all the same; None where nobody knows who was meant.
    meant: int | None
    handed_in: int
    notes: int
    #: Those whom nobody put into one, and merged ones, are not counted.
    topics: int
    voters: int
    #: What keeps it from going on, while notes are collected.
    stop: Stop | None
    discussed: Discussed | None


async def entries(tx: Tx, retro_id: int) -> Sequence[PhaseEntry]:
    """Its log, the first phase first."""
    found = await tx.session.scalars(
        select(PhaseEntry)
        .where(PhaseEntry.workspace_id == tx.workspace_id, PhaseEntry.retro_id == retro_id)
        .order_by(PhaseEntry.step)
    )
    return found.all()


async def voters_of(tx: Tx, retro_id: int) -> frozenset[str]:
    """Who has voted. Nobody is told this by name."""
    found = await tx.session.scalars(
        select(Vote.user_id).where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == retro_id).distinct()
    )
    return frozenset(found)


async def stop(tx: Tx, about: Retro) -> Stop | None:
    """What keeps the notes from being revealed now."""
    return what_stops(
        hands=await hands(tx, about.id),
        notes=await count(tx, about.id),
        writers=await _writers(tx, about),
        is_anonymous=about.is_anonymous,
    )


async def _writers(tx: Tx, about: Retro) -> int:
    """How many wrote something that is not revealed yet."""
    author = func.coalesce(Note.author_mac, Note.author_id)
    found = await tx.session.scalar(
        select(func.count(author.distinct())).where(
            Note.workspace_id == tx.workspace_id, Note.retro_id == about.id, Note.position.is_(None)
        )
    )
    return found or 0


async def progress(tx: Tx, retro_id: int) -> Progress:
    about = await retro(tx, retro_id, anew=True)
    done, voters = await handed_in(tx, retro_id), await voters_of(tx, retro_id)
    invited = frozenset(await people(tx, retro_id, Part.INVITED))
    helpers = await people(tx, retro_id, Part.CO_FACILITATOR)
    topics = await _topics(tx, retro_id)
    now = next((topic for topic in topics if topic.discussed_from and not topic.discussed_until), None)
    return Progress(
        about,
        await entries(tx, retro_id),
        await scored_launches(tx, about),
        facilitator=(await person(tx, about.facilitator_id)).name,
        is_abandoned=not await may_be_asked(tx, about.facilitator_id, about.channel_id),
        co_facilitators=[(await person(tx, user_id)).name for user_id in helpers],
        meant=len(invited | done | voters) if invited else None,
        handed_in=len(done),
        notes=await count(tx, retro_id),
        topics=len(topics),
        voters=len(voters),
        stop=await stop(tx, about) if about.phase == Phase.COLLECT else None,
        discussed=Discussed(now, len(topics)) if now is not None else None,
    )


async def _topics(tx: Tx, retro_id: int) -> Sequence[Topic]:
    found = await tx.session.scalars(
        select(Topic).where(
            Topic.workspace_id == tx.workspace_id,
            Topic.retro_id == retro_id,
            Topic.merged_into_id.is_(None),
        )
    )
    return found.all()
