"""Recording and cancelling launches, on both databases."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.launches import queries, service
from slackapp.features.launches.blocks import as_typed_in
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import LaunchDraft
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.recorded import another_workspace, knows, recorded

#: The team's channel, when Slack has told of it: everybody in the workspace may read there.
TEAM = Room("C1", "team-onboarding", is_private=False, is_archived=False, is_member=True)


async def test_launches_recorded_at_once_get_a_number_each(
    transactions: Transactions, workspace_id: int
) -> None:
    async def one() -> int:
        async with transactions.begin(workspace_id) as tx:
            return (await recorded(tx)).number

    assert sorted(await asyncio.gather(*(one() for _ in range(8)))) == list(range(1, 9))


async def test_every_workspace_numbers_from_one(transactions: Transactions, workspace_id: int) -> None:
    elsewhere = await another_workspace(transactions)
    labels = []
    for where in (workspace_id, workspace_id, elsewhere):
        async with transactions.begin(where) as tx:
            labels.append((await recorded(tx)).label)
    assert labels == ["L-1", "L-2", "L-1"]


async def test_a_number_is_not_used_up_by_what_was_rolled_back(
    transactions: Transactions, workspace_id: int
) -> None:
    async def fails() -> None:
        async with transactions.begin(workspace_id) as tx:
            await recorded(tx)
            raise UserError("not after all")

    with pytest.raises(UserError):
        await fails()
    async with transactions.begin(workspace_id) as tx:
        assert (await recorded(tx)).number == 1
        cards = await tx.session.scalars(select(OutboxMessage.key).where(OutboxMessage.channel_id == "C1"))
        assert len(cards.all()) == 1


async def test_another_workspaces_launch_is_not_found(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx)
    async with transactions.begin(await another_workspace(transactions)) as tx:
        reader = Reader("U1", "C1")
        with pytest.raises(NotFoundError):
            await queries.launch(tx, launch.id)
        with pytest.raises(NotFoundError):
            await queries.numbered(tx, launch.number, reader)
        with pytest.raises(NotFoundError):
            await service.cancel(tx, "U1", launch.id)
        for only in ("here", "mine", "open", "due"):
            due = [select(Launch.id).where(Launch.id == launch.id)]
            assert (await queries.page(tx, reader, only=only, due=due)).launches == []
        assert (await queries.rate(tx, "C1")).measured == 0


async def test_a_launch_is_seen_in_its_channel_and_by_owner_and_recorder_anywhere(tx: Tx) -> None:
    launch = await recorded(tx, by="U1", owner="U2")
    for reader in (Reader("U3", "C1"), Reader("U1", "C2"), Reader("U2", "D2")):
        assert await queries.numbered(tx, launch.number, reader) is launch
    with pytest.raises(NotFoundError):
        await queries.numbered(tx, launch.number, Reader("U3", "C2"))


async def test_pages_hold_ten_and_say_whether_more_come(tx: Tx) -> None:
    for _ in range(20):
        await recorded(tx)
    reader = Reader("U1", "C1")
    first = await queries.page(tx, reader, only="here")
    second = await queries.page(tx, reader, only="here", offset=10)
    assert [launch.number for launch in (*first.launches, *second.launches)] == list(range(20, 0, -1))
    assert (first.has_more, second.has_more) == (True, False)


@pytest.mark.parametrize("who", ["U1", "U2", "U4"])
async def test_owner_recorder_and_admin_may_cancel_once(tx: Tx, who: str) -> None:
    await keep_room(tx, TEAM)
    await knows(tx, "U4", admin=True)
    launch = await recorded(tx, by="U1", owner="U2")
    await service.cancel(tx, who, launch.id)
    assert (launch.state, launch.dropped_by, launch.dropped_at) == ("dropped", who, tx.now)
    with pytest.raises(UserError, match="cancelled already"):
        await service.cancel(tx, who, launch.id)


async def test_anybody_else_is_told_who_may_cancel(tx: Tx) -> None:
    await keep_room(tx, TEAM)
    await knows(tx, "U2", name="Mara <Lind>")
    launch = await recorded(tx, by="U1", owner="U2")
    with pytest.raises(UserError, match="its owner Mara <Lind>"):
        await service.cancel(tx, "U3", launch.id)


async def test_who_is_not_in_the_private_channel_changes_nothing_there(tx: Tx) -> None:
    await keep_room(tx, replace(TEAM, is_private=True, members=frozenset({"U1", "U2"})))
    await knows(tx, "U4", admin=True)
    launch = await recorded(tx, by="U1", owner="U2")
    await keep_room(tx, replace(TEAM, is_private=True, members=frozenset({"U1"})))
    for who in ("U2", "U4"):
        with pytest.raises(UserError, match="members of its channel"):
            await service.cancel(tx, who, launch.id)
    assert (await service.cancel(tx, "U1", launch.id)).state == "dropped"


async def test_all_that_a_draft_says_comes_back_from_the_database(tx: Tx) -> None:
    await keep_room(tx, TEAM)
    earlier = await recorded(tx)
    values = {
        "title": "A price queue",
        "problem": "Prices\nwait",
        "audience": "ops",
        "metric": "Tests per week",
        "from_to": "1.5 → 3 tests",
        "smallest_change": "0.25",
        "outcomes": "They\ntry",
        "because": "asked",
        "link": "https://a.example/b?c=d",
        "day": "2026-09-01",
        "owner": "U2",
        "backup": "U3",
        "checkpoints": ["14", "90"],
        "evidence": "staged",
        "kind": "technical",
        "unlocks": "price tests",
        "guardrails": "Churn: 3 %, under 3.5 %\nUptime: 99.9 %, over 99.5 %",
        "felt_by": "users",
        "systems": "billing, search",
        "estimated_weeks": "1.25",
        "significant": ["yes"],
        "reworks": earlier.label,
        "rework_reason": "miscommunication",
        "goal": "retention",
        "bottleneck": "pricing",
        "expected_value": "unlocks €120k",
        "idea_of": "design",
        "senior_id": "U3",
        "senior_before_spec": "no",
    }
    draft = LaunchDraft.read(values, owner="U1", today=tx.now.date())
    launch_id = (await service.record(tx, "U1", "C1", draft)).id
    tx.session.expunge_all()
    view = await service.view(tx, await queries.launch(tx, launch_id))
    typed = as_typed_in(view.launch, view.guardrails, reworks_label=view.reworks_label)
    assert LaunchDraft.read(typed, owner="U9", today=tx.now.date()) == draft


async def test_two_who_cancel_at_once_cancel_once(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx, by="U1", owner="U2")

    async def cancels(who: str) -> Launch:
        async with transactions.begin(workspace_id) as tx:
            return await service.cancel(tx, who, launch.id)

    done = await asyncio.gather(cancels("U1"), cancels("U2"), return_exceptions=True)
    assert sorted(type(result).__name__ for result in done) == ["Launch", "UserError"]


@pytest.mark.parametrize(
    "profile", [Profile(id="U9", is_bot=True), Profile(id="U9", deleted=True), Profile(id="USLACKBOT")]
)
async def test_who_cannot_be_asked_cannot_be_the_owner(tx: Tx, profile: Profile) -> None:
    await introduce(tx, profile)
    with pytest.raises(FieldError) as refused:
        await recorded(tx, owner=profile.id)
    assert list(refused.value.fields) == ["owner"]
