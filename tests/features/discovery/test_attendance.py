"""A closed round of who will be there is logged once, by function; its maker is asked what came of it."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import func, select

from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.models import Activity
from slackapp.features.discovery.rules import ATTENDED, CAME_KIND, ActivityDraft, ActivityKind
from slackapp.features.discovery.service import logged as service
from slackapp.features.polls.blocks.words import naming
from slackapp.features.polls.models import Poll, Response, Round
from slackapp.features.polls.rules import Kind, QuestionDraft, RoundClosed
from slackapp.features.polls.rules.templates import Template
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.workspaces.rules import Function
from slackapp.features.workspaces.service import keep_room, set_function
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.rooms import Room
from tests.support.open_rounds import asking
from tests.support.recorded import knows

WHO_COMES = QuestionDraft(Kind.SINGLE, "Will you be there?", options=("I'll be there", "I can't"))
FUNCTIONS = {"U2": Function.PRODUCT, "U3": Function.ENGINEERING, "U4": Function.ENGINEERING}


async def dive(
    tx: Tx, answers: Mapping[str, int], *, template: str = "deep_dive", is_anonymous: bool = False
) -> Round:
    """A poll of U1's with these answers: 0, somebody will be there; 1, they cannot."""
    await keep_room(tx, Room("C1", "team", is_private=False, is_archived=False, is_member=True))
    for user_id in ("U1", *FUNCTIONS, "U5"):
        await knows(tx, user_id)
    for user_id, function in FUNCTIONS.items():
        await set_function(tx, user_id, function)
    round_ = await asking(tx, WHO_COMES, is_anonymous=is_anonymous)
    poll = await tx.session.get_one(Poll, round_.poll_id)
    poll.template = template
    tx.session.add_all(
        Response(workspace_id=tx.workspace_id, round_id=round_.id, responder=user_id, option=option)
        for user_id, option in answers.items()
    )
    await tx.session.flush()
    return round_


async def test_who_answers_is_told_that_functions_will_be_read(tx: Tx) -> None:
    round_ = await dive(tx, {})
    poll = await tx.session.get_one(Poll, round_.poll_id)
    for poll.template in ("", *Template):
        for poll.by_function in (True, False):
            assert ("reads of which functions" in naming(poll)) == (poll.template in ATTENDED)


async def activities(tx: Tx) -> Sequence[Activity]:
    found = await tx.session.scalars(select(Activity).where(Activity.workspace_id == tx.workspace_id))
    return found.all()


async def test_it_is_logged_with_the_functions_of_those_who_said_they_would_be_there(tx: Tx) -> None:
    round_ = await dive(tx, {"U1": 0, "U2": 0, "U3": 0, "U4": 1})
    for _ in range(3):
        await tx.emit(RoundClosed(round_.id))
    [activity] = await activities(tx)
    logged = await queries.logged(tx, activity)
    assert activity.kind == ActivityKind.DEEP_DIVE
    assert activity.day == tx.now.date()
    assert logged.present == [Function.ENGINEERING, Function.PRODUCT]
    said = await tx.session.scalars(select(OutboxMessage).where(OutboxMessage.channel_id == "C1"))
    [message] = said.all()
    assert "Counted by P-1 of " in str(message.blocks)
    prompt = await find(tx, CAME_KIND, activity.id)
    assert prompt is not None
    assert (prompt.user_id, prompt.channel_id) == ("U1", "C1")


@pytest.mark.parametrize(
    ("template", "is_anonymous", "option"),
    [("deep_dive", False, 1), ("morale", False, 0), ("", False, 0), ("planning", True, 0)],
)
async def test_nothing_is_logged_where_nobody_comes_or_nobody_may_know_who(
    tx: Tx, template: str, *, is_anonymous: bool, option: int
) -> None:
    round_ = await dive(tx, {"U2": option}, template=template, is_anonymous=is_anonymous)
    await tx.emit(RoundClosed(round_.id))
    assert await activities(tx) == []


async def test_two_who_hear_of_it_at_once_log_it_once(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        round_ = await dive(tx, {"U3": 0}, template="planning")

    async def hear() -> None:
        async with transactions.begin(workspace_id) as tx:
            await tx.emit(RoundClosed(round_.id))

    await asyncio.gather(*(hear() for _ in range(4)))
    async with transactions.begin(workspace_id) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(Activity)) == 1


async def test_whoever_made_the_poll_says_what_came_of_it_and_is_asked_no_more(tx: Tx) -> None:
    round_ = await dive(tx, {"U3": 0})
    await tx.emit(RoundClosed(round_.id))
    [activity] = await activities(tx)
    with pytest.raises(UserError, match="in a sentence"):
        await service.note(tx, "U1", activity.id, "  ")
    with pytest.raises(UserError, match="who logged it"):
        await service.note(tx, "U2", activity.id, "It must queue")
    await service.note(tx, "U1", activity.id, "It must queue")
    prompt = await find(tx, CAME_KIND, activity.id)
    assert prompt is not None
    assert prompt.state == PromptState.DONE
    values = {"kind": "deep_dive", "present": ["engineering"], "came": ["cheaper"], "weeks_saved": "3"}
    await service.edit(tx, "U1", activity.id, ActivityDraft.read(values, today=tx.now.date()))
    assert activity.weeks_saved == 3
    await service.remove(tx, "U1", activity.id)
    await service.remove(tx, "U1", activity.id)
    assert await activities(tx) == []
