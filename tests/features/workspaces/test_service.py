"""Numbers, people and workspaces, on both databases."""

import asyncio

from sqlalchemy import select

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces import queries, service
from slackapp.features.workspaces.models import Person, Workspace
from slackapp.slack.people import Profile
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
