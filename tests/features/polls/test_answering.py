"""Answering on both databases: one response each, the last holds, and only of those who are asked."""

from decimal import Decimal

import pytest
from sqlalchemy import event, func, select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Choice, Response, Round
from slackapp.features.polls.rules import Answer, Audience, Kind, QuestionDraft, Stage
from slackapp.features.polls.service.answering import answer, withdraw
from slackapp.features.workspaces.models import Channel, ChannelMember, Person
from slackapp.outbox.models import OutboxStale
from tests.support.open_rounds import asking

FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]
SINGLE = QuestionDraft(Kind.SINGLE, "Which one?", options=FIVE)
SOME = QuestionDraft(Kind.MULTIPLE, "Which ones?", options=FIVE, most=3)
SCALE = QuestionDraft(Kind.SCALE, "How sure are you?")
NUMBER = QuestionDraft(Kind.NUMBER, "How many?")
TEXT = QuestionDraft(Kind.TEXT, "Why?")

YES, NO = Answer(option=1), Answer(option=0)


def person(tx: Tx, user_id: str, **known: object) -> Person:
    them = Person(workspace_id=tx.workspace_id, user_id=user_id, name=user_id, **known)
    tx.session.add(them)
    return them


def private(tx: Tx, *members: str) -> None:
    tx.session.add(
        Channel(
            workspace_id=tx.workspace_id,
            channel_id="C1",
            name="secret",
            is_private=True,
            is_archived=False,
            is_member=True,
        )
    )
    tx.session.add_all(
        ChannelMember(workspace_id=tx.workspace_id, channel_id="C1", user_id=each) for each in members
    )


async def draws(tx: Tx) -> int:
    """How often it was asked that the message be drawn anew."""
    return await tx.session.scalar(select(func.count()).select_from(OutboxStale)) or 0


@pytest.mark.parametrize("is_anonymous", [False, True])
async def test_the_last_answer_holds_and_can_be_withdrawn(tx: Tx, *, is_anonymous: bool) -> None:
    for question, first, then in (
        (SINGLE, Answer(option=4), Answer(option=0)),
        (SOME, Answer(choices=(0, 3)), Answer(choices=(1,))),
        (SCALE, Answer(option=1), Answer(option=5)),
        (NUMBER, Answer(number=Decimal("2.5")), Answer(number=Decimal(-3))),
        (TEXT, Answer(text="Because"), Answer(text="Because not")),
    ):
        round_ = await asking(tx, question, is_anonymous=is_anonymous)
        assert (await answer(tx, "U2", round_.id, first)).is_changed
        assert await queries.own_answer(tx, round_, "U2") == first
        assert await queries.own_answer(tx, round_, "U3") is None
        assert (await answer(tx, "U2", round_.id, then)).answer == then
        assert await queries.own_answer(tx, round_, "U2") == then
        assert await queries.answered(tx, round_) == 1
        assert await withdraw(tx, "U2", round_.id)
        assert not await withdraw(tx, "U2", round_.id)
        assert await queries.answered(tx, round_) == 0
    assert await tx.session.scalar(select(func.count()).select_from(Choice)) == 0


async def test_to_say_the_same_again_changes_nothing_and_draws_nothing(tx: Tx) -> None:
    round_ = await asking(tx)
    for said, is_changed in ((YES, True), (YES, False), (NO, True), (NO, False)):
        before = await draws(tx)
        assert (await answer(tx, "U2", round_.id, said)).is_changed is is_changed
        assert await draws(tx) - before == is_changed
    assert await queries.answered(tx, round_) == 1


async def test_functions_are_kept_with_answers_where_they_are_counted_by_them(tx: Tx) -> None:
    person(tx, "U2", function="design")
    person(tx, "U3")
    counted = await asking(tx, by_function=True)
    plain = await asking(tx)
    anonymous = await asking(tx, by_function=True, is_anonymous=True)
    for round_ in (counted, plain, anonymous):
        for user_id in ("U2", "U3"):
            await answer(tx, user_id, round_.id, YES)
    found = await tx.session.execute(select(Response.round_id, Response.function))
    kept: dict[int, list[str | None]] = {}
    for round_id, function in found:
        kept.setdefault(round_id, []).append(function)
    assert sorted(map(str, kept[counted.id])) == ["None", "design"]
    assert kept[plain.id] == kept[anonymous.id] == [None, None]


async def test_whoever_says_their_function_later_is_counted_by_it_once_they_answer_anew(tx: Tx) -> None:
    them = person(tx, "U2")
    round_ = await asking(tx, by_function=True)
    await answer(tx, "U2", round_.id, YES)
    them.function = "data"
    assert (await answer(tx, "U2", round_.id, YES)).is_changed
    assert (await tx.session.scalars(select(Response.function))).all() == ["data"]


