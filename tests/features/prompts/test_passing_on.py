"""Whose question it is: passed on, put off, taken over, moved to somebody else or to another day."""

from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find, open_for, open_subjects
from slackapp.features.prompts.rules import Ladder
from tests.support.asking import KIND, Asking

UNTIL, ONCE, AMONG_US = Ladder.UNTIL_ANSWERED, Ladder.ONCE, Ladder.AMONG_US


async def pass_on(feature: Asking, by: str, to: str, subject_id: int = 1) -> None:
    prompt = await feature.prompt(subject_id)
    await feature.do(lambda tx: service.pass_on(tx, by, prompt.id, to))


async def snooze(feature: Asking, by: str, days: int, subject_id: int = 1) -> None:
    prompt = await feature.prompt(subject_id)
    await feature.do(lambda tx: service.snooze(tx, by, prompt.id, days))


async def refused(passing: Awaitable[None]) -> str:
    """What is said at the field."""
    with pytest.raises(FieldError) as error:
        await passing
    return error.value.fields["person"]


@pytest.mark.parametrize("by", ["U1", "U2", "U3"])
async def test_the_one_asked_the_owner_and_the_backup_may_put_it_off_and_pass_it_on(
    feature: Asking, by: str
) -> None:
    await feature.ask(owner="U2", backup="U3")
    await feature.turn(hours=1)
    await snooze(feature, by, 1)
    await pass_on(feature, by, "U4")
    assert (await feature.prompt()).user_id == "U4"


async def test_nobody_else_may(feature: Asking) -> None:
    await feature.ask(owner="U2", backup="U3")
    await feature.turn(hours=1)
    with pytest.raises(UserError, match="somebody else"):
        await snooze(feature, "U4", 1)
    with pytest.raises(UserError, match="somebody else"):
        await pass_on(feature, "U4", "U4")


async def test_nor_may_an_owner_who_left_the_private_channel(feature: Asking) -> None:
    await feature.private("G1", "U1", "U2")
    await feature.ask(owner="U2", channel="G1")
    await feature.turn(hours=1)
    await feature.leaves("U2", "G1")
    with pytest.raises(UserError, match="private channel"):
        await snooze(feature, "U2", 1)


async def test_only_a_colleague_in_the_channel_can_be_asked_instead(feature: Asking) -> None:
    await feature.private("G1", "U1", "U2")
    await feature.ask(channel="G1", owner="U2")
    await feature.turn(hours=1)
    assert "You are the one" in await refused(pass_on(feature, "U1", "U1"))
    assert await refused(pass_on(feature, "U2", "U1")) == (
        "U1 is the one who is asked now. Choose somebody else."
    )
    assert await refused(pass_on(feature, "U1", "U3")) == (
        "U3 is not in this private channel. Invite them there first, or choose a member."
    )
    for what in ("deleted", "is_restricted", "is_stranger", "is_bot"):
        profile: dict[str, Any] = {what: True}
        await feature.know("U4", **profile)
        assert "Choose a colleague" in await refused(pass_on(feature, "U1", "U4"))
    assert "Choose a colleague" in await refused(pass_on(feature, "U1", "USLACKBOT"))


async def test_passed_on_it_begins_anew_on_the_others_next_morning_and_the_first_reads_who_is_asked(
    feature: Asking,
) -> None:
    await feature.ask(1, owner="U1", backup="U3")
    await feature.ask(2, "U1")
    await feature.turn(days=2)
    await snooze(feature, "U1", 1)
    await pass_on(feature, "U1", "U2")
    assert (await feature.prompt()).snoozes == 0
    [*_, message] = await feature.messages("U1")
    assert '"user_id": "U2"' in str(message.blocks).replace("'", '"')
    assert "Question 2" in message.text
    assert await feature.do(lambda tx: open_for(tx, "U2")) == []
    await feature.turn(days=9)
    later = [user for user, _ in feature.asked() if user != "U1"]
    assert later == ["U2", "U2", "U3"]


async def test_whoever_takes_it_over_is_asked_at_once(feature: Asking) -> None:
    await feature.ask(owner="U2")
    await feature.turn(hours=9)
    await pass_on(feature, "U2", "U2")
    put = feature.puts[-1]
    assert (put.user_id, put.at, put.at_once) == ("U2", feature.clock.now(), True)
    # And then as anybody, in the morning's message.
    await feature.turn(days=2)
    assert [put.at_once for put in feature.puts if put.user_id == "U2"] == [True, False]


