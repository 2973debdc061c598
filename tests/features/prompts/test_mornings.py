"""One message a morning, on working mornings alone, and what it holds."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update

from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.jobs import ask_what_is_due, rooms
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import pace
from slackapp.features.prompts.rules import Ladder, daily_key
from slackapp.features.workspaces.models import Channel, Person
from tests.support.asking import KIND, Asking

ONCE = Ladder.ONCE


def by_message(feature: Asking, user: str = "U1") -> dict[str, list[int]]:
    """What each morning's message asked of this person."""
    found: dict[str, list[int]] = {}
    for put in feature.puts:
        if put.user_id == user:
            found.setdefault(put.message, []).append(put.subject_id)
    return found


async def test_a_morning_is_over_after_two_and_a_half_hours(feature: Asking) -> None:
    feature.clock.turn(datetime(2026, 9, 7, 10, 0, tzinfo=UTC))  # noon in Stockholm
    await feature.ask()
    await feature.beat()
    assert feature.puts == []
    await feature.turn(days=1)
    assert [put.at for put in feature.puts] == [datetime(2026, 9, 8, 7, 30, tzinfo=UTC)]


async def test_after_an_outage_of_days_all_comes_once_on_the_next_working_morning_three_at_a_time(
    feature: Asking,
) -> None:
    start = feature.clock.now()
    for number in range(5):
        await feature.ask(number + 1, ladder=ONCE, at=start + timedelta(days=number))
    feature.clock.turn(datetime(2026, 9, 12, 9, 0, tzinfo=UTC))  # a Saturday
    await feature.beat()
    assert feature.puts == []
    await feature.turn(days=30)
    assert by_message(feature) == {
        "prompts:U1:2026-09-14": [1, 2, 3],
        "prompts:U1:2026-09-15": [4, 5],
    }


async def test_a_question_in_the_ladder_takes_one_step_after_an_outage(feature: Asking) -> None:
    await feature.ask(backup="U2")
    await feature.beat()
    feature.clock.turn(datetime(2026, 10, 5, 8, 0, tzinfo=UTC))
    await feature.beat()
    await feature.beat()
    assert [user for user, _ in feature.asked()] == ["U1", "U1"]


async def test_the_channels_holidays_count_for_what_it_is_about_and_for_nothing_else(
    feature: Asking,
) -> None:
    await feature.private("G1", "U1")
    await feature.do(lambda tx: tx.session.execute(update(Channel).values(country="US")))
    feature.clock.turn(datetime(2026, 9, 7, 5, 0, tzinfo=UTC))  # Labor Day
    await feature.ask(1, channel="G1")
    await feature.ask(2)
    await feature.turn(hours=4)
    assert by_message(feature) == {"prompts:U1:2026-09-07": [2]}
    await feature.turn(days=1)
    assert by_message(feature)["prompts:U1:2026-09-08"] == [1]


async def test_a_persons_own_country_and_morning_win(feature: Asking) -> None:
    await feature.private("G1", "U1")
    await feature.do(lambda tx: tx.session.execute(update(Channel).values(country="US")))
    own = {"country": "SE", "morning": datetime(2026, 9, 7, 7, 0, tzinfo=UTC).time()}
    await feature.do(
        lambda tx: tx.session.execute(update(Person).where(Person.user_id == "U1").values(**own))
    )
    feature.clock.turn(datetime(2026, 9, 7, 4, 0, tzinfo=UTC))
    await feature.ask(channel="G1")
    await feature.turn(hours=4)
    assert [put.at for put in feature.puts] == [datetime(2026, 9, 7, 5, 0, tzinfo=UTC)]


@pytest.mark.parametrize("ladder", [ONCE, Ladder.NEWS])
async def test_who_flies_west_is_written_to_once_on_a_date_that_lasts_longer(
    feature: Asking, ladder: Ladder
) -> None:
    feature.clock.turn(datetime(2026, 9, 7, 22, 0, tzinfo=UTC))  # Tuesday morning in Auckland
    for number in (1, 2):
        await feature.ask(number, "U4", ladder=ladder)
        await feature.beat()
        await feature.know("U4", tz="America/Los_Angeles")
    await feature.turn(hours=30)
    assert len(await feature.messages("U4")) == 1
    await feature.turn(hours=18)
    assert [message.key[-10:] for message in await feature.messages("U4")] == ["2026-09-08", "2026-09-09"]


async def test_who_flies_east_has_half_a_day_between_two_mornings(feature: Asking) -> None:
    await feature.know("U4", tz="America/Los_Angeles")
    feature.clock.turn(datetime(2026, 9, 7, 16, 30, tzinfo=UTC))
    await feature.ask(1, "U4", ladder=ONCE)
    await feature.beat()
    await feature.ask(2, "U4", ladder=ONCE)
    await feature.know("U4", tz="Pacific/Auckland")
    # It is a new date and a morning there, five hours later.
    await feature.turn(hours=5)
    assert len(feature.puts) == 1
    await feature.turn(days=1)
    assert [put.at for put in feature.puts][1:] == [datetime(2026, 9, 8, 21, 30, tzinfo=UTC)]


async def test_all_that_is_due_of_somebody_comes_together_also_what_they_take_over(feature: Asking) -> None:
    await feature.know("U1", deleted=True)
    start = feature.clock.now()
    await feature.ask(1, "U1", backup="U2", at=start + timedelta(days=1))
    await feature.ask(2, "U2", at=start + timedelta(days=1))
    await feature.turn(days=1, hours=3)
    assert by_message(feature, "U2") == {"prompts:U2:2026-09-08": [1, 2]}


