"""Who is asked in place of somebody who left, who is outside, or whom no message reaches."""

from datetime import timedelta
from typing import Any

import pytest

from slackapp.features.prompts import service
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import open_for
from slackapp.features.prompts.rules import Ladder
from slackapp.features.workspaces.queries import person
from slackapp.outbox.models import State
from slackapp.outbox.rules import Dead
from tests.support.asking import Asking

UNTIL, ONCE, AMONG_US = Ladder.UNTIL_ANSWERED, Ladder.ONCE, Ladder.AMONG_US


async def refuse(feature: Asking, reason: str, subject_id: int = 1, *, maybe_shown: bool = False) -> None:
    """Slack will not take the message that asks this."""
    prompt = await feature.prompt(subject_id)
    assert prompt.message is not None
    dead = Dead(prompt.message, reason, prompt.user_id, None, maybe_shown)
    await feature.do(lambda tx: service.undeliverable(tx, dead))


@pytest.mark.parametrize("profile", [{"deleted": True}, {"is_restricted": True}, {"is_stranger": True}])
async def test_who_cannot_be_asked_is_passed_over_for_the_backup_at_once(
    feature: Asking, profile: dict[str, Any]
) -> None:
    await feature.know("U1", **profile)
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=3)
    assert feature.asked() == [("U2", feature.clock.now().date())]


async def test_nobody_is_passed_over_while_slack_may_still_say_who_is_in_the_channel(feature: Asking) -> None:
    await feature.private("C1")
    await feature.ask(channel="C1", owner="U1", backup="U2")
    await feature.turn(days=2)
    assert (feature.asked(), feature.channel[1]) == ([], 0)
    await feature.private("C1", "U1", "U2")
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U1"]


async def test_a_channel_that_slack_says_nothing_of_does_not_hold_a_question_up_for_ever(
    feature: Asking,
) -> None:
    await feature.private("C1")
    await feature.ask(channel="C1", owner="U1", backup="U2")
    await feature.turn(days=30)
    assert feature.asked() == []
    assert feature.expired[1] == 1


@pytest.mark.parametrize("ladder", [UNTIL, ONCE, AMONG_US])
async def test_without_a_backup_the_owner_is_asked(feature: Asking, ladder: Ladder) -> None:
    await feature.know("U1", deleted=True)
    await feature.ask(owner="U2", ladder=ladder)
    await feature.turn(days=3)
    assert [user for user, _ in feature.asked()] == ["U2"]


async def test_a_backup_who_left_is_passed_over_for_the_owner(feature: Asking) -> None:
    await feature.know("U1", deleted=True)
    await feature.know("U3", deleted=True)
    await feature.ask(owner="U2", backup="U3")
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U2"]


async def test_with_nobody_left_the_channel_is_asked_at_once_and_later_it_expires(feature: Asking) -> None:
    await feature.know("U1", deleted=True)
    await feature.ask(owner="U1")
    await feature.beat()
    assert feature.channel[1] == 1
    await feature.turn(days=7)
    assert feature.expired[1] == 0
    await feature.turn(days=1)
    assert feature.expired[1] == 1
    assert feature.puts == []


@pytest.mark.parametrize("ladder", [ONCE, AMONG_US])
async def test_with_nobody_left_what_has_no_channel_to_ask_expires(feature: Asking, ladder: Ladder) -> None:
    await feature.know("U1", deleted=True)
    await feature.ask(ladder=ladder, owner="U1")
    await feature.beat()
    assert (feature.expired[1], feature.channel[1]) == (1, 0)
    assert (await feature.prompt()).state == PromptState.EXPIRED


async def test_when_the_person_asked_leaves_it_goes_on_with_the_backup_the_next_morning(
    feature: Asking,
) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await feature.know("U1", deleted=True)
    assert await feature.do(lambda tx: open_for(tx, "U1")) == []
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U1", "U2"]
    # The backup's turn is over as if it had come by itself: the channel is next, three working days on.
    await feature.turn(days=3)
    assert feature.channel[1] == 1


