"""A retro starts with its people and launches, once in a channel, on both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.jobs import Roll
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.follow_ups import service as follow_ups
from slackapp.features.follow_ups.rules import Given
from slackapp.features.launches.models import Launch
from slackapp.features.metrics.rules import parse_quantity
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, WaitingLaunch
from slackapp.features.retros.queries import beginnings
from slackapp.features.retros.rules import Part, Phase, RetroDraft
from slackapp.features.retros.rules.facilitating import Facilitated
from slackapp.features.retros.service import facilitating, looking_back, notes, phases, roll
from slackapp.features.retros.service.first_screen import first_screen_key
from slackapp.features.retros.service.starting import start
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.recorded import LONG_OUT, asked_about, knows, recorded
from tests.support.retros import waits

NAMED = RetroDraft(is_anonymous=False)


async def a_channel(
    tx: Tx, *, members: frozenset[str] | None = None, is_archived: bool = False, is_member: bool = True
) -> None:
    """#team, with the app in it; private if its members are given."""
    await keep_room(tx, Room("C1", "team", members is not None, is_archived, is_member, members))


async def calls_roll_at(tx: Tx, retro: Retro) -> datetime | None:
    return (await queries.retro(tx, retro.id)).calls_roll_at


async def measured(tx: Tx, **typed: str) -> Launch:
    launch = await recorded(tx, **{"day": LONG_OUT, **typed})
    given = Given(parse_quantity("44 %"), tx.now.date())
    await follow_ups.record(tx, "U1", (await asked_about(tx, launch)).id, given)
    return launch


async def test_it_collects_notes_is_said_in_the_channel_and_numbered(tx: Tx) -> None:
    draft = RetroDraft(whole_channel=False, people=["U2", "U3"], co_facilitators=["U2"], facilitator="U4")
    retro = await start(tx, "U1", draft, channel_id="C1")
    assert (retro.label, retro.phase, retro.facilitator_id, retro.opened_by) == ("R-1", "collect", "U4", "U1")
    assert retro.phase_ends_at == tx.now + timedelta(days=2)
    assert await queries.people(tx, retro.id, Part.INVITED) == ["U2", "U3"]
    assert await queries.people(tx, retro.id, Part.CO_FACILITATOR) == ["U2"]
    said = await tx.session.execute(select(OutboxMessage.key, OutboxMessage.reply_to))
    assert {row.key: row.reply_to for row in said} == {
        "retros:1:status": None,
        "retros:1:first": "retros:1:status",
    }


