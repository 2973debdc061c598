"""Several who do something about discovery at once, and what belongs to another channel or workspace."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.models import Activity, Consideration, Contribution, Present
from slackapp.features.discovery.rules import CONSIDERATIONS_KIND, ActivityDraft
from slackapp.features.discovery.service import considerations, logged
from slackapp.features.launches import service as launches
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.workspaces.service import keep_room
from slackapp.slack.rooms import Room
from tests.support.recorded import another_workspace, knows, recorded

TODAY = date(2026, 9, 7)
SOON = "2026-09-20"


def drafted(**values: Any) -> ActivityDraft:  # noqa: ANN401 - whatever the form takes
    return ActivityDraft.read({"kind": "interview", "present": ["product"], **values}, today=TODAY)


async def inhabited(tx: Tx) -> None:
    for channel_id in ("C1", "C2"):
        await keep_room(
            tx, Room(channel_id, channel_id.lower(), is_private=False, is_archived=False, is_member=True)
        )
    for user_id in ("U1", "U2", "U3"):
        await knows(tx, user_id)


async def test_of_two_who_say_what_to_factor_in_at_once_the_second_is_told_so(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await inhabited(tx)
        launch = await recorded(tx, by="U1", day=SOON, senior_id="U2")

    async def consider(user_id: str) -> str:
        try:
            async with transactions.begin(workspace_id) as tx:
                await considerations.consider(tx, user_id, launch.id, f"said by {user_id}")
        except UserError as error:
            return error.sentence
        return ""

    answers = await asyncio.gather(consider("U1"), consider("U2"))
    [refused] = filter(None, answers)
    assert "said it already" in refused
    async with transactions.begin(workspace_id) as tx:
        [said] = await tx.session.scalars(select(Consideration))
        assert said.text == f"said by {said.said_by}"
        prompt = await find(tx, CONSIDERATIONS_KIND, launch.id)
        assert prompt is not None
        assert prompt.state == PromptState.DONE


async def test_what_is_changed_and_removed_at_once_is_whole_or_gone(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await inhabited(tx)
        launch = await recorded(tx, by="U1")
        activity = await logged.log(tx, "U1", "C1", drafted(launch=str(launch.id), came=["cheaper"]))

    async def does(remove: bool) -> None:  # noqa: FBT001 - which of two
        try:
            async with transactions.begin(workspace_id) as tx:
                if remove:
                    await logged.remove(tx, "U1", activity.id)
                else:
                    await logged.edit(tx, "U1", activity.id, drafted(came=["scope", "constraint"]))
        except NotFoundError:
            return

    await asyncio.gather(*(does(turn % 2 == 1) for turn in range(6)))
    async with transactions.begin(workspace_id) as tx:
        for table in (Activity, Present, Contribution):
            assert await tx.session.scalar(select(func.count()).select_from(table)) == 0
        assert (await queries.known(tx, launch)).activities == 0


async def test_only_launches_of_the_channel_can_be_named(tx: Tx) -> None:
    await inhabited(tx)
    elsewhere = await recorded(tx, by="U1", channel="C2")
    for launch_id in (elsewhere.id, 99):
        with pytest.raises(FieldError) as raised:
            await logged.log(tx, "U1", "C1", drafted(launch=str(launch_id)))
        assert set(raised.value.fields) == {"launch"}
    assert await queries.offered(tx, "U1", "C1") == []
    assert [each.id for each in await queries.offered(tx, "U1", "C2")] == [elsewhere.id]


async def test_a_cancelled_launch_is_offered_only_where_it_stands_already(tx: Tx) -> None:
    await inhabited(tx)
    launch = await recorded(tx, by="U1")
    await launches.cancel(tx, "U1", launch.id)
    assert await queries.offered(tx, "U1", "C1") == []
    assert [each.id for each in await queries.offered(tx, "U1", "C1", also=launch.id)] == [launch.id]


async def test_another_workspaces_discovery_is_not_found(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await inhabited(tx)
        launch = await recorded(tx, by="U1", day=SOON, senior_id="U2")
        activity = await logged.log(tx, "U1", "C1", drafted())
        await considerations.consider(tx, "U2", launch.id, "none that I see")
    async with transactions.begin(await another_workspace(transactions)) as tx:
        await inhabited(tx)
        assert await queries.find(tx, activity.id) is None
        assert await queries.consideration(tx, launch.id) is None
        with pytest.raises(NotFoundError):
            await logged.edit(tx, "U1", activity.id, drafted())
        with pytest.raises(NotFoundError):
            await considerations.take_back(tx, "U2", launch.id)
        await logged.remove(tx, "U1", activity.id)
    async with transactions.begin(workspace_id) as tx:
        assert await queries.find(tx, activity.id) is not None


async def test_a_passed_on_question_is_answered_by_whoever_has_it_now(tx: Tx) -> None:
    await inhabited(tx)
    launch = await recorded(tx, by="U1", day=SOON, senior_id="U2")
    with pytest.raises(UserError, match="senior engineer named on L-1"):
        await considerations.consider(tx, "U3", launch.id, "It must queue")
    prompt = await find(tx, CONSIDERATIONS_KIND, launch.id)
    assert prompt is not None
    prompt.user_id = "U3"
    await tx.session.flush()
    await considerations.consider(tx, "U3", launch.id, "It must queue")
    with pytest.raises(UserError, match="U3 said it already"):
        await considerations.take_back(tx, "U2", launch.id)
    await considerations.take_back(tx, "U3", launch.id)
    await considerations.take_back(tx, "U3", launch.id)
    assert await queries.consideration(tx, launch.id) is None
    assert prompt.state != PromptState.DONE
