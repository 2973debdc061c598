"""Who may answer what, and where the answer is shown to whoever gave it; on both databases."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.follow_ups import parts, queries, service
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import Given, NoNumber
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision, Role, Shown
from slackapp.features.metrics.rules import Quantity
from slackapp.features.prompts.models import Prompt
from slackapp.features.prompts.rules import ToChannel
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.conftest import START
from tests.support.recorded import LONG_OUT, asked_about, knows, messages, recorded

GIVEN = Given(Quantity(Decimal(44), "%"), START.date())


async def channel(tx: Tx, *members: str, archived: bool = False) -> None:
    """C1 as Slack tells of it: private if it has members."""
    whole = frozenset(members) if members else None
    await keep_room(
        tx,
        Room("C1", "team", is_private=bool(members), is_archived=archived, is_member=True, members=whole),
    )


async def asked(tx: Tx, **values: str) -> tuple[Launch, FollowUp]:
    """Mara (U1) is asked; Jonas (U2) is the backup."""
    for user_id, name in {"U1": "Mara", "U2": "Jonas", "U3": "Ines"}.items():
        await knows(tx, user_id, name=name)
    launch = await recorded(tx, day=LONG_OUT, backup="U2", **values)
    return launch, await asked_about(tx, launch)


async def guest(tx: Tx, user_id: str) -> None:
    await introduce(tx, Profile(id=user_id, name="Gil", is_restricted=True))


async def ask_channel(tx: Tx, follow_up: FollowUp) -> None:
    await service.ask_channel(tx, ToChannel("follow_up", follow_up.id))


async def shown(tx: Tx, user_id: str) -> str:
    return str((await messages(tx, user_id))[-1].blocks)


@pytest.mark.parametrize("by", ["U1", "U2"])
async def test_the_person_asked_and_the_backup_answer_take_back_and_decide(tx: Tx, by: str) -> None:
    await channel(tx)
    launch, follow_up = await asked(tx)
    await service.record(tx, by, follow_up.id, GIVEN)
    await service.undo(tx, by, follow_up.id)
    await service.record(tx, by, follow_up.id, GIVEN)
    await service.decide(tx, by, follow_up.id, Decision.KEEP)
    assert launch.decision == "keep"


@pytest.mark.parametrize("by", ["U3", "U9"])
async def test_nobody_else_answers_before_the_channel_is_asked(tx: Tx, by: str) -> None:
    await channel(tx)
    await guest(tx, "U9")
    _, follow_up = await asked(tx)
    for attempt in (
        service.open_question(tx, by, follow_up.id, here="C1"),
        service.record(tx, by, follow_up.id, GIVEN, here="C1"),
        service.record_no_number(tx, by, follow_up.id, NoNumber.DATA_MISSING, here="C1"),
    ):
        with pytest.raises(UserError, match="This question is for Mara"):
            await attempt


@pytest.mark.parametrize("by", ["U3", "U9"])
async def test_once_the_channel_was_asked_anybody_there_answers_and_may_take_it_back(tx: Tx, by: str) -> None:
    await channel(tx)
    launch, follow_up = await asked(tx)
    await guest(tx, "U9")
    await ask_channel(tx, follow_up)
    await service.record(tx, by, follow_up.id, GIVEN, here="C1")
    assert "Verdict" in await shown(tx, by)
    assert "follow_ups.undo" in await shown(tx, by)
    assert "follow_ups.override" not in await shown(tx, by)
    await service.undo(tx, by, follow_up.id)
    assert "Taken back" in await shown(tx, by)
    assert "follow_ups" not in await shown(tx, by)
    await service.record_no_number(tx, by, follow_up.id, NoNumber.NOBODY_KNOWS, here="C1")
    await service.decide(tx, by, follow_up.id, Decision.STOP)
    assert (launch.verdict, launch.decision) == ("unmeasured", "stop")


async def test_who_left_the_private_channel_is_not_told_that_their_answer_was_taken_back(tx: Tx) -> None:
    await channel(tx, "U1", "U2", "U3")
    launch, follow_up = await asked(tx)
    await ask_channel(tx, follow_up)
    await service.record(tx, "U3", follow_up.id, GIVEN, here="C1")
    await channel(tx, "U1", "U2")
    launch.title = "Secret plan"
    await service.undo(tx, "U1", follow_up.id)
    assert "Secret plan" not in await shown(tx, "U3")


async def test_two_who_answer_in_one_channel_at_once_leave_no_button(
    transactions: Transactions, workspace_id: int
) -> None:
    """The one who waits for the other draws the message with both answers."""

    async def ask(tx: Tx) -> list[int]:
        ids = []
        for title in ("New onboarding", "Search"):
            _, follow_up = await asked(tx, title=title)
            await ask_channel(tx, follow_up)
            ids.append(follow_up.id)
        return ids

    async def answer(follow_up_id: int, delay: float) -> None:
        async def use(tx: Tx) -> None:
            await service.record(tx, "U3", follow_up_id, GIVEN, here="C1")
            await asyncio.sleep(delay)

        await transactions.run(workspace_id, use)

    first, second = await transactions.run(workspace_id, ask)
    await asyncio.gather(answer(first, 0.3), answer(second, 0.0))

    async def look(tx: Tx) -> list[OutboxMessage]:
        found = await tx.session.scalars(
            select(OutboxMessage).where(OutboxMessage.key.startswith("follow_ups:C1:"))
        )
        return list(found)

    [message] = await transactions.run(workspace_id, look)
    assert message.withdrawn


async def test_a_guest_elsewhere_answers_nothing_and_reads_no_rate(tx: Tx) -> None:
    await channel(tx)
    await guest(tx, "U9")
    _, first = await asked(tx)
    await service.record(tx, "U1", first.id, GIVEN)
    _, follow_up = await asked(tx)
    await ask_channel(tx, follow_up)
    with pytest.raises(UserError, match="This question is for Mara"):
        await service.record(tx, "U9", follow_up.id, GIVEN, here="C7")
    await service.record(tx, "U9", follow_up.id, GIVEN, here="C1")
    assert "measured launch" not in await shown(tx, "U9")
    assert "2 of 2 measured launches moved" in await shown(tx, "U1")
    assert [len((await queries.story(tx, follow_up, reader=who)).others) for who in ("U1", "U9")] == [1, 0]
    offer = await queries.offer(tx, first, "U9", today=START.date(), here="C1")
    assert (list(offer.others), offer.earlier) == ([], None)


async def test_whoever_left_a_private_channel_is_nothing_to_its_questions(tx: Tx) -> None:
    await channel(tx, "U1", "U2", "U3")
    launch, follow_up = await asked(tx)
    await ask_channel(tx, follow_up)
    await service.record(tx, "U2", follow_up.id, GIVEN)
    before = await shown(tx, "U2")
    await channel(tx, "U1", "U3")
    assert await queries.roles(tx, "U2", launch, follow_up, here="C1") == frozenset()
    for attempt in (
        service.undo(tx, "U2", follow_up.id),
        service.decide(tx, "U2", follow_up.id, Decision.KEEP),
        service.open_answer(tx, "U2", follow_up.id),
    ):
        with pytest.raises(UserError, match="This question is for"):
            await attempt
    await service.decide(tx, "U1", follow_up.id, Decision.KEEP)
    assert await shown(tx, "U2") == before
    # A guest of a private channel is known to be in it.
    await channel(tx, "U1", "U3", "U9")
    await guest(tx, "U9")
    assert await queries.roles(tx, "U9", launch, follow_up) == {Role.CHANNEL}


async def test_the_answer_stands_once_with_whom_was_asked_and_once_with_whom_gave_it(tx: Tx) -> None:
    await channel(tx)
    _, follow_up = await asked(tx)
    await service.record(tx, "U2", follow_up.id, GIVEN)
    assert [row.key for row in await messages(tx, "U2")] == [f"follow_ups:{follow_up.id}:echo:U2"]
    assert "follow_ups.override" in await shown(tx, "U1")
    assert "follow_ups.override" not in await shown(tx, "U2")
    await service.decide(tx, "U1", follow_up.id, Decision.KEEP)
    assert "Decision: " in await shown(tx, "U2")
    assert "follow_ups.undo" not in await shown(tx, "U2")


async def test_an_archived_channel_is_not_asked(tx: Tx) -> None:
    await channel(tx)
    _, follow_up = await asked(tx)
    await channel(tx, archived=True)
    await ask_channel(tx, follow_up)
    assert follow_up.channel_message is None
    found = await tx.session.scalars(select(OutboxMessage.key).where(OutboxMessage.channel_id == "C1"))
    assert [key for key in found if key.startswith("follow_ups:C1")] == []


async def offered(tx: Tx, launch: Launch, user_id: str) -> list[str]:
    """The buttons below the launch for somebody who looks at it."""
    below = await parts.buttons(tx, Shown(launch.id, user_id)) or []
    return [element["action_id"] for block in below for element in block.to_dict()["elements"]]


async def test_below_a_launch_stands_what_the_reader_can_do_about_its_question(tx: Tx) -> None:
    await channel(tx)
    launch, follow_up = await asked(tx)
    await tx.session.execute(update(Prompt).values(user_id="U2"))
    every = ["follow_ups.record", "follow_ups.no_number", "prompts.snooze", "prompts.pass_on"]
    assert await offered(tx, launch, "U1") == await offered(tx, launch, "U2") == every
    assert await offered(tx, launch, "U3") == []
    await service.record(tx, "U2", follow_up.id, GIVEN)
    assert await offered(tx, launch, "U2") == []
    # The answer's message is with somebody else, so the owner's own button is nowhere but here.
    assert await offered(tx, launch, "U1") == ["follow_ups.override"]
    follow_up.state = "expired"
    await tx.session.flush()
    assert await offered(tx, launch, "U1") == ["follow_ups.record"]


async def test_a_question_whose_day_is_still_to_come_offers_nothing_yet(tx: Tx) -> None:
    await channel(tx)
    launch = await recorded(tx, day=(START - timedelta(days=1)).date().isoformat())
    assert await offered(tx, launch, "U1") == []