# News


async def test_news_stand_below_what_is_asked_and_are_told_once(feature: Asking) -> None:
    await feature.tell(1)
    await feature.ask(2, ladder=ONCE)
    await feature.turn(days=10)
    [message] = await feature.messages("U1")
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["rich_text", "actions", "actions", "divider", "rich_text"]
    assert "Question 1" in str(message.blocks[-1])
    assert message.text == "Question 2 (and 1 more)"


async def test_news_take_no_place_of_questions_and_come_five_at_a_time(feature: Asking) -> None:
    for number in range(7):
        await feature.tell(number + 1)
    for number in range(4):
        await feature.ask(number + 11, ladder=ONCE)
    await feature.turn(days=5)
    assert [str(message.blocks).count("Question") for message in await feature.messages("U1")] == [8, 3]
    assert by_message(feature) == {"prompts:U1:2026-09-07": [11, 12, 13], "prompts:U1:2026-09-08": [14]}


async def test_a_morning_of_news_alone_is_none_that_was_ignored_and_has_no_buttons(feature: Asking) -> None:
    for number in range(4):
        await feature.tell(number + 1)
        await feature.turn(days=1)
    messages = await feature.messages("U1")
    assert len(messages) == 4
    assert "actions" not in {block["type"] for message in messages for block in message.blocks}
    assert (await feature.do(lambda tx: pace(tx, "U1"))).ignored == 0


async def test_who_wants_fewer_gets_news_once_a_week_too(feature: Asking) -> None:
    await feature.tell(1)
    await feature.turn(hours=1)
    await feature.do(
        lambda tx: service.set_weekly(tx, "U1", daily_key("U1", feature.clock.now().date()), weekly=True)
    )
    await feature.tell(2)
    await feature.turn(days=6)
    assert len(await feature.messages("U1")) == 1
    await feature.turn(days=1)
    assert len(await feature.messages("U1")) == 2


async def test_whoever_wants_all_again_waits_for_no_week(feature: Asking) -> None:
    await feature.ask(1, ladder=ONCE)
    await feature.turn(hours=1)
    key = daily_key("U1", feature.clock.now().date())
    await feature.do(lambda tx: service.set_weekly(tx, "U1", key, weekly=True))
    await feature.ask(2, ladder=ONCE)
    await feature.turn(days=2)
    assert feature.asked(2) == []
    await feature.do(lambda tx: service.set_weekly(tx, "U1", key, weekly=False))
    await feature.turn(days=1)
    assert len(feature.asked(2)) == 1


async def test_news_are_no_question_a_reply_could_answer(feature: Asking) -> None:
    await feature.tell(1)
    await feature.turn(hours=1)
    prompt = await feature.prompt()
    assert prompt.state == PromptState.DONE
    assert prompt.message is not None


async def test_news_of_who_left_or_is_outside_are_dropped(feature: Asking) -> None:
    await feature.private("G1", "U2")
    await feature.know("U3", deleted=True)
    await feature.tell(1, "U1", channel="G1")
    await feature.tell(2, "U2", channel="G1")
    await feature.tell(3, "U3")
    await feature.turn(days=2)
    assert [len(await feature.messages(user)) for user in ("U1", "U2", "U3")] == [0, 1, 0]
    assert {(await feature.prompt(number)).state for number in (1, 2, 3)} == {PromptState.DONE}


async def test_news_that_are_taken_back_before_they_were_told_are_not_told_and_may_be_told_again(
    feature: Asking,
) -> None:
    feature.clock.turn(datetime(2026, 9, 7, 12, 0, tzinfo=UTC))
    await feature.tell(1)
    await feature.do(lambda tx: service.forget(tx, KIND, 1))
    await feature.turn(days=1)
    assert await feature.messages("U1") == []
    await feature.tell(1)
    await feature.turn(days=1)
    assert len(await feature.messages("U1")) == 1


# What it costs


async def test_a_mornings_statements_do_not_grow_with_those_who_have_nothing_due(feature: Asking) -> None:
    async def cost(number: int) -> int:
        await feature.ask(number, "U1", ladder=ONCE)
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        async def count(tx: Tx) -> None:
            engine = tx.session.get_bind().engine
            event.listen(engine, "before_cursor_execute", note)
            try:
                await ask_what_is_due(tx)
            finally:
                event.remove(engine, "before_cursor_execute", note)

        await feature.do(count)
        await feature.turn(days=1)
        return len(statements)

    first = await cost(1)
    for number in range(200):
        await feature.ask(number + 10, f"V{number}", ladder=ONCE, at=feature.clock.now() + timedelta(days=90))
    assert await cost(2) <= first


async def test_the_channels_of_what_is_due_are_known_and_no_others(feature: Asking) -> None:
    await feature.ask(1, channel="C1")
    await feature.ask(2, channel="C1")
    await feature.ask(3)
    await feature.ask(4, channel="C2", at=feature.clock.now() + timedelta(days=1))
    async with feature.transactions.everywhere() as session:
        found = (await session.execute(rooms(feature.clock.now()))).all()
    assert [tuple(row) for row in found] == [(feature.workspace_id, "C1")]