async def test_what_is_not_due_yet_waits_for_its_day_also_when_the_person_leaves(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2", at=feature.clock.now() + timedelta(days=7))
    await feature.know("U1", deleted=True)
    await feature.turn(days=6, hours=23)
    assert feature.puts == []
    await feature.turn(hours=3)
    assert [user for user, _ in feature.asked()] == ["U2"]


async def test_who_left_after_the_channel_was_asked_changes_nothing(feature: Asking) -> None:
    await feature.ask(owner="U1")
    await feature.turn(days=12)
    assert feature.channel[1] == 1
    await feature.know("U1", deleted=True)
    await feature.turn(days=5)
    assert (feature.channel[1], feature.expired[1]) == (1, 0)
    await feature.turn(days=2)
    assert (feature.channel[1], feature.expired[1]) == (1, 1)


async def test_who_comes_back_is_not_asked_again(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await feature.know("U1", deleted=True)
    await feature.turn(days=1)
    await feature.know("U1")
    await feature.turn(days=30)
    assert [user for user, _ in feature.asked()] == ["U1", "U2"]


async def test_who_comes_back_before_anybody_looked_is_not_asked_again_either(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await feature.know("U1", deleted=True)
    await feature.know("U1")
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U1", "U2"]


async def test_nobody_outside_a_private_channel_is_asked_about_it(feature: Asking) -> None:
    await feature.private("G1", "U3")
    await feature.ask(1, owner="U2", backup="U3", channel="G1")
    await feature.ask(2, owner="U2", backup="U1", channel="G1")
    await feature.turn(days=2)
    assert [user for user, _ in feature.asked(1)] == ["U3"]
    assert feature.asked(2) == []
    assert (feature.channel[1], feature.channel[2]) == (0, 1)


async def test_who_leaves_a_private_channel_reads_no_more_of_it_and_keeps_the_rest(feature: Asking) -> None:
    await feature.private("G1", "U1", "U2")
    await feature.ask(1, owner="U1", backup="U2", channel="G1")
    await feature.ask(2, owner="U1")
    await feature.turn(hours=1)
    [before] = await feature.messages("U1")
    assert "Question 1" in before.text
    await feature.leaves("U1", "G1")
    [message] = await feature.messages("U1")
    assert "Question 1" not in str((message.text, message.blocks))
    assert "Question 2" in message.text
    assert "not asked about this any more" in str(message.blocks)
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked(1)] == ["U1", "U2"]


async def test_what_was_answered_is_not_shown_anew_to_somebody_who_left_the_channel(feature: Asking) -> None:
    await feature.private("G1", "U1", "U2")
    await feature.ask(channel="G1")
    await feature.turn(hours=1)
    await feature.do(lambda tx: service.answered(tx, "question", 1, "U1"))
    await feature.leaves("U1", "G1")
    await feature.do(lambda tx: service.redraw(tx, "question", 1))
    [message] = await feature.messages("U1")
    assert "Question 1" not in str((message.text, message.blocks))


@pytest.mark.parametrize("reason", ["user_disabled", "cannot_dm_bot", "channel_not_found"])
async def test_a_question_nobody_saw_goes_to_the_backup(feature: Asking, reason: str) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await refuse(feature, reason)
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U1", "U2"]
    assert [message.state for message in await feature.messages("U1")] == [State.CANCELLED]


@pytest.mark.parametrize(("reason", "left"), [("user_disabled", True), ("cannot_dm_bot", False)])
async def test_a_refusal_tells_who_left(feature: Asking, reason: str, left: bool) -> None:  # noqa: FBT001 - a table of expectations
    await feature.ask(1)
    await feature.ask(2)
    await feature.turn(hours=1)
    await refuse(feature, reason)
    assert (await feature.do(lambda tx: person(tx, "U1"))).deleted == left
    await feature.beat()
    assert feature.channel == {1: 1, 2: 1}


async def test_people_whom_no_message_reaches_do_not_get_it_from_each_other_for_ever(
    feature: Asking,
) -> None:
    await feature.ask(owner="U1", backup="U2")
    for _ in range(8):
        await feature.turn(days=1)
        if (await feature.prompt()).message is not None:
            await refuse(feature, "cannot_dm_bot")
    assert [user for user, _ in feature.asked()] == ["U1", "U2", "U1"]
    assert feature.channel[1] == 1


async def test_an_update_that_is_refused_leaves_the_question_where_it_is(feature: Asking) -> None:
    await feature.ask(owner="U1", backup="U2")
    await feature.turn(hours=1)
    await refuse(feature, "user_disabled", maybe_shown=True)
    await feature.turn(days=1)
    assert [user for user, _ in feature.asked()] == ["U1"]


async def test_what_could_not_be_sent_for_a_day_is_asked_again_and_told_again(feature: Asking) -> None:
    await feature.ask(1)
    await feature.tell(2)
    await feature.turn(hours=1)
    await refuse(feature, "out_of_reach")
    await feature.turn(days=1)
    assert feature.asked() == [("U1", feature.clock.now().date() - timedelta(days=n)) for n in (1, 0)]
    assert "and 1 more" in (await feature.messages("U1"))[-1].text
    # It counts as one ignored morning: the first one nobody saw.
    await feature.turn(days=2)
    await feature.ask(3)
    await feature.turn(days=1)
    assert len(feature.asked(3)) == 1
