"""Retros whose notes are revealed, for tests of topics and votes; and what everybody's votes come to."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Hand, Note, Purse, Retro, Vote
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service import phases
from tests.support.retros import collecting

#: What a team wrote in a retro: by what it is about, though nobody says so.
WRITTEN: Mapping[str, Sequence[str]] = {
    "deploys": (
        "Deploys are slow",
        "The deploy took 40 minutes again",
        "Slow deployments on Fridays",
    ),
    "reviews": (
        "Code reviews took too long",
        "Reviews wait for days",
        "Pull request reviews are slow",
    ),
    "onboarding": (
        "Onboarding checklist was a hit with new teams",
        "New onboarding flow is confusing on mobile",
        "The onboarding checklist helped teams that start alone",
    ),
    "meetings": ("Too many meetings", "Standup meetings run long"),
    "scope": ("Scope changed in the last week", "Late scope changes hurt us"),
}
ALONE = ("Great cake on Thursday", "Jonas paired with everybody", "👍")
NOTES = [*(text for about in WRITTEN.values() for text in about), *ALONE]


async def with_notes(
    tx: Tx, texts: Sequence[str] = NOTES, *, to: Phase, is_live: bool = True, is_anonymous: bool = True
) -> Retro:
    """A retro in this phase with these notes, each by somebody else: U1, who facilitates it, U2 and so on."""
    about = await collecting(tx, is_live=is_live, is_anonymous=is_anonymous)
    for number, text in enumerate(texts):
        tx.session.add(
            Note(
                workspace_id=tx.workspace_id,
                id=f"note{number}",
                retro_id=about.id,
                column=number % 3,
                text=text,
                author_id=None if is_anonymous else f"U{number + 1}",
            )
        )
    for number in range(3):
        tx.session.add(Hand(workspace_id=tx.workspace_id, retro_id=about.id, user_id=f"UHAND{number}"))
    await tx.session.flush()
    while about.phase != to:
        await phases.advance(tx, about.id, by="U1", step=about.step)
    return about


async def board(tx: Tx, about: Retro) -> dict[str, set[str]]:
    """The texts of the notes in each topic, by its name; those in none under an empty one."""
    topics = {
        view.topic.name: {note.text for note in view.notes} for view in await found.topics(tx, about.id)
    }
    loose = {note.text for note in await found.loose(tx, about.id)}
    return topics | ({"": loose} if loose else {})


async def named(tx: Tx, about: Retro, *names: str) -> list[int]:
    """The ids of the topics of these names."""
    ids = {view.topic.name: view.topic.id for view in await found.topics(tx, about.id)}
    return [ids[name] for name in names]


async def noted(tx: Tx, about: Retro, *words: str) -> list[str]:
    """The ids of the notes with each of these words in them."""
    rows = (
        await tx.session.scalars(
            select(Note).where(Note.workspace_id == tx.workspace_id, Note.retro_id == about.id)
        )
    ).all()
    return [next(note.id for note in rows if word in note.text) for word in words]


async def worth(tx: Tx, about: Retro) -> dict[str, int]:
    """What each person has left and has on topics, in all."""
    purses = await tx.session.execute(
        select(Purse.user_id, Purse.remaining).where(
            Purse.workspace_id == tx.workspace_id, Purse.retro_id == about.id
        )
    )
    come_to = {user_id: left for user_id, left in purses}  # noqa: C416 - rows, which are no pairs to mypy
    votes = await tx.session.execute(
        select(Vote.user_id, func.count())
        .where(Vote.workspace_id == tx.workspace_id, Vote.retro_id == about.id)
        .group_by(Vote.user_id)
    )
    for user_id, cast in votes:
        come_to[user_id] += cast
    return come_to