async def test_taken_over_twice_it_is_two_messages(feature: Asking) -> None:
    await feature.ask(owner="U2", backup="U3")
    await feature.turn(hours=1)
    await pass_on(feature, "U2", "U2")
    await feature.turn(minutes=5)
    await pass_on(feature, "U3", "U3")
    await feature.turn(minutes=5)
    await pass_on(feature, "U2", "U2")
    assert len(await feature.messages("U2")) == 2


async def test_what_is_not_due_yet_is_asked_of_nobody_sooner_for_being_passed_on_or_put_off(
    feature: Asking,
) -> None:
    due = feature.clock.now() + timedelta(days=14)
    await feature.ask(owner="U2", at=due)
    await snooze(feature, "U2", 1)
    await pass_on(feature, "U2", "U3")
    await pass_on(feature, "U2", "U2")
    await feature.turn(days=13, hours=23)
    assert feature.puts == []
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U2"]


async def test_the_channel_that_was_asked_is_not_asked_again(feature: Asking) -> None:
    await feature.ask(owner="U1")
    await feature.turn(days=11)
    assert feature.channel[1] == 1
    await pass_on(feature, "U1", "U2")
    await feature.turn(days=30)
    assert (feature.channel[1], feature.expired[1]) == (1, 1)
    assert [user for user, _ in feature.asked()] == ["U1", "U1", "U2", "U2"]


async def test_put_off_while_it_is_put_off_it_comes_as_often_as_before(feature: Asking) -> None:
    await feature.ask()
    await feature.turn(days=2)
    await snooze(feature, "U1", 1)
    await snooze(feature, "U1", 3)
    await feature.turn(days=20)
    assert [day for _, day in feature.asked()] == [date(2026, 9, day) for day in (7, 9, 14)]


# Among those it concerns


