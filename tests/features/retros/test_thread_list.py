"""What the thread of a retro over days lists is taken back with what it holds."""

import json

import pytest
from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.facilitating import YES, Facilitated
from slackapp.features.retros.service import facilitating, phases
from slackapp.outbox.models import OutboxMessage
from tests.support.recorded import knows
from tests.support.topics import with_notes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NOTES = ["Cake", "Pricing", "Handover"]


async def listed(tx: Tx) -> str:
    """All that the outbox keeps of the list, whether it was sent or not."""
    rows = await tx.session.execute(
        select(OutboxMessage.text, OutboxMessage.blocks, OutboxMessage.fallback).where(
            OutboxMessage.key.contains(":topics:")
        )
    )
    return json.dumps([list(row) for row in rows])


async def named(tx: Tx) -> Retro:
    """Discussed over days, with the names of who wrote."""
    for user_id in ("U1", "U2", "U3"):
        await knows(tx, user_id, name=f"Author {user_id}")
    about = await with_notes(tx, NOTES, to=Phase.DISCUSS, is_live=False, is_anonymous=False)
    assert "Author U" in await listed(tx)
    return about


async def make_anonymous(tx: Tx, about: Retro) -> None:
    said = Facilitated.read({"anonymous": [YES]}, {})
    await facilitating.settle(tx, about.facilitator_id, about.id, about.step, said)


async def test_without_names_it_lists_the_same_topics(tx: Tx) -> None:
    about = await named(tx)
    await make_anonymous(tx, about)
    said = await listed(tx)
    assert "Author U" not in said
    assert all(note in said for note in NOTES)


async def test_while_topics_are_not_discussed_it_is_taken_back(tx: Tx) -> None:
    about = await named(tx)
    await phases.go_back(tx, about.id, by=about.facilitator_id, step=about.step)
    await make_anonymous(tx, about)
    said = await listed(tx)
    assert "Author U" not in said
    assert "not listed any more" in said


async def test_of_a_cancelled_retro_nothing_stands_there(tx: Tx) -> None:
    about = await named(tx)
    await phases.cancel(tx, about.id, by=about.facilitator_id)
    said = await listed(tx)
    assert not any(note in said for note in NOTES)
