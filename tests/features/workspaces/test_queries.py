"""Who may read of which channels, and who may be asked about them, on both databases."""

from datetime import time

import pytest

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces import queries, service
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Hidden, Room
from tests.support.recorded import another_workspace


async def known(tx: Tx, user_id: str, **profile: bool) -> None:
    await service.introduce(tx, Profile.model_validate({"id": user_id, **profile}))


async def room(tx: Tx, channel_id: str, *members: str, private: bool = True) -> None:
    who = frozenset(members) if private else None
    await service.keep_room(tx, Room(channel_id, "team", private, False, True, who))  # noqa: FBT003 - its fields


async def open_to(tx: Tx, user_id: str) -> list[str]:
    return sorted(await tx.session.scalars(queries.open_channels(tx, user_id)))


@pytest.fixture
async def rooms(tx: Tx) -> Tx:
    """Everybody's C1, and C2 with U1 and U3 in it."""
    await room(tx, "C1", private=False)
    await room(tx, "C2", "U1", "U3")
    return tx


async def test_public_channels_are_open_to_everybody_and_private_ones_to_those_in_them(rooms: Tx) -> None:
    assert await open_to(rooms, "U1") == ["C1", "C2"]
    assert await open_to(rooms, "U2") == ["C1"]
    assert [await queries.is_outside(rooms, user, "C2") for user in ("U1", "U2")] == [False, True]
    assert [await queries.is_outside(rooms, user, "C1") for user in ("U1", "U2")] == [False, False]
    assert not await queries.is_outside(rooms, "U2", "C404")


@pytest.mark.parametrize("away", ["is_restricted", "is_ultra_restricted", "is_stranger", "deleted"])
async def test_guests_strangers_and_who_left_read_of_no_channel_and_are_asked_nothing(
    rooms: Tx, away: str
) -> None:
    await known(rooms, "U3", **{away: True})
    assert await open_to(rooms, "U3") == []
    assert not await queries.may_be_asked(rooms, "U3")
    assert not await queries.may_be_asked(rooms, "U3", "C2")


async def test_who_may_be_asked_may_read_of_it(rooms: Tx) -> None:
    await known(rooms, "U1")
    await known(rooms, "U2")
    await known(rooms, "U4", is_bot=True)
    assert await queries.may_be_asked(rooms, "U1", "C2")
    assert await queries.may_be_asked(rooms, "U2", "C1")
    assert await queries.may_be_asked(rooms, "U2")
    assert not await queries.may_be_asked(rooms, "U2", "C2")
    assert not await queries.may_be_asked(rooms, "U4", "C1")
    assert not await queries.may_be_asked(rooms, "USLACKBOT")


async def test_a_channel_made_private_is_open_to_its_members_alone_and_the_reverse(rooms: Tx) -> None:
    await room(rooms, "C1", "U2")
    await room(rooms, "C2", private=False)
    assert await open_to(rooms, "U1") == ["C2"]
    assert await open_to(rooms, "U2") == ["C1", "C2"]
    await room(rooms, "C2", "U2")  # nobody of before is in it
    assert await open_to(rooms, "U1") == []


async def test_a_channel_slack_hides_is_open_to_nobody_new(rooms: Tx) -> None:
    for channel_id in ("C1", "C2", "C3"):
        await service.keep_room(rooms, Hidden(channel_id))
    assert await open_to(rooms, "U1") == ["C2"]
    assert await open_to(rooms, "U2") == []
    assert await queries.channel(rooms, "C3") is None


async def test_members_slack_did_not_name_are_those_of_before(rooms: Tx) -> None:
    await service.keep_room(rooms, Room("C2", "team", True, False, True))  # noqa: FBT003 - its fields
    assert await open_to(rooms, "U1") == ["C1", "C2"]


async def test_channels_of_another_workspace_are_none(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        await room(tx, "C1", private=False)
        await room(tx, "C2", "U1")
    async with transactions.begin(await another_workspace(transactions)) as tx:
        assert await open_to(tx, "U1") == []
        assert await queries.channel(tx, "C1") is None
        assert not await queries.is_outside(tx, "U2", "C2")


async def test_nobody_told_of_works_monday_to_friday_in_utc_at_the_usual_time(tx: Tx) -> None:
    calendar = await queries.calendar(tx, "U404", "C404")
    assert (calendar.zone.key, calendar.country, calendar.morning) == ("UTC", None, time(9, 30))
    assert (await queries.workspace(tx)).name == "Ferrybridge"
