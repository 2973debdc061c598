"""Closing a retro: scores, what happened to users, the summary, its files: on both databases."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import (
    Retro,
    Score,
)
from slackapp.features.retros.queries.looked_back import ON_A_PAGE
from slackapp.features.retros.queries.looked_back import closing as form_of
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.record import summary_key
from slackapp.features.retros.rules.scores import LONGEST_IMPACT, ClosingDraft, Said, read_scores
from slackapp.features.retros.service import closing, scoring, stepping
from slackapp.outbox.models import OutboxMessage
from tests.support.closed_retros import at_close
from tests.support.recorded import recorded
from tests.support.retros import collecting


async def looked_at(tx: Tx, retro: Retro) -> Sequence[int]:
    return await queries.launches(tx, retro.id)


async def said(tx: Tx, key: str) -> OutboxMessage | None:
    found: OutboxMessage | None = await tx.session.scalar(
        select(OutboxMessage).where(OutboxMessage.key == key, OutboxMessage.workspace_id == tx.workspace_id)
    )
    return found


async def test_a_score_is_set_changed_and_taken_back(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for these in (Said(4, None), Said(2, 5), Said(2, 5)):
        await scoring.score(tx, "U2", retro.id, {launch_id: these})
        rows = await tx.session.execute(select(Score.voter, Score.works, Score.needed))
        assert [tuple(row) for row in rows] == [("U2", these.works, these.needed)]
    await scoring.score(tx, "U2", retro.id, {launch_id: Said()})
    assert (await tx.session.scalars(select(Score))).all() == []


async def test_of_other_launches_and_people_the_form_shows_nothing(tx: Tx) -> None:
    retro, other = await at_close(tx), await recorded(tx, title="Not looked back on")
    [launch_id] = await looked_at(tx, retro)
    await scoring.score(tx, "U2", retro.id, {launch_id: Said(5, 5), other.id: Said(1, 1)})
    form = await form_of(tx, retro, "U3", facilitates=True)
    assert [(each.launch_id, each.own, each.launch.works.answers) for each in form.launches] == [
        (launch_id, None, 0)
    ]
    form = await form_of(tx, retro, "U2", facilitates=False)
    assert [each.own and each.own.works for each in form.launches] == [5]


async def test_many_launches_are_scored_page_by_page(tx: Tx) -> None:
    retro = await at_close(tx, launches=ON_A_PAGE + 1)
    first, last = [await form_of(tx, retro, "U2", facilitates=True, page=page) for page in (0, 1)]
    assert (len(first.launches), first.is_last, len(last.launches), last.is_last) == (
        ON_A_PAGE,
        False,
        1,
        True,
    )


async def test_launches_are_scored_while_it_closes_and_at_no_other_time(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for phase in set(Phase) - {Phase.CLOSE}:
        await stepping.step_to(tx, retro, phase, by="U1")
        with pytest.raises(UserError):
            await scoring.score(tx, "U2", retro.id, {launch_id: Said(4, 4)})


async def test_whoever_is_not_in_the_retro_scores_nothing(tx: Tx) -> None:
    retro = await at_close(tx)
    retro.whole_channel = False
    await tx.session.flush()
    [launch_id] = await looked_at(tx, retro)
    with pytest.raises(UserError):
        await scoring.score(tx, "U5", retro.id, {launch_id: Said(4, 4)})


async def test_scores_are_shown_once_it_is_closed_and_from_three_on(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for user_id, these in (("U1", Said(5, 1)), ("U2", Said(4, 2)), ("U3", Said(3, None))):
        await scoring.score(tx, user_id, retro.id, {launch_id: these})
    await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    [launch] = (await record(tx, retro)).launches
    assert ((launch.works.answers, launch.works.mean), (launch.needed.answers, launch.needed.mean)) == (
        (3, 4.0),
        (2, None),
    )


@pytest.mark.parametrize("is_anonymous", [True, False], ids=["anonymous", "named"])
async def test_closing_ends_it_tells_the_channel_and_forgets_who_scored(
    tx: Tx, *, is_anonymous: bool
) -> None:
    retro = await at_close(tx, is_anonymous=is_anonymous)
    [launch_id] = await looked_at(tx, retro)
    await scoring.score(tx, "U7", retro.id, {launch_id: Said(4, 4)})
    await closing.close(tx, retro, by="U1", impact="They stay longer", skip=False)
    assert (retro.phase, retro.ended_at, retro.impact_by) == (Phase.CLOSED, tx.now, "U1")
    assert not retro.impact_skipped
    summary = await said(tx, summary_key(retro.id))
    assert summary is not None
    assert (summary.channel_id, summary.reply_to, summary.broadcast) == (
        "C1",
        f"retros:{retro.id}:status",
        True,
    )
    assert "They stay longer" in json.dumps(summary.blocks)
    voters = (await tx.session.scalars(select(Score.voter))).all()
    assert ("U7" in voters) is not is_anonymous
    assert await queries.open_in(tx, "C1") is None


async def test_without_an_answer_on_users_it_closes_only_by_a_word_which_is_counted(tx: Tx) -> None:
    retro = await at_close(tx)
    with pytest.raises(UserError):
        await closing.close(tx, retro, by="U1", impact="", skip=False)
    assert retro.ended_at is None
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    assert (retro.impact_skipped, retro.impact, retro.impact_by) == (True, "", None)
    retro = await at_close(tx)
    await closing.close(tx, retro, by="U1", impact="They stay", skip=True)
    assert not retro.impact_skipped


async def test_it_is_closed_once_by_a_facilitator_who_saw_it_closing(tx: Tx) -> None:
    retro = await collecting(tx)
    with pytest.raises(UserError):
        await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    for by, step in (("U2", retro.step), ("U1", retro.step - 1)):
        with pytest.raises(UserError):
            await closing.at_close(tx, retro.id, by=by, step=step)
    await closing.at_close(tx, retro.id, by="U1", step=retro.step)
    await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    with pytest.raises(UserError):
        await closing.at_close(tx, retro.id, by="U1", step=retro.step)


async def test_who_closes_at_once_closes_once_and_no_score_is_half_counted(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        retro = await at_close(tx)
        [launch_id] = await looked_at(tx, retro)

    async def close(tx: Tx) -> None:
        locked = await closing.at_close(tx, retro.id, by="U1", step=retro.step)
        await closing.close(tx, locked, by="U1", impact="They stay", skip=False)

    async def score(tx: Tx, user_id: str) -> None:
        await scoring.score(tx, user_id, retro.id, {launch_id: Said(4, 4)})

    async def works(use: Callable[[Tx], Awaitable[None]]) -> bool:
        try:
            await transactions.run(workspace_id, use)
        except UserError:
            return False
        return True

    uses: list[Callable[[Tx], Awaitable[None]]] = [
        close,
        *(partial(score, user_id=f"V{number}") for number in range(6)),
        close,
    ]
    done = await asyncio.gather(*map(works, uses))
    assert [done[0], done[-1]].count(True) == 1
    async with transactions.read(workspace_id) as tx:
        after = await queries.retro(tx, retro.id)
        counted = (await record(tx, after)).launches[0].works.answers
        assert counted == sum(done[1:-1])
        assert [each.phase for each in (await record(tx, after)).phases].count(Phase.CLOSED) == 1
        assert not {f"V{number}" for number in range(6)} & set(await tx.session.scalars(select(Score.voter)))


def test_what_is_no_score_is_not_taken() -> None:
    assert read_scores({"works_7": "4", "needed_7": "none", "impact": "x", "works_x": "9"}) == {
        7: Said(4, None)
    }
    for value in ("0", "6", "x", ["4"]):
        with pytest.raises(FieldError):
            read_scores({"works_7": value})


def test_what_happened_to_users_is_tidied_and_has_a_limit() -> None:
    assert ClosingDraft.read({"impact": " \n\t "}) == ClosingDraft("", keep_open=False, skip=False)
    assert ClosingDraft.read({"impact": "They\x00 stay", "then": "keep", "skip": ["yes"]}) == ClosingDraft(
        "They stay", keep_open=True, skip=True
    )
    with pytest.raises(FieldError):
        ClosingDraft.read({"impact": "x" * (LONGEST_IMPACT + 1)})
