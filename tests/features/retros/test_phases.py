"""Phases begin, end, go back and are cancelled, by a click that saw them and when their time has come."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from slackapp.core.clock import TurnedClock
from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import deadlines
from slackapp.features.retros.models import Hand, Note, PrivateWord, Retro, Topic, Vote, WaitingNote
from slackapp.features.retros.rules import WAITED, Phase, Stop, status_key
from slackapp.features.retros.service import notes, phases, votes
from slackapp.outbox.models import OutboxMessage
from tests.support.recorded import knows
from tests.support.retros import collecting, revealed_notes

PEOPLE = ("U1", "U2", "U3")


async def handed_in(tx: Tx, about: Retro, *people: str, each: int = 1) -> None:
    for user_id in people:
        await notes.hand_in(tx, user_id, about.id, [(0, f"{user_id} says {i}") for i in range(each)], {})


async def log(tx: Tx, about: Retro) -> list[tuple[int, str, str | None]]:
    return [(entry.step, entry.phase, entry.began_by) for entry in await queries.entries(tx, about.id)]


async def said(tx: Tx, key: str) -> str:
    """What a message says, blocks and all."""
    row = await tx.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key == key)
        .execution_options(populate_existing=True)
    )
    assert row is not None
    return f"{row.text} {row.blocks}"


async def step(tx: Tx, about: Retro) -> Retro:
    """A facilitator goes on."""
    return await phases.advance(tx, about.id, by="U1", step=about.step)


async def test_a_retro_goes_through_all_its_phases_and_each_is_logged(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE, each=5)
    for expected in (Phase.GROUP, Phase.VOTE, Phase.DISCUSS, Phase.CLOSE):
        await step(tx, about)
        assert about.phase == expected
    assert [phase for _, phase, _ in await log(tx, about)] == ["collect", "group", "vote", "discuss", "close"]
    assert [number for number, _, _ in await log(tx, about)] == [0, 1, 2, 3, 4]
    with pytest.raises(UserError, match="what happened to users"):
        await step(tx, about)


async def test_few_notes_are_voted_for_at_once_each_as_a_topic(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE)
    await step(tx, about)
    assert about.phase == Phase.VOTE
    assert (await queries.progress(tx, about.id)).topics == 3


async def test_only_collecting_and_voting_end_by_themselves(tx: Tx) -> None:
    about = await collecting(tx)
    assert about.phase_ends_at == tx.now + timedelta(minutes=7)
    await handed_in(tx, about, *PEOPLE, each=5)
    ends = []
    for _ in range(4):
        await step(tx, about)
        ends.append(about.phase_ends_at)
    assert ends == [None, tx.now + timedelta(minutes=3), None, None]


async def test_a_click_on_an_old_step_says_how_it_stands_and_who_did_it(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE)
    await step(tx, about)
    with pytest.raises(UserError, match="R-1 has moved on already: U1 did that"):
        await phases.advance(tx, about.id, by="U1", step=0)
    assert about.step == 1


async def test_of_too_few_nothing_is_revealed_they_are_told_so_before_and_of_three_all_is(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, "U1", "U2")
    assert "once 3 people or more have written some" in await said(tx, status_key(about.id))
    with pytest.raises(UserError, match="Fewer than 3 people"):
        await step(tx, about)
    assert about.phase == Phase.COLLECT
    assert not await revealed_notes(tx, about.id)
    await handed_in(tx, about, "U3")
    await step(tx, about)
    assert len(await revealed_notes(tx, about.id)) == 3


async def test_a_named_retro_reveals_the_notes_of_one(tx: Tx) -> None:
    about = await collecting(tx, is_anonymous=False)
    await handed_in(tx, about, "U2")
    await step(tx, about)
    assert [note.author_id for note in await revealed_notes(tx, about.id)] == ["U2"]


async def test_to_go_on_without_the_notes_of_two_erases_them_unread_and_keeps_what_waited(tx: Tx) -> None:
    await notes.keep_waiting(tx, "C1", "Noted in spring")
    about = await collecting(tx)
    await notes.bring_along(tx, about)
    await handed_in(tx, about, "U1", "U2")
    await phases.go_on_without(tx, about.id, by="U1", step=0)
    assert [note.text for note in await revealed_notes(tx, about.id)] == ["Noted in spring"]
    assert (about.phase, about.reveal_key) == (Phase.VOTE, None)


async def test_nobody_handed_in_and_it_can_still_be_talked_about_what_happened(tx: Tx) -> None:
    about = await collecting(tx, is_anonymous=False)
    assert await queries.stop(tx, about) is Stop.NOBODY
    with pytest.raises(UserError, match="Nobody has handed in"):
        await step(tx, about)
    await phases.go_on_without(tx, about.id, by="U1", step=0)
    assert about.phase == Phase.DISCUSS
    await phases.go_back(tx, about.id, by="U1", step=1)
    assert about.phase == Phase.COLLECT


async def test_going_back_is_logged_has_no_deadline_and_leaves_revealed_notes_readable(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE)
    await step(tx, about)
    for expected in (Phase.GROUP, Phase.COLLECT):
        await phases.go_back(tx, about.id, by="U1", step=about.step)
        assert (about.phase, about.phase_ends_at) == (expected, None)
    assert (await log(tx, about))[-1] == (3, "collect", "U1")
    assert len(await revealed_notes(tx, about.id)) == 3
    assert "went back" in await said(tx, status_key(about.id))
    with pytest.raises(UserError, match="first phase"):
        await phases.go_back(tx, about.id, by="U1", step=about.step)


async def back_to_collect(tx: Tx) -> Retro:
    """Notes of three were revealed, and are collected once more."""
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE)
    await step(tx, about)
    await phases.go_back(tx, about.id, by="U1", step=1)
    await phases.go_back(tx, about.id, by="U1", step=2)
    return about


async def test_notes_of_a_second_round_are_late_and_a_round_of_their_own(tx: Tx) -> None:
    about = await back_to_collect(tx)
    await notes.hand_in(tx, "U2", about.id, [(0, "Forgotten")], {})
    with pytest.raises(UserError, match="Fewer than 3"):
        await step(tx, about)
    await notes.hand_in(tx, "U1", about.id, [(0, "So did I")], {})
    await notes.hand_in(tx, "U3", about.id, [(0, "And I")], {})
    await step(tx, about)
    late = {note.text for note in await revealed_notes(tx, about.id) if note.is_late}
    assert late == {"Forgotten", "So did I", "And I"}
    assert (about.phase, (await queries.progress(tx, about.id)).topics) == (Phase.VOTE, 6)


async def test_without_anything_new_it_goes_on_from_where_it_went_back(tx: Tx) -> None:
    about = await back_to_collect(tx)
    await step(tx, about)
    assert (about.phase, (await queries.progress(tx, about.id)).topics) == (Phase.VOTE, 3)


async def test_votes_last_through_going_back_and_on(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE)
    await step(tx, about)
    topic = await tx.session.scalar(select(func.min(Topic.id)).where(Topic.workspace_id == tx.workspace_id))
    assert topic is not None
    await votes.cast(tx, "U2", about.id, topic, 1)
    await step(tx, about)
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    assert about.phase == Phase.VOTE
    assert await queries.voters_of(tx, about.id) == {"U2"}


async def test_a_deadline_can_be_moved_and_taken_away_but_not_into_the_past(tx: Tx) -> None:
    about = await collecting(tx)
    later = tx.now + timedelta(hours=1)
    await phases.extend(tx, about.id, by="U1", step=0, ends_at=later)
    assert about.phase_ends_at == later
    for past in (tx.now, tx.now - timedelta(minutes=1)):
        with pytest.raises(FieldError) as refused:
            await phases.extend(tx, about.id, by="U1", step=0, ends_at=past)
        assert list(refused.value.fields) == ["ends_at"]
    await phases.extend(tx, about.id, by="U1", step=0, ends_at=None)
    assert about.phase_ends_at is None


async def test_what_a_facilitator_ends_has_no_deadline(tx: Tx) -> None:
    about = await collecting(tx)
    await handed_in(tx, about, *PEOPLE, each=5)
    await step(tx, about)
    with pytest.raises(FieldError, match="no deadline"):
        await phases.extend(tx, about.id, by="U1", step=1, ends_at=tx.now + timedelta(hours=1))


async def test_a_cancelled_retro_erases_what_people_said_and_lets_wait_what_waited(tx: Tx) -> None:
    await notes.keep_waiting(tx, "C1", "Noted in spring")
    about = await collecting(tx)
    await notes.bring_along(tx, about)
    await handed_in(tx, about, *PEOPLE)
    tx.session.add(PrivateWord(workspace_id=tx.workspace_id, id="w", retro_id=about.id, text="Tired"))
    await step(tx, about)
    topic = await tx.session.scalar(select(func.min(Topic.id)).where(Topic.workspace_id == tx.workspace_id))
    assert topic is not None
    await votes.cast(tx, "U2", about.id, topic, 1)
    await phases.cancel(tx, about.id, by="U1")
    for kind in (Note, Hand, Vote, Topic, PrivateWord):
        assert await tx.session.scalar(select(func.count()).select_from(kind)) == 0
    assert [note.text for note in await tx.session.scalars(select(WaitingNote))] == ["Noted in spring"]
    assert (about.phase, about.ended_at, about.reveal_key) == (Phase.CANCELLED, tx.now, None)
    assert await queries.open_in(tx, "C1") is None
    with pytest.raises(UserError, match="over"):
        await phases.cancel(tx, about.id, by="U1")


async def test_only_facilitators_move_a_retro(tx: Tx) -> None:
    about = await collecting(tx)
    await knows(tx, "U2")
    for act in (
        phases.advance(tx, about.id, by="U2", step=0),
        phases.go_back(tx, about.id, by="U2", step=0),
        phases.extend(tx, about.id, by="U2", step=0, ends_at=None),
        phases.go_on_without(tx, about.id, by="U2", step=0),
        phases.cancel(tx, about.id, by="U2"),
    ):
        with pytest.raises(UserError, match="facilitator"):
            await act
    assert await log(tx, about) == [(0, "collect", "U1")]


async def beat(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        await deadlines.end_phases(tx)


async def test_a_deadline_ends_its_phase_once(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await collecting(tx)
        await handed_in(tx, about, *PEOPLE)
    clock.turn(clock.now() + timedelta(minutes=6))
    await beat(transactions, workspace_id)
    clock.turn(clock.now() + timedelta(minutes=1))
    for _ in range(2):
        await beat(transactions, workspace_id)
    async with transactions.begin(workspace_id) as tx:
        assert await log(tx, about) == [(0, "collect", "U1"), (1, "vote", None)]


async def test_a_deadline_with_too_few_waits_for_the_facilitator_who_is_told(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await collecting(tx)
        await handed_in(tx, about, "U2", "U3")
    clock.turn(clock.now() + timedelta(minutes=7))
    await beat(transactions, workspace_id)
    async with transactions.begin(workspace_id) as tx:
        found = await queries.retro(tx, about.id)
        assert (found.phase, found.phase_ends_at, found.late_since) == (Phase.COLLECT, None, tx.now)
        assert "waits for its facilitator U1" in await said(tx, status_key(about.id))
        assert "The time for notes is over" in await said(tx, f"retros:{about.id}:waits:0")
        await notes.hand_in(tx, "U1", about.id, [(0, "Late, and welcome")], {})
        await step(tx, found)
        assert {n.text for n in await revealed_notes(tx, about.id) if n.is_late} == {"Late, and welcome"}


async def test_a_deadline_that_fails_waits_by_itself_and_keeps_no_other_from_its_end(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        broken, sound = await collecting(tx), await collecting(tx, channel="C2")
        await handed_in(tx, sound, *PEOPLE)
        broken.phase = "unheard of"
    clock.turn(clock.now() + timedelta(minutes=7))
    await beat(transactions, workspace_id)
    async with transactions.begin(workspace_id) as tx:
        assert (await queries.retro(tx, sound.id)).phase == Phase.VOTE
        assert (await queries.retro(tx, broken.id)).phase_ends_at == tx.now + timedelta(minutes=15)


async def test_waited_notes_have_no_column_of_the_retro(tx: Tx) -> None:
    await notes.keep_waiting(tx, "C1", "Noted in spring")
    about = await collecting(tx, is_anonymous=False)
    await notes.bring_along(tx, about)
    await step(tx, about)
    assert [note.column for note in await revealed_notes(tx, about.id)] == [WAITED]
