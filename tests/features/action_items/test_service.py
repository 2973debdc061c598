"""What becomes of action items, whoever presses first, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.action_items import queries, service
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import DUE_KIND, HELPED_KIND, ActionChanged, ActionState, Helped
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.workspaces.service import introduce
from slackapp.slack.people import Profile
from tests.support.actions import DUE, added, draft, private, public
from tests.support.recorded import another_workspace, knows


async def asked(tx: Tx, item: ActionItem, kind: str = DUE_KIND) -> Prompt:
    found = await find(tx, kind, item.id)
    assert found is not None
    await tx.session.refresh(found)
    return found


async def refused(acting: Awaitable[object]) -> str:
    with pytest.raises(UserError) as error:
        await acting
    return error.value.sentence


async def at_field(acting: Awaitable[object]) -> dict[str, str]:
    with pytest.raises(FieldError) as error:
        await acting
    return error.value.fields


async def test_they_are_numbered_in_their_workspace_and_asked_about_on_their_day(tx: Tx) -> None:
    first, second = await added(tx, about="Onboarding\nemails"), await added(tx)
    assert (first.label, second.label, first.about) == ("A-1", "A-2", "Onboarding emails")
    prompt = await asked(tx, first)
    assert (prompt.user_id, prompt.owner_id, prompt.channel_id) == ("U2", "U2", "C1")
    assert prompt.due_at.date() == DUE


async def test_elsewhere_they_are_numbered_anew_and_not_seen(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        here = await added(tx)
    async with transactions.begin(await another_workspace(transactions)) as there:
        assert (await added(there)).label == "A-1"
        with pytest.raises(NotFoundError):
            await service.done(there, "U2", here.id, here="C1")


async def test_everything_that_happens_is_told(tx: Tx) -> None:
    told: list[int] = []

    async def hear(tx: Tx, event: ActionChanged) -> None:
        del tx
        told.append(event.action_id)

    tx = Tx(tx.session, tx.now, tx.workspace_id, {ActionChanged: (hear,)}, tx.parts)
    item = await added(tx)
    await service.edit(tx, "U2", item.id, draft(text="Write two runbooks"))
    await service.move(tx, "U2", item.id, DUE + timedelta(days=1))
    await service.done(tx, "U2", item.id)
    await service.say_helped(tx, "U2", item.id, Helped.NO)
    await service.reopen(tx, "U2", item.id)
    await service.drop(tx, "U2", item.id, "Nobody reads it")
    assert told == [item.id] * 7
    # What changes nothing is no news.
    await service.reopen(tx, "U2", item.id)
    await service.reopen(tx, "U2", item.id)
    assert len(told) == 8


@pytest.mark.parametrize(
    "profile",
    [
        Profile(id="U5", name="Kim", is_restricted=True),
        Profile(id="U5", name="Kim", deleted=True),
        Profile(id="U5", name="Kim", is_bot=True),
        Profile(id="U5", name="Kim", team_id="T9"),
    ],
)
async def test_only_a_colleague_can_own_one(tx: Tx, profile: Profile) -> None:
    await introduce(tx, profile)
    assert list(await at_field(added(tx, owner="U5"))) == ["owner"]


async def test_and_only_one_who_may_read_of_it(tx: Tx) -> None:
    await private(tx, "U1", "U2")
    await knows(tx, "U5", name="Kim")
    assert "Kim is not in this private channel" in (await at_field(added(tx, owner="U5")))["owner"]
    item = await added(tx)
    assert list(await at_field(service.edit(tx, "U1", item.id, draft(owner="U5")))) == ["owner"]


async def test_an_owner_who_left_may_stay_where_somebody_mends_the_words(tx: Tx) -> None:
    await public(tx)
    item = await added(tx)
    await introduce(tx, Profile(id="U2", name="Jonas", tz="UTC", deleted=True))
    await service.edit(tx, "U1", item.id, draft(text="Write a short runbook"))
    assert item.text == "Write a short runbook"


async def test_done_is_said_once_and_asked_about_two_weeks_later(tx: Tx) -> None:
    item = await added(tx)
    await service.done(tx, "U2", item.id)
    assert (item.state, item.closed_by, item.closed_at) == (ActionState.DONE, "U2", tx.now)
    assert (await asked(tx, item)).state == PromptState.DONE
    helped = await asked(tx, item, HELPED_KIND)
    assert (helped.user_id, helped.due_at.date()) == ("U2", tx.now.date() + timedelta(days=14))
    await service.done(tx, "U1", item.id, here="C1")
    assert item.closed_by == "U2"


async def test_opened_again_it_is_asked_about_again_and_not_whether_it_helped(tx: Tx) -> None:
    item = await added(tx)
    await service.done(tx, "U2", item.id)
    await service.say_helped(tx, "U2", item.id, Helped.YES)
    await service.reopen(tx, "U2", item.id)
    assert (item.state, item.closed_by, item.closed_at, item.helped) == ("open", None, None, None)
    assert (await asked(tx, item)).state == PromptState.WAITING
    assert (await asked(tx, item, HELPED_KIND)).state == PromptState.DONE
    await service.done(tx, "U2", item.id)
    assert (await asked(tx, item, HELPED_KIND)).state == PromptState.WAITING


async def test_it_is_dropped_for_a_reason_and_the_first_one_stands(tx: Tx) -> None:
    item = await added(tx)
    assert list(await at_field(service.drop(tx, "U2", item.id, " \n"))) == ["reason"]
    assert item.state == ActionState.OPEN
    await service.drop(tx, "U2", item.id, "Nobody reads it")
    assert (await asked(tx, item)).state == PromptState.DONE
    assert await find(tx, HELPED_KIND, item.id) is None
    assert "dropped by" in await refused(service.drop(tx, "U1", item.id, "Another", here="C1"))
    assert "Open it again first" in await refused(service.done(tx, "U1", item.id, here="C1"))
    assert item.reason == "Nobody reads it"
    await service.reopen(tx, "U2", item.id)
    assert item.reason == ""


async def test_what_is_done_is_neither_dropped_nor_changed(tx: Tx) -> None:
    item = await added(tx)
    await service.done(tx, "U2", item.id)
    assert "done already" in await refused(service.drop(tx, "U2", item.id, "Late"))
    assert "done already" in await refused(service.edit(tx, "U2", item.id, draft()))
    assert "done already" in await refused(service.move(tx, "U2", item.id, DUE))


async def test_whether_it_helped_is_said_taken_back_and_said_otherwise(tx: Tx) -> None:
    item = await added(tx)
    assert "not done" in await refused(service.say_helped(tx, "U2", item.id, Helped.YES))
    await service.done(tx, "U2", item.id)
    for said in (Helped.YES, Helped.YES, Helped.NO):
        await service.say_helped(tx, "U2", item.id, said)
        assert item.helped == said
        assert (await asked(tx, item, HELPED_KIND)).state == PromptState.DONE
    await service.say_helped(tx, "U2", item.id, None)
    assert item.helped is None
    assert (await asked(tx, item, HELPED_KIND)).state == PromptState.WAITING


async def test_another_day_is_asked_about_then(tx: Tx) -> None:
    item = await added(tx)
    await service.move(tx, "U2", item.id, DUE + timedelta(days=7))
    assert (await asked(tx, item)).due_at.date() == DUE + timedelta(days=7)
    assert list(await at_field(service.move(tx, "U2", item.id, DUE + timedelta(days=7)))) == ["due_on"]
    assert list(await at_field(service.move(tx, "U2", item.id, date(2026, 9, 6)))) == ["due_on"]
    assert list(await at_field(service.move(tx, "U2", item.id, date(2027, 9, 8)))) == ["due_on"]


async def test_a_new_owner_is_asked_also_where_the_old_one_is_not_asked_any_more(tx: Tx) -> None:
    item = await added(tx)
    await service.edit(tx, "U1", item.id, draft(owner="U3"))
    assert (await asked(tx, item)).user_id == "U3"
    prompt = await asked(tx, item)
    prompt.state, prompt.next_at = PromptState.EXPIRED, None
    await service.edit(tx, "U1", item.id, draft(owner="U4"))
    again = await asked(tx, item)
    assert (again.user_id, again.owner_id, again.state) == ("U4", "U4", PromptState.WAITING)


async def test_passed_on_it_is_still_its_owners(tx: Tx) -> None:
    item = await added(tx)
    await prompts.pass_on(tx, "U2", (await asked(tx, item)).id, "U3")
    assert item.owner_id == "U2"
    assert (await asked(tx, item)).user_id == "U3"
    await service.done(tx, "U3", item.id)
    assert (await asked(tx, item, HELPED_KIND)).user_id == "U2"


async def test_who_may_not_read_it_changes_nothing(tx: Tx) -> None:
    await private(tx, "U1", "U2")
    item = await added(tx)
    use: list[Callable[[], Awaitable[object]]] = [
        lambda: service.done(tx, "U9", item.id, here="C1"),
        lambda: service.drop(tx, "U9", item.id, "No", here="C1"),
        lambda: service.reopen(tx, "U9", item.id, here="C1"),
        lambda: service.edit(tx, "U9", item.id, draft(), here="C1"),
        lambda: service.move(tx, "U9", item.id, DUE, here="C1"),
        lambda: service.say_helped(tx, "U9", item.id, Helped.NO, here="C1"),
    ]
    for each in use:
        assert "members of its channel" in await refused(each())
    assert item.state == ActionState.OPEN


async def test_of_two_at_once_one_is_the_first(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        await public(tx)
        item_id = (await added(tx)).id

    async def done(by: str) -> str:
        await transactions.run(workspace_id, lambda tx: service.done(tx, by, item_id))
        return by

    async def drop(by: str) -> str:
        try:
            await transactions.run(workspace_id, lambda tx: service.drop(tx, by, item_id, f"{by} says so"))
        except UserError:
            return ""
        return by

    took = await asyncio.gather(
        *(done("U2") for _ in range(3)), *(drop(f"U{n}") for n in range(4, 7)), return_exceptions=True
    )
    dropped = [by for by in took[3:] if by]
    refused_ = [by for by in took[:3] if isinstance(by, UserError)]
    async with transactions.begin(workspace_id) as tx:
        item = await queries.item(tx, item_id)
        if item.state == ActionState.DONE:
            assert (dropped, refused_, item.closed_by) == ([], [], "U2")
        else:
            assert len(refused_) == 3
            assert dropped == [item.closed_by]
            assert item.reason == f"{item.closed_by} says so"
