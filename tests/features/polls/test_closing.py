"""Closing a round: once, for good; what asked for it can be pressed no more, and an anonymous one forgets."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Choice, Poll, Response, Round
from slackapp.features.polls.rules import (
    Answer,
    Kind,
    QuestionDraft,
    RoundClosed,
    Stage,
    Way,
)
from slackapp.features.polls.rules.keys import ask_key, remind_key, results_key, round_key
from slackapp.features.polls.service.answering import answer, withdraw
from slackapp.features.polls.service.closing import close
from slackapp.features.workspaces.models import Channel, Person
from slackapp.features.workspaces.rules import Function
from slackapp.outbox import service as outbox
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.blocks import Message, actions, button, markdown
from tests.support.open_rounds import another_round, asking

FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]
SOME = QuestionDraft(Kind.MULTIPLE, "Which ones?", options=FIVE)
SCALE = QuestionDraft(Kind.SCALE, "How sure are you?")
NUMBER = QuestionDraft(Kind.NUMBER, "How many?")
TEXT = QuestionDraft(Kind.TEXT, "Why?")
YES, NO = Answer(option=1), Answer(option=0)


async def said_by(tx: Tx, round_: Round, *answers: Answer) -> None:
    for number, each in enumerate(answers, 2):
        await answer(tx, f"U{number}", round_.id, each)


def heard(tx: Tx) -> tuple[Tx, list[object]]:
    """The same transaction, and what is emitted in it of rounds that are closed."""
    events: list[object] = []

    async def note(_: Tx, event: object) -> None:
        events.append(event)

    return replace(tx, events={**tx.events, RoundClosed: (note,)}), events


async def test_a_round_is_closed_once_and_what_it_came_to_stays(tx: Tx) -> None:
    tx, events = heard(tx)
    round_ = await asking(tx, people=["U2", "U3"])
    await said_by(tx, round_, YES, NO, YES)
    closed = await close(tx, round_.id, by="U1")
    assert (closed.stage, closed.closed_at, closed.closed_by) == (Stage.CLOSED, tx.now, "U1")
    assert (closed.answered, closed.meant) == (3, 3)
    again = await close(tx, round_.id, by=None)
    assert again.closed_by == "U1"
    assert events == [RoundClosed(round_.id)]
    found = await queries.results(tx, closed)
    assert (list(found.counts), found.answered, found.meant) == ([1, 2], 3, 3)
    with pytest.raises(UserError, match="closed"):
        await answer(tx, "U9", round_.id, YES)
    with pytest.raises(UserError, match="closed"):
        await withdraw(tx, "U2", round_.id)
    assert await queries.results(tx, closed) == found
    assert await queries.own_answer(tx, closed, "U3") == NO
    poll = await queries.poll(tx, round_.poll_id)
    assert poll.ended_at == tx.now


async def test_only_who_looks_after_the_poll_closes_it_early(tx: Tx) -> None:
    round_ = await asking(tx)
    with pytest.raises(UserError, match="admins"):
        await close(tx, round_.id, by="U2")
    tx.session.add(Person(workspace_id=tx.workspace_id, user_id="U3", name="Ines", is_admin=True))
    assert (await close(tx, round_.id, by="U3")).stage == Stage.CLOSED


async def test_a_round_in_which_nobody_was_asked_is_not_closed(tx: Tx) -> None:
    round_ = await asking(tx)
    for stage in (Stage.READYING, Stage.HELD, Stage.CALLED_OFF):
        round_.stage = stage
        with pytest.raises(UserError, match="Nobody was asked"):
            await close(tx, round_.id, by=None)


async def test_an_anonymous_round_shows_at_close_what_was_answered_and_not_by_whom(tx: Tx) -> None:
    for question, answers in (
        (SOME, [Answer(choices=(0, 3)), *[Answer(choices=(3,))] * 4]),
        (SCALE, [Answer(option=place) for place in (1, 2, 3, 4, 4, 5)]),
        (NUMBER, [Answer(number=Decimal(n)) for n in (1, 1, 2, 3, 5)]),
        (TEXT, [Answer(text=f"Reason {n}") for n in range(5)]),
    ):
        round_ = await asking(tx, question, is_anonymous=True)
        await said_by(tx, round_, *answers)
        hidden = await queries.results(tx, round_)
        assert (hidden.is_withheld, hidden.answered) == (True, len(answers))
        assert (hidden.counts, hidden.numbers, hidden.texts) == ((), None, ())
        named = await asking(tx, question)
        await said_by(tx, named, *answers)
        one, other = [
            await queries.results(tx, await close(tx, each.id, by=None)) for each in (round_, named)
        ]
        assert sorted(one.texts) == sorted(other.texts)
        assert replace(one, texts=()) == replace(other, texts=())
        assert round_.answer_key is None
        assert await queries.own_answer(tx, round_, "U2") is None
        assert await queries.results(tx, round_) == one


async def test_of_fewer_than_five_anonymous_answers_only_the_count_stays(tx: Tx) -> None:
    round_ = await asking(tx, SOME, is_anonymous=True, people=["U2", "U9"])
    await said_by(tx, round_, *[Answer(choices=(1, 2))] * 4)
    closed = await close(tx, round_.id, by=None)
    assert (closed.is_withheld, closed.answered, closed.meant) == (True, 4, 5)
    found = await queries.results(tx, closed)
    assert (found.is_withheld, found.answered, found.counts) == (True, 4, ())
    for table in (Response, Choice):
        assert await tx.session.scalar(select(func.count()).select_from(table)) == 0
    # A later round goes on with names: what was not shown of this one is still told as that.
    (await queries.poll(tx, round_.poll_id)).is_anonymous = False
    assert await queries.results(tx, closed) == found


async def test_answers_are_counted_by_function(tx: Tx) -> None:
    for number, function in enumerate(["design", "design", "data", None], 2):
        tx.session.add(
            Person(workspace_id=tx.workspace_id, user_id=f"U{number}", name="Somebody", function=function)
        )
    chosen = await asking(tx, SOME, by_function=True)
    await said_by(tx, chosen, *[Answer(choices=choices) for choices in ((0,), (0, 1), (4,), (1,))])
    found = await queries.results(tx, chosen)
    assert list(found.counts) == [2, 2, 0, 0, 1]
    assert {function: list(each.counts) for function, each in found.by_function.items()} == {
        Function.DESIGN: [2, 1, 0, 0, 0],
        Function.DATA: [0, 0, 0, 0, 1],
        None: [0, 1, 0, 0, 0],
    }
    assert found.by_function[Function.DESIGN].answered == 2
    counted = await asking(tx, NUMBER, by_function=True)
    await said_by(tx, counted, *[Answer(number=Decimal(n)) for n in (1, 3, 9, 4)])
    found = await queries.results(tx, counted)
    design = found.by_function[Function.DESIGN].numbers
    assert design is not None
    assert design.median == 2


async def test_a_trend_compares_closed_rounds_each_with_its_wording(tx: Tx) -> None:
    first = await asking(tx, SCALE, is_anonymous=True)
    poll = await queries.poll(tx, first.poll_id)
    await said_by(tx, first, *[Answer(option=n) for n in (1, 2, 3, 4, 5)])
    await close(tx, first.id, by=None)
    second = await another_round(tx, poll, SCALE, number=2)
    await said_by(tx, second, Answer(option=1))
    await close(tx, second.id, by=None)
    third = await another_round(tx, poll, replace(SCALE, text="Are you sure?"), number=3)
    await said_by(tx, third, *[Answer(option=5)] * 5)
    await close(tx, third.id, by=None)
    await another_round(tx, poll, SCALE, number=4)
    found = await queries.trend(tx, poll)
    assert [(round_.number, question.version) for round_, question, _ in found] == [(1, 1), (2, 2), (3, 3)]
    assert [result.is_withheld for *_, result in found] == [False, True, False]
    assert [list(result.counts) for *_, result in found] == [[1, 1, 1, 1, 1], [], [0, 0, 0, 0, 5]]
    for round_, _, result in found:
        assert await queries.results(tx, round_) == result


def a_question() -> Message:
    return Message("Yes?", [markdown("Yes?"), actions(button("Yes", "polls.nothing", "1"))])


@pytest.mark.parametrize("is_anonymous", [False, True])
async def test_direct_messages_say_that_it_is_closed_and_those_not_sent_are_not(
    tx: Tx, *, is_anonymous: bool
) -> None:
    people = [f"U{number}" for number in range(2, 9)]
    round_ = await asking(tx, is_anonymous=is_anonymous, way=Way.DIRECT, people=people)
    for user_id in people:
        await outbox.say(tx, ask_key(round_.id, user_id), outbox.Direct(user_id), a_question())
    await outbox.say(tx, remind_key(round_.id, "U3"), outbox.Direct("U3"), a_question())
    for message in await tx.session.scalars(select(OutboxMessage)):
        if message.user_id != "U4":
            message.ts, message.state = "1.0", State.SENT
    await said_by(tx, round_, *[YES] * 6)
    before = {message.key: message.wanted for message in await tx.session.scalars(select(OutboxMessage))}
    key = results_key((await close(tx, round_.id, by=None)).id)
    tx.session.expire_all()
    for message in await tx.session.scalars(select(OutboxMessage).where(OutboxMessage.user_id.is_not(None))):
        if message.key not in before:
            continue
        assert message.withdrawn
        assert message.text.startswith("P-1 is closed: ")
        assert "button" not in str(message.blocks)
        if message.user_id == "U4":
            assert message.state == State.CANCELLED
        else:
            assert (message.state, message.wanted) == (State.WAITING, before[message.key] + 1)
    shown = await tx.session.scalars(select(OutboxMessage.key).where(OutboxMessage.channel_id.is_not(None)))
    assert shown.all() == [key]


@pytest.mark.parametrize("is_archived", [False, True])
async def test_direct_messages_say_where_it_is_to_be_seen(tx: Tx, *, is_archived: bool) -> None:
    tx.session.add(
        Channel(
            workspace_id=tx.workspace_id,
            channel_id="C1",
            name="team",
            is_private=False,
            is_archived=is_archived,
            is_member=True,
        )
    )
    round_ = await asking(tx, way=Way.DIRECT, people=["U2"])
    await outbox.say(tx, ask_key(round_.id, "U2"), outbox.Direct("U2"), a_question())
    await close(tx, round_.id, by=None)
    message = await tx.session.scalar(
        select(OutboxMessage).where(OutboxMessage.key == ask_key(round_.id, "U2"))
    )
    assert message is not None
    assert ("/discovery poll show P-1" in str(message.blocks)) == is_archived
    assert ("What it came to is in " in str(message.blocks)) != is_archived


async def test_who_came_later_and_answers_is_among_those_meant(tx: Tx) -> None:
    round_ = await asking(tx, people=["U2"])
    await said_by(tx, round_, YES, NO)
    poll = await queries.poll(tx, round_.poll_id)
    shown = await queries.view(tx, poll, round_)
    assert (shown.answered, shown.meant) == (2, 2)


async def test_the_channels_message_shows_what_the_round_came_to(tx: Tx) -> None:
    round_ = await asking(tx, SOME)
    await said_by(tx, round_, *[Answer(choices=(1,))] * 3)
    await close(tx, round_.id, by=None)
    message = await tx.session.scalar(select(OutboxMessage).where(OutboxMessage.key == round_key(round_.id)))
    assert message is not None
    assert "actions" not in {block["type"] for block in message.blocks if "Yes" in str(block)}
    poll = await tx.session.scalar(select(Poll))
    assert poll is not None
    assert message.channel_id == poll.channel_id
