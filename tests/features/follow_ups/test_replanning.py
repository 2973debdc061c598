"""What an edit makes of the questions, and who is told of an outcome; on both databases."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.follow_ups import parts, queries, service
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND, NEWS_KIND, Given
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import workers
from slackapp.features.launches.rules import LaunchDraft, LaunchEdited, Took
from slackapp.features.metrics.rules import Quantity
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.jobs import ask_what_is_due
from slackapp.features.prompts.models import Prompt
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import Ask, Expired
from tests.conftest import START
from tests.support.recorded import LAUNCH, LONG_OUT, asked_about, knows, messages, recorded
from tests.support.spaces import as_seen


async def edit(
    tx: Tx,
    launch: Launch,
    checkpoints: Sequence[int] | None = None,
    *,
    by: str = "U1",
    **values: object,
) -> None:
    for name, value in values.items():
        setattr(launch, name, value)
    if checkpoints is not None:
        launch.checkpoints = list(checkpoints)
    await tx.session.flush()
    await tx.emit(LaunchEdited(launch.id, replan=True, by=by))


async def stands(tx: Tx, launch: Launch) -> dict[int, tuple[str, bool]]:
    return {f.days: (f.state, f.final) for f in await queries.of_launch(tx, launch.id)}


async def prompt_of(tx: Tx, launch: Launch, days: int) -> Prompt:
    [follow_up] = [f for f in await queries.of_launch(tx, launch.id) if f.days == days]
    found = await find(tx, KIND, follow_up.id)
    assert found is not None
    await tx.session.refresh(found)
    return found


async def answer(tx: Tx, follow_up: FollowUp, value: int = 44, by: str = "U1") -> None:
    await service.record(tx, by, follow_up.id, Given(Quantity(Decimal(value), "%"), tx.now.date()))


async def test_questions_to_come_move_appear_and_vanish(tx: Tx) -> None:
    launch = await recorded(tx)
    await edit(tx, launch, [14, 30, 60])
    assert await stands(tx, launch) == {
        7: ("dropped", False),
        14: ("open", False),
        30: ("open", False),
        60: ("open", True),
    }
    assert (await prompt_of(tx, launch, 7)).next_at is None
    assert [(await prompt_of(tx, launch, n)).ladder for n in (30, 60)] == ["once", "until_answered"]
    await edit(tx, launch, [7, 30], day=launch.day - timedelta(days=3))
    assert await stands(tx, launch) == {
        7: ("open", False),
        14: ("dropped", False),
        30: ("open", True),
        60: ("dropped", False),
    }
    final = await prompt_of(tx, launch, 30)
    assert final.ladder == "until_answered"
    assert final.due_at.date() == (START + timedelta(days=28)).date()  # its day, 4 October, is a Sunday


async def test_what_is_asked_stays_and_a_new_last_one_is_not_asked_twice(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch_id = (await recorded(tx)).id
    clock.turn(START + timedelta(days=7, hours=2))
    async with transactions.begin(workspace_id) as tx:
        await ask_what_is_due(tx)
    async with transactions.begin(workspace_id) as tx:
        launch = await tx.session.get_one(Launch, launch_id)
        await edit(tx, launch, [7, 90])
        prompt = await prompt_of(tx, launch, 7)
        assert (prompt.state, prompt.next_at) == ("asked", None)
        await edit(tx, launch, [7])
        prompt = await prompt_of(tx, launch, 7)
        assert (prompt.state, prompt.ladder) == ("asked", "until_answered")
        assert prompt.next_at is not None
        assert await stands(tx, launch) == {
            7: ("open", True),
            30: ("dropped", False),
            90: ("dropped", False),
        }
        await edit(tx, launch, [7, 30])
        assert (await prompt_of(tx, launch, 7)).next_at is None


async def test_an_answer_that_becomes_the_final_one_measures_the_launch(tx: Tx) -> None:
    launch = await recorded(tx, day="2026-08-31")
    first, _ = await queries.of_launch(tx, launch.id)
    await answer(tx, first)
    assert launch.state == "out"
    await edit(tx, launch, [7])
    assert (launch.state, launch.verdict) == ("measured", "moved")
    assert await stands(tx, launch) == {7: ("answered", True), 30: ("dropped", False)}
    await edit(tx, launch, [7, 30])
    assert await stands(tx, launch) == {7: ("answered", True), 30: ("dropped", False)}


@pytest.mark.parametrize(("by", "asked"), [("U1", 1), ("U2", 0)])
async def test_a_launch_that_gets_its_metric_is_asked_about_it(tx: Tx, by: str, asked: int) -> None:
    launch = await recorded(tx, day=LONG_OUT, metric="", from_to="")
    before = len(await messages(tx, "U1"))
    await edit(tx, launch, by=by, metric="Activation", metric_key="activation")
    assert await stands(tx, launch) == {30: ("open", True)}
    assert len(await messages(tx, "U1")) - before == asked
    assert (await prompt_of(tx, launch, 30)).next_at is not None


async def test_a_new_owner_is_asked_instead(tx: Tx) -> None:
    launch = await recorded(tx)
    await edit(tx, launch, owner_id="U2", backup_id="U3")
    prompt = await prompt_of(tx, launch, 30)
    assert (prompt.user_id, prompt.owner_id, prompt.backup_id) == ("U2", "U2", "U3")


async def test_another_title_is_shown_wherever_the_question_and_its_answer_stand(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    launch.title = "First steps"
    await tx.session.flush()
    await tx.emit(LaunchEdited(launch.id, replan=False, by="U1"))
    assert "First steps" in (await messages(tx, "U1"))[0].text
    await answer(tx, await asked_about(tx, launch))
    launch.title = "Second steps"
    await tx.session.flush()
    await tx.emit(LaunchEdited(launch.id, replan=False, by="U1"))
    assert "Second steps" in (await messages(tx, "U1"))[0].text


async def news(tx: Tx) -> dict[str, str]:
    """Who is told of an outcome, and how far that is."""
    found = await tx.session.execute(
        select(Prompt.user_id, Prompt.state)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.kind == "follow_ups.outcome")
        .execution_options(populate_existing=True)
    )
    return {row.user_id: row.state for row in found}


async def test_whoever_worked_on_it_and_did_not_answer_is_told(tx: Tx) -> None:
    for user_id in ("U1", "U2", "U3"):
        await knows(tx, user_id)
    launch = await recorded(tx, day=LONG_OUT)
    for user_id, took in {"U1": Took.WORKED, "U2": Took.WORKED, "U3": Took.BEFORE_SPEC}.items():
        await launches.take_part(tx, user_id, launch.id, took, here="C1")
    follow_up = await asked_about(tx, launch)
    assert await news(tx) == {}
    await answer(tx, follow_up)
    assert await news(tx) == {"U2": "waiting"}
    await service.undo(tx, "U1", follow_up.id)
    assert await news(tx) == {"U2": "done"}
    await answer(tx, follow_up)
    assert await news(tx) == {"U2": "waiting"}
    await launches.take_part(tx, "U3", launch.id, Took.WORKED, here="C1")
    assert await news(tx) == {"U2": "waiting", "U3": "waiting"}
    await launches.leave_part(tx, "U3", launch.id, Took.WORKED, here="C1")
    assert await news(tx) == {"U2": "waiting", "U3": "done"}


async def test_that_nobody_could_say_is_told_too_and_a_late_answer_again(tx: Tx) -> None:
    for user_id in ("U1", "U2"):
        await knows(tx, user_id)
    launch = await recorded(tx, day=LONG_OUT)
    for user_id in ("U1", "U2"):
        await launches.take_part(tx, user_id, launch.id, Took.WORKED, here="C1")
    follow_up = await asked_about(tx, launch)
    await service.expire(tx, Expired(KIND, follow_up.id))
    assert (launch.verdict, await news(tx)) == ("unmeasured", {"U1": "waiting", "U2": "waiting"})
    [one, _] = await workers(tx, launch.id)
    told = await parts.news(tx, Ask(NEWS_KIND, one.id, "U1"))
    assert told is not None
    assert "nobody could say" in told.text
    await answer(tx, follow_up)
    assert launch.verdict == "moved"
    assert await news(tx) == {"U1": "done", "U2": "waiting"}


async def test_what_somebody_else_lets_out_late_waits_for_the_owners_morning(tx: Tx) -> None:
    for by, asked in (("U2", 0), ("U1", 1)):
        launch = await recorded(tx, by="U1", backup="U2", day="2026-10-01")
        out = LaunchDraft.read({**LAUNCH, "day": LONG_OUT}, owner="U1", today=tx.now.date(), planned_ok=False)
        before = len(await messages(tx, "U1"))
        await launches.release(tx, by, launch.id, out)
        assert len(await messages(tx, "U1")) - before == asked


async def test_who_was_told_reads_that_it_was_taken_back(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await knows(tx, "U2")
        launch = await recorded(tx, day=LONG_OUT)
        await launches.take_part(tx, "U2", launch.id, Took.WORKED, here="C1")
        follow_up = await asked_about(tx, launch)
        await answer(tx, follow_up)
    clock.turn(START + timedelta(days=1, hours=2))
    async with transactions.begin(workspace_id) as tx:
        await ask_what_is_due(tx)
        [told] = await messages(tx, "U2")
        assert "You worked on L-1 New onboarding: Activation 40 % → 44 %, 37 days later." in as_seen(
            told.text
        )
        await service.undo(tx, "U1", follow_up.id)
        [told] = await messages(tx, "U2")
        assert "Its outcome was taken back" in str(told.blocks)
        [worker] = await workers(tx, launch.id)
        await launches.leave_part(tx, "U2", launch.id, Took.WORKED, here="C1")
        # Something else in that morning's message changes: the row it speaks of is gone.
        await prompts.redraw(tx, NEWS_KIND, worker.id)
        [told] = await messages(tx, "U2")
        assert "told no more" in str(told.blocks)