async def test_where_one_is_open_another_cannot_start_and_after_it_can(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara")
    first = await start(tx, "U1", NAMED, channel_id="C1")
    with pytest.raises(UserError, match=r"R-1 is open in this channel.*facilitator Mara"):
        await start(tx, "U2", NAMED, channel_id="C1")
    assert (await start(tx, "U2", NAMED, channel_id="C2")).label == "R-2"
    await phases.cancel(tx, first.id, by="U1")
    assert (await start(tx, "U2", NAMED, channel_id="C1")).label == "R-3"


async def test_of_two_who_start_at_once_one_does_and_the_other_reads_which(
    transactions: Transactions, workspace_id: int
) -> None:
    async def one(user_id: str) -> str:
        async def use(tx: Tx) -> str:
            return (await start(tx, user_id, NAMED, channel_id="C1")).label

        try:
            return await transactions.run(workspace_id, use)
        except UserError as error:
            return error.sentence

    said = await asyncio.gather(*(one(f"U{number}") for number in range(8)))
    assert said.count("R-1") == 1
    assert sum("R-1 is open in this channel" in sentence for sentence in said) == 7
    async with transactions.read(workspace_id) as tx:
        assert await tx.session.scalar(select(func.count()).where(Retro.workspace_id == workspace_id)) == 1


async def test_without_a_choice_it_looks_back_on_what_was_asked_for_and_what_was_measured(tx: Tx) -> None:
    await a_channel(tx)
    told = await measured(tx)
    fresh = await recorded(tx, title="Fresh")
    wanted = await recorded(tx, title="Wanted")
    assert not (await looking_back.add(tx, "U1", wanted.id, here="C1")).retro
    offered = await beginnings.offered(tx, "C1")
    assert [(each.launch.id, each.is_chosen) for each in offered] == [
        (wanted.id, True),
        (told.id, True),
        (fresh.id, False),
    ]
    retro = await start(tx, "U1", NAMED, channel_id="C1")
    assert await queries.launches(tx, retro.id) == sorted([told.id, wanted.id])
    assert (await tx.session.scalars(select(WaitingLaunch))).all() == []


async def test_what_the_last_retro_looked_back_on_is_not_chosen_again(tx: Tx) -> None:
    await a_channel(tx)
    await measured(tx)
    first = await start(tx, "U1", NAMED, channel_id="C1")
    first.phase, first.ended_at = Phase.CLOSED, tx.now + timedelta(seconds=1)
    await tx.session.flush()
    second = await start(tx, "U1", NAMED, channel_id="C1")
    assert await queries.launches(tx, second.id) == []


async def test_a_launch_is_added_to_the_open_retro_once_and_afterwards_waits(tx: Tx) -> None:
    await a_channel(tx)
    retro = await start(tx, "U1", NAMED, channel_id="C1")
    launch, later = await recorded(tx), await recorded(tx, title="Later")
    added = [await looking_back.add(tx, "U2", launch.id, here="C1") for _ in range(2)]
    assert [(each.retro, each.is_new) for each in added] == [(retro, True), (retro, False)]
    await notes.hand_in(tx, "U2", retro.id, [(0, "It helped")], {})
    await phases.advance(tx, retro.id, by="U1", step=retro.step)
    twice = [await looking_back.add(tx, "U2", later.id, here="C1") for _ in range(2)]
    assert [(each.retro, each.is_new) for each in twice] == [(None, True), (None, False)]
    assert await waits(tx, later)


async def test_only_launches_that_may_be_told_there_can_be_chosen(tx: Tx) -> None:
    await a_channel(tx)
    secret = Room(
        "C2", "secret", is_private=True, is_archived=False, is_member=True, members=frozenset({"U1"})
    )
    await keep_room(tx, secret)
    hidden = await recorded(tx, channel="C2")
    planned = await recorded(tx, day="2026-10-01")
    for launch in (hidden, planned):
        with pytest.raises(FieldError) as found:
            await start(tx, "U1", RetroDraft(is_anonymous=False, launches=[launch.id]), channel_id="C1")
        assert set(found.value.fields) == {"launches"}


async def test_of_a_launch_whose_channel_became_private_the_status_says_nothing(tx: Tx) -> None:
    await a_channel(tx)
    await keep_room(tx, Room("C2", "payroll", is_private=False, is_archived=False, is_member=True))
    launch = await recorded(tx, channel="C2", title="Payroll anew")
    retro = await start(tx, "U1", RetroDraft(is_anonymous=False, launches=[launch.id]), channel_id="C1")
    assert [each.title for each in (await queries.progress(tx, retro.id)).launches] == ["Payroll anew"]
    members = frozenset({"U1"})
    await keep_room(
        tx, Room("C2", "payroll", is_private=True, is_archived=False, is_member=True, members=members)
    )
    assert (await queries.progress(tx, retro.id)).launches == []


async def test_a_launch_that_a_facilitator_adds_is_told_of_and_waits_for_no_other_retro(tx: Tx) -> None:
    await a_channel(tx)
    retro = await start(tx, "U1", NAMED, channel_id="C1")
    await notes.hand_in(tx, "U2", retro.id, [(0, "It helped")], {})
    await phases.advance(tx, retro.id, by="U1", step=retro.step)
    launch = await recorded(tx, title="Calm mornings")
    await looking_back.add(tx, "U2", launch.id, here="C1")
    said = Facilitated.read({"launches": [str(launch.id)]}, {})
    await facilitating.settle(tx, "U1", retro.id, retro.step, said)
    assert await queries.launches(tx, retro.id) == [launch.id]
    assert not await waits(tx, launch)
    key = OutboxMessage.key == first_screen_key(retro.id)
    assert "Calm mornings" in str(await tx.session.scalar(select(OutboxMessage.blocks).where(key)))


async def test_whoever_cannot_take_part_is_named_at_the_field(tx: Tx) -> None:
    await a_channel(tx, members=frozenset({"U1", "U2", "U3", "U4"}))
    await introduce(tx, Profile(id="U2", name="Gone", deleted=True))
    await introduce(tx, Profile(id="U3", name="Robot", is_bot=True))
    await knows(tx, "U5", name="Out")
    people = ["U2", "U3", "U4", "U5"]
    with pytest.raises(FieldError) as found:
        await start(
            tx,
            "U1",
            RetroDraft(whole_channel=False, people=people, co_facilitators=["U5"], facilitator="U2"),
            channel_id="C1",
        )
    assert set(found.value.fields) == {"people", "co_facilitators", "facilitator"}
    for said in ("Gone has left", "Robot is an app", "Out is not in this private channel"):
        assert said in found.value.fields["people"]


async def test_without_names_too_few_cannot_start_one_as_far_as_they_are_known(tx: Tx) -> None:
    await a_channel(tx, members=frozenset({"U1", "U2"}))
    for draft in (RetroDraft(), RetroDraft(whole_channel=False, people=["U2"])):
        with pytest.raises(FieldError, match="2 people") as found:
            await start(tx, "U1", draft, channel_id="C1")
        assert set(found.value.fields) == {"people"}
    assert (await start(tx, "U1", NAMED, channel_id="C1")).label == "R-1"


async def test_where_nothing_can_be_posted_none_starts(tx: Tx) -> None:
    await a_channel(tx, is_archived=True)
    with pytest.raises(FieldError, match="archived"):
        await start(tx, "U1", NAMED, channel_id="C1")
    await a_channel(tx, is_member=False)
    with pytest.raises(FieldError, match="not in #team"):
        await start(tx, "U1", NAMED, channel_id="C1")


async def test_guests_start_none(tx: Tx) -> None:
    await introduce(tx, Profile(id="U9", is_restricted=True))
    with pytest.raises(UserError, match="members of this workspace"):
        await start(tx, "U9", NAMED, channel_id="C1")


async def test_the_roll_of_a_channel_says_who_is_meant(tx: Tx) -> None:
    await a_channel(tx)
    await introduce(tx, Profile(id="U3", is_bot=True))
    await introduce(tx, Profile(id="U4", is_stranger=True))
    await introduce(tx, Profile(id="U5", is_restricted=True))
    retro = await start(tx, "U1", RetroDraft(), channel_id="C1")
    await roll.keep(tx, Roll("C2", frozenset({"U7"})))
    await roll.settle(tx, 10)
    # Slack has said nothing yet.
    assert await calls_roll_at(tx, retro) == tx.now + roll.AGAIN
    retro.calls_roll_at = tx.now
    await roll.keep(tx, Roll("C1", frozenset({"U1", "U2", "U3", "U4", "U5", "USLACKBOT"})))
    await roll.keep(tx, Roll("C1", frozenset({"U1", "U2"})))
    await roll.settle(tx, 10)
    assert await queries.people(tx, retro.id, Part.INVITED) == ["U1", "U2", "U5"]
    assert await calls_roll_at(tx, retro) is None
    await roll.keep(tx, Roll("C1", frozenset({"U8"})))
    assert (await queries.progress(tx, retro.id)).meant == 3


async def test_a_facilitator_learns_that_too_few_are_there_for_a_retro_without_names(tx: Tx) -> None:
    retro = await start(tx, "U1", RetroDraft(), channel_id="C1")
    await roll.keep(tx, Roll("C1", frozenset({"U1", "U2"})))
    await roll.settle(tx, 10)
    [told] = (await tx.session.scalars(select(OutboxMessage).where(OutboxMessage.user_id == "U1"))).all()
    assert told.text.startswith(f"{retro.label} is anonymous")
    assert "2 people are in its channel" in told.text


async def test_of_a_crowd_nobody_is_meant_by_name(tx: Tx) -> None:
    retro = await start(tx, "U1", RetroDraft(), channel_id="C1")
    crowd = frozenset(f"U{number}" for number in range(roll.MOST_MEANT + 1))
    await roll.keep(tx, Roll("C1", crowd))
    await roll.settle(tx, 10)
    assert (await queries.progress(tx, retro.id)).meant is None
    assert retro.calls_roll_at is None
