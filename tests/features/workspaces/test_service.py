"""Numbers, people and workspaces, on both databases."""

import asyncio

import pytest
from sqlalchemy import select

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces import queries, service
from slackapp.features.workspaces.models import ChannelMember, Person, Workspace
from slackapp.features.workspaces.rules import PersonLeft
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Move, Room
from tests.conftest import START
from tests.support.recorded import another_workspace


async def test_installing_again_keeps_the_workspace_and_takes_its_new_name(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.install() as session:
        again = await service.install(session, team_id="T1", name="Newbridge", now=START)
        names = (await session.scalars(select(Workspace.name))).all()
    assert (again, names) == (workspace_id, ["Newbridge"])


async def test_numbers_given_at_once_are_all_different(transactions: Transactions, workspace_id: int) -> None:
    async def one() -> int:
        async with transactions.begin(workspace_id) as tx:
            return await service.next_number(tx, "thing")

    assert sorted(await asyncio.gather(*(one() for _ in range(8)))) == list(range(1, 9))


async def test_each_kind_of_thing_is_numbered_by_itself(tx: Tx) -> None:
    given = [await service.next_number(tx, name) for name in ("launch", "retro", "launch")]
    assert given == [1, 1, 2]


async def test_what_slack_says_last_of_a_person_is_what_counts(
    transactions: Transactions, workspace_id: int
) -> None:
    for tz, profile in (("Europe/London", {}), ("Asia/Tokyo", {"display_name": "Mara"})):
        async with transactions.begin(workspace_id) as tx:
            await service.introduce(tx, Profile(id="U1", name="mara.lind", tz=tz, profile=profile))
    async with transactions.begin(workspace_id) as tx:
        person = await queries.person(tx, "U1")
        assert (person.name, person.tz) == ("Mara", "Asia/Tokyo")
        assert (await queries.today(tx, "U1")).isoformat() == "2026-09-07"


async def test_a_person_nobody_told_of_lives_in_utc_and_is_not_stored(tx: Tx) -> None:
    person = await queries.person(tx, "U404")
    assert (person.name, person.zone.key, person.is_admin) == ("U404", "UTC", False)
    assert (await tx.session.scalars(select(Person))).all() == []


async def test_people_of_another_workspace_are_strangers(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await service.introduce(tx, Profile(id="U1", name="Mara", is_admin=True))
    async with transactions.begin(await another_workspace(transactions)) as tx:
        assert not (await queries.person(tx, "U1")).is_admin


@pytest.mark.parametrize(
    ("said", "is_guest"),
    [
        ({}, False),
        ({"team_id": "T1"}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2", "T1"]}}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2"]}}, True),
        ({"team_id": "T1", "is_stranger": True}, True),
    ],
)
async def test_somebody_of_another_organisation_is_known_by_their_team(
    tx: Tx,
    said: dict[str, object],
    is_guest: bool,  # noqa: FBT001 - parametrized
) -> None:
    await service.introduce(tx, Profile.model_validate({"id": "U1", **said}))
    assert (await queries.person(tx, "U1")).is_guest == is_guest


@pytest.fixture
def left(transactions: Transactions) -> list[PersonLeft]:
    """Who left, as other features hear of it."""
    heard: list[PersonLeft] = []

    async def hear(tx: Tx, event: PersonLeft) -> None:
        del tx
        heard.append(event)

    transactions._events = {PersonLeft: [hear]}
    return heard


async def test_who_leaves_or_becomes_a_guest_has_left_once_each_time(
    left: list[PersonLeft], transactions: Transactions, workspace_id: int
) -> None:
    profiles: list[dict[str, bool]] = [
        {},
        {"deleted": True},
        {"deleted": True},
        {"is_restricted": True},
        {},
        {"is_stranger": True},
    ]
    heard = []
    for profile in profiles:
        async with transactions.begin(workspace_id) as tx:
            await service.introduce(tx, Profile.model_validate({"id": "U1", **profile}))
        heard.append(len(left))
    assert heard == [0, 1, 1, 1, 1, 2]
    assert set(left) == {PersonLeft("U1")}


async def test_who_is_not_in_a_private_channel_any_more_has_left_it(
    left: list[PersonLeft], transactions: Transactions, workspace_id: int
) -> None:
    everybody = frozenset(f"U{number}" for number in range(1200))
    async with transactions.begin(workspace_id) as tx:
        await service.keep_room(tx, Room("C1", "team", True, False, True, everybody))  # noqa: FBT003 - its fields
    assert left == []
    async with transactions.begin(workspace_id) as tx:
        fewer = everybody - {"U7", "U8"} | {"U2000"}
        await service.keep_room(tx, Room("C1", "team", True, False, True, fewer))  # noqa: FBT003 - its fields
        assert set(await tx.session.scalars(select(ChannelMember.user_id))) == fewer
    assert left == [PersonLeft("U7", "C1"), PersonLeft("U8", "C1")]


async def test_coming_and_going_counts_in_private_channels_and_once(
    left: list[PersonLeft], transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await service.keep_room(tx, Room("C1", "team", True, False, True, frozenset()))  # noqa: FBT003 - its fields
        await service.keep_room(tx, Room("C2", "all", False, False, True))  # noqa: FBT003 - its fields
        for channel_id in ("C1", "C2", "C404"):
            for joined in (True, True, False, False):
                await service.keep_move(tx, Move(channel_id, "U1", joined=joined))
        assert (await tx.session.scalars(select(ChannelMember))).all() == []
    assert left == [PersonLeft("U1", "C1")]


async def test_the_same_people_learned_twice_at_once_are_there_once(
    transactions: Transactions, workspace_id: int
) -> None:
    room = Room("C1", "team", True, False, True, frozenset({"U1", "U2", "U3"}))  # noqa: FBT003 - its fields

    async def learn() -> None:
        async with transactions.begin(workspace_id) as tx:
            await service.keep_room(tx, room)

    await asyncio.gather(*(learn() for _ in range(6)))
    async with transactions.begin(workspace_id) as tx:
        assert sorted(await tx.session.scalars(select(ChannelMember.user_id))) == ["U1", "U2", "U3"]