async def test_mentions_in_a_text_call_nobody(tx: Tx) -> None:
    person(tx, "U2").name = "Mara"
    round_ = await asking(tx, TEXT)
    said = (await answer(tx, "U3", round_.id, Answer(text="Ask <@U2> in <#C9>"))).answer
    assert said.text == "Ask @Mara in a channel"


async def test_nobody_answers_a_round_that_is_not_open(tx: Tx) -> None:
    round_ = await asking(tx)
    await answer(tx, "U2", round_.id, YES)
    for stage, words in {
        Stage.READYING: "not begun",
        Stage.HELD: "not begun",
        Stage.CLOSED: "closed",
        Stage.CALLED_OFF: "called off",
    }.items():
        round_.stage = stage
        with pytest.raises(UserError, match=words):
            await answer(tx, "U2", round_.id, NO)
        with pytest.raises(UserError, match=words):
            await withdraw(tx, "U2", round_.id)
    assert await queries.own_answer(tx, round_, "U2") == YES


async def test_a_round_that_is_not_there_is_said_to_be_so(tx: Tx) -> None:
    for use in (answer(tx, "U2", 0, YES), withdraw(tx, "U2", 0)):
        with pytest.raises(NotFoundError):
            await use


async def test_a_forged_option_is_refused_and_keeps_what_was_said(tx: Tx) -> None:
    round_ = await asking(tx, SOME)
    await answer(tx, "U2", round_.id, Answer(choices=(2,)))
    for forged in (Answer(choices=(2, 5)), Answer(option=1), Answer(choices=(0, 1, 2, 3)), Answer()):
        with pytest.raises(FieldError):
            await answer(tx, "U2", round_.id, forged)
    assert await queries.own_answer(tx, round_, "U2") == Answer(choices=(2,))


async def refused(tx: Tx, round_: Round, user_id: str, *, here: str | None = None) -> str:
    with pytest.raises(UserError) as error:
        await answer(tx, user_id, round_.id, YES, here=here)
    return error.value.sentence


async def test_whom_a_round_does_not_ask_is_told_why(tx: Tx) -> None:
    person(tx, "UBOT", is_bot=True)
    person(tx, "ULEFT", deleted=True)
    person(tx, "UGUEST", is_guest=True)
    person(tx, "UOTHER", is_guest=True, is_stranger=True)
    everybody = await asking(tx)
    assert "apps" in await refused(tx, everybody, "UBOT", here="C1")
    assert "members of this workspace" in await refused(tx, everybody, "ULEFT", here="C1")
    assert "Guests" in await refused(tx, everybody, "UGUEST")
    assert "Guests" in await refused(tx, everybody, "UOTHER", here="C1")
    assert (await answer(tx, "UGUEST", everybody.id, YES, here="C1")).is_changed
    people = await asking(tx, audience=Audience.PEOPLE, people=["U2", "UGUEST"])
    assert "certain people" in await refused(tx, people, "U3", here="C1")
    assert (await answer(tx, "UGUEST", people.id, YES)).is_changed
    functions = await asking(tx, audience=Audience.FUNCTIONS, people=["U2"])
    assert "functions" in await refused(tx, functions, "U3", here="C1")
    assert (await answer(tx, "U2", functions.id, YES)).is_changed


async def test_who_left_the_private_channel_meanwhile_answers_no_more_and_may_withdraw(tx: Tx) -> None:
    private(tx, "U2")
    round_ = await asking(tx, people=["U2", "U3"])
    await answer(tx, "U2", round_.id, YES)
    assert "members of its channel" in await refused(tx, round_, "U3")
    for member in await tx.session.scalars(select(ChannelMember)):
        await tx.session.delete(member)
    assert "members of its channel" in await refused(tx, round_, "U2")
    assert await withdraw(tx, "U2", round_.id)


async def test_silent_are_those_meant_who_have_not_answered(tx: Tx) -> None:
    round_ = await asking(tx, is_anonymous=True, people=["U4", "U2", "U3"])
    for user_id in ("U3", "U9"):
        await answer(tx, user_id, round_.id, YES)
    assert list(await queries.silent(tx, round_)) == ["U2", "U4"]
    await withdraw(tx, "U3", round_.id)
    assert list(await queries.silent(tx, round_)) == ["U2", "U3", "U4"]
    round_.stage = Stage.CLOSED
    assert list(await queries.silent(tx, round_)) == []


async def test_an_answer_takes_three_statements(tx: Tx) -> None:
    """The round shared, with all that is known of the person; their answer; and that it is to be drawn."""
    round_id = (await asking(tx, people=["U2"])).id
    await tx.session.flush()
    tx.session.expunge_all()
    sent: list[object] = []

    def note(*told: object) -> None:
        sent.append(told[2])

    event.listen(tx.session.get_bind(), "before_cursor_execute", note)
    await answer(tx, "U2", round_id, YES)
    event.remove(tx.session.get_bind(), "before_cursor_execute", note)
    assert len(sent) == 3, sent
