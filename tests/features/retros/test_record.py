"""What is known of a closed retro, by whom, and the files it is taken away as: on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from slackapp.core.errors import NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.action_items.service import add
from slackapp.features.retros import queries
from slackapp.features.retros.models import (
    Decision,
    Note,
    RetroAction,
    RetroLaunch,
    Topic,
    Vote,
)
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.exports import FileKind
from slackapp.features.retros.service import anonymity, closing, notes, stepping
from slackapp.features.retros.service.exporting import export
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.closed_retros import at_close, closed
from tests.support.recorded import knows, recorded
from tests.support.retros import collecting


async def test_the_record_holds_topics_votes_decisions_and_actions_and_what_is_carried_over(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara Lind")
    retro = await collecting(tx, is_anonymous=False)
    await notes.hand_in(tx, "U1", retro.id, [(0, "It helped"), (1, "Too slow")], {})
    await stepping.step_to(tx, retro, Phase.DISCUSS, by="U1")
    slow, gone = Topic(name="Slow", place=1), Topic(name="Merged")
    for topic in (slow, gone):
        topic.workspace_id, topic.retro_id = tx.workspace_id, retro.id
        tx.session.add(topic)
    await tx.session.flush()
    gone.merged_into_id = slow.id
    for place, note in enumerate(await tx.session.scalars(select(Note).order_by(Note.column))):
        note.position, note.topic_id = place, slow.id if note.column else None
    for user_id in ("U1", "U2"):
        tx.session.add(
            Vote(workspace_id=tx.workspace_id, retro_id=retro.id, topic_id=slow.id, user_id=user_id, slot=1)
        )
    tx.session.add(
        Decision(
            workspace_id=tx.workspace_id,
            retro_id=retro.id,
            topic_id=slow.id,
            text="Deploy twice a day",
            written_by="U1",
            written_at=tx.now,
        )
    )
    draft = ActionDraft(text="Split it", owner="U1", due_on=tx.now.date() + timedelta(days=7))
    before = await add(tx, draft, channel_id="C1", by="U1", about="Of old")
    item = await add(tx, draft, channel_id="C1", by="U1", about="Slow")
    await add(tx, draft, channel_id="C2", by="U1")
    tx.session.add(
        RetroAction(workspace_id=tx.workspace_id, action_id=item.id, retro_id=retro.id, topic_id=slow.id)
    )
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    what = await record(tx, retro)
    [told] = what.topics
    assert (told.name, told.votes, [note.text for note in told.notes]) == ("Slow", 2, ["Too slow"])
    assert [(note.text, note.author) for note in what.loose] == [("It helped", "Mara Lind")]
    assert [(each.text, each.topic) for each in what.decisions] == [("Deploy twice a day", "Slow")]
    assert [(each.label, each.owner, each.topic) for each in what.actions] == [
        (item.label, "Mara Lind", "Slow")
    ]
    assert [(each.label, each.topic) for each in what.carried_over] == [(before.label, "Of old")]
    assert [each.phase for each in what.phases] == ["collect", "discuss", "close", "closed"]
    assert what.handed_in == 1


async def test_no_file_of_an_anonymous_retro_names_an_author(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara Lind")
    for user_id in ("U6", "U7", "U8"):
        await knows(tx, user_id, name=f"Author {user_id}")
    retro = await at_close(tx)
    retro.phase = Phase.COLLECT
    for user_id in ("U6", "U7", "U8"):
        await notes.hand_in(tx, user_id, retro.id, [(0, "It helped")], {})
    await anonymity.reveal(tx, retro)
    retro.phase = Phase.CLOSE
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    for kind in FileKind:
        await export(tx, "U1", retro.id, kind, here="C1")
    files = await tx.session.scalars(select(OutboxMessage.file_content).where(OutboxMessage.user_id == "U1"))
    text = "".join(content for content in files if content)
    assert text.count("It helped") == 3 * len(FileKind)
    assert "Author" not in text


async def test_a_file_goes_to_whoever_asked_and_once_for_two_presses(tx: Tx) -> None:
    retro = await closed(tx)
    for _ in range(2):
        await export(tx, "U2", retro.id, FileKind.CSV, here="C1")
    await export(tx, "U2", retro.id, FileKind.JSON, here="C1")
    found = await tx.session.scalars(
        select(OutboxMessage).where(OutboxMessage.user_id == "U2", OutboxMessage.file_name.is_not(None))
    )
    assert sorted(str(row.file_name) for row in found) == [
        f"R-1 {tx.now.date()}.csv",
        f"R-1 {tx.now.date()}.json",
    ]


async def test_of_an_open_retro_there_is_no_file(tx: Tx) -> None:
    retro = await at_close(tx)
    with pytest.raises(UserError):
        await export(tx, "U1", retro.id, FileKind.JSON, here="C1")


async def test_guests_and_people_outside_of_a_private_channel_take_nothing_away(tx: Tx) -> None:
    members = frozenset({"U1", "U2", "G1"})
    room = Room("C1", "secret", is_private=True, is_archived=False, is_member=True, members=members)
    await keep_room(tx, room)
    await introduce(tx, Profile(id="G1", name="Guest", tz="UTC", is_restricted=True))
    retro = await closed(tx)
    await export(tx, "U2", retro.id, FileKind.JSON, here=None)
    for user_id in ("U9", "G1"):
        with pytest.raises(UserError):
            await export(tx, user_id, retro.id, FileKind.JSON, here="C1")
    with pytest.raises(NotFoundError):
        await queries.numbered(tx, retro.number, "U9", "C9")


async def test_of_launches_in_a_private_channel_nothing_is_told_elsewhere(tx: Tx) -> None:
    room = Room("C2", "secret", is_private=True, is_archived=False, is_member=True, members=frozenset({"U1"}))
    await keep_room(tx, room)
    retro, secret = await at_close(tx), await recorded(tx, title="Secret", channel="C2")
    tx.session.add(RetroLaunch(workspace_id=tx.workspace_id, retro_id=retro.id, launch_id=secret.id))
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    assert [launch.title for launch in (await record(tx, retro)).launches] == ["Launch 1"]