async def test_among_us_the_backup_is_asked_and_the_channel_never(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2", ladder=AMONG_US)
    await feature.turn(days=18)
    assert [user for user, _ in feature.asked()] == ["U1", "U1", "U2"]
    assert (feature.channel[1], feature.expired[1]) == (0, 0)
    await feature.turn(days=1)
    assert (feature.channel[1], feature.expired[1]) == (0, 1)


@pytest.mark.parametrize("ladder", [UNTIL, AMONG_US])
async def test_a_late_answer_that_is_taken_back_leaves_it_expired(feature: Asking, ladder: Ladder) -> None:
    await feature.ask(ladder=ladder)
    await feature.turn(days=30)
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    assert not await feature.do(lambda tx: service.reopen(tx, KIND, 1))
    assert (await feature.prompt()).state == PromptState.EXPIRED


@pytest.mark.parametrize("ladder", [UNTIL, AMONG_US, ONCE])
async def test_an_answer_that_is_taken_back_leaves_it_open_where_it_was_asked(
    feature: Asking, ladder: Ladder
) -> None:
    await feature.ask(ladder=ladder)
    await feature.turn(hours=1)
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    assert await feature.do(lambda tx: service.reopen(tx, KIND, 1))
    assert len(await feature.do(lambda tx: open_for(tx, "U1"))) == 1
    await feature.turn(days=3)
    assert len(feature.asked()) == (1 if ladder == ONCE else 2)


async def test_answered_while_it_was_put_off_and_taken_back_it_is_not_asked_the_same_day(
    feature: Asking,
) -> None:
    await feature.ask()
    await feature.turn(hours=1)
    await snooze(feature, "U1", 7)
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    await feature.do(lambda tx: service.reopen(tx, KIND, 1))
    await feature.turn(days=3)
    assert [day for _, day in feature.asked()] == [date(2026, 9, 7), date(2026, 9, 9)]


async def test_answered_before_it_was_due_and_taken_back_it_waits_for_its_day(feature: Asking) -> None:
    await feature.ask(at=feature.clock.now() + timedelta(days=7))
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    await feature.do(lambda tx: service.reopen(tx, KIND, 1))
    assert await feature.do(lambda tx: open_for(tx, "U1")) == []
    await feature.turn(days=8)
    assert [day for _, day in feature.asked()] == [date(2026, 9, 14)]


# Whom it concerns, and when


async def reassign(feature: Asking, owner: str, backup: str | None = None) -> None:
    await feature.do(lambda tx: service.reassign(tx, KIND, 1, owner_id=owner, backup_id=backup))


async def test_a_new_owner_is_asked_from_the_beginning_where_the_old_one_was(feature: Asking) -> None:
    await feature.ask(owner="U1")
    await feature.turn(days=2)
    await feature.deliver()
    await reassign(feature, "U2")
    [message] = [m for m in await feature.messages("U1") if "U2" in str(m.blocks)]
    assert "is asked now" in str(message.blocks)
    await feature.turn(days=5)
    assert [user for user, _ in feature.asked()] == ["U1", "U1", "U2", "U2"]


async def test_a_new_owner_of_what_is_not_due_is_asked_on_its_day(feature: Asking) -> None:
    await feature.ask(owner="U1", at=feature.clock.now() + timedelta(days=7))
    await reassign(feature, "U2")
    await feature.turn(days=6, hours=23)
    assert feature.puts == []
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U2"]


async def test_whoever_it_was_passed_on_to_stays_the_one_asked(feature: Asking) -> None:
    await feature.ask(owner="U1")
    await feature.turn(hours=1)
    await pass_on(feature, "U1", "U3")
    await feature.turn(days=1)
    await reassign(feature, "U2")
    prompt = await feature.prompt()
    assert (prompt.user_id, prompt.owner_id) == ("U3", "U2")


async def test_a_new_backup_takes_the_old_ones_place_and_nobody_is_asked_for_it(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await reassign(feature, "U1", "U3")
    await feature.turn(days=8)
    assert [user for user, _ in feature.asked()] == ["U1", "U1", "U3"]


async def test_what_is_put_on_another_day_is_asked_on_that(feature: Asking) -> None:
    later = feature.clock.now() + timedelta(days=7)
    await feature.ask(at=later)
    await feature.do(lambda tx: service.postpone(tx, KIND, 1, later + timedelta(days=7)))
    await feature.turn(days=20)
    assert feature.asked()[0] == ("U1", date(2026, 9, 21))


async def test_what_was_asked_is_asked_anew_on_another_day_and_the_old_message_says_so(
    feature: Asking,
) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(days=8)
    assert [user for user, _ in feature.asked()] == ["U1", "U1", "U2"]
    await feature.deliver()
    again = datetime(2026, 10, 1, 7, 30, tzinfo=UTC)
    await feature.do(lambda tx: service.postpone(tx, KIND, 1, again))
    [message] = await feature.messages("U2")
    assert "actions" not in {block["type"] for block in message.blocks}
    assert "Asked again on 1 Oct 2026" in str(message.blocks)
    assert await feature.do(lambda tx: open_for(tx, "U2")) == []
    await feature.turn(days=18)
    assert feature.asked()[3:] == [("U1", date(2026, 10, 1))]


async def test_what_has_an_answer_keeps_it(feature: Asking) -> None:
    await feature.ask()
    await feature.turn(hours=1)
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    await feature.do(lambda tx: service.postpone(tx, KIND, 1, tx.now))
    await reassign(feature, "U2")
    await feature.turn(days=30)
    assert len(feature.puts) == 1


async def test_asked_once_more_it_begins_anew(feature: Asking) -> None:
    await feature.ask()
    await feature.turn(days=30)
    assert feature.expired[1] == 1
    await feature.deliver()
    await feature.ask(1, "U2", ladder=ONCE)
    await feature.turn(days=3)
    assert feature.asked()[-1] == ("U2", date(2026, 10, 7))
    assert len(feature.asked()) == 3
    [*_, message] = await feature.messages("U1")
    assert "actions" not in {block["type"] for block in message.blocks}


async def test_what_was_never_asked_for_is_forgotten_reassigned_and_put_off_quietly(feature: Asking) -> None:
    async def all_of_it(tx: Tx) -> None:
        await service.forget(tx, KIND, 7)
        await service.reassign(tx, KIND, 7, owner_id="U1", backup_id=None)
        await service.postpone(tx, KIND, 7, tx.now)
        assert await find(tx, KIND, 7) is None

    await feature.do(all_of_it)


async def test_what_waits_for_whoever_takes_it_over_is_still_asked_about(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await feature.know("U1", deleted=True)
    await feature.beat()
    assert list(await feature.do(lambda tx: tx.session.scalars(open_subjects(tx, KIND)))) == [1]
    await feature.ask(2, at=feature.clock.now() + timedelta(days=1))
    assert list(await feature.do(lambda tx: tx.session.scalars(open_subjects(tx, KIND)))) == [1]
