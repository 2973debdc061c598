"""What happens out of turn: replies that are no answer, questions that are over, people and places gone."""

from datetime import UTC, datetime

import pytest

from slackapp.playground.slack import Person
from slackapp.slack.blocks import button
from tests.support.stage import menu
from tests.support.world import World

LONG_OUT = "2026-08-01"
#: 30 days after Monday 7 September 2026, at half past nine in Stockholm.
FIRST_MORNING = datetime(2026, 10, 7, 7, 30, tzinfo=UTC)


async def asked(world: World, backup: Person | None = None) -> None:
    """Mara is asked the final question."""
    await world.launch(checkpoints=["30"], backup=backup)
    await world.turn_to(FIRST_MORNING)


def asked_in_channel(world: World) -> list[str]:
    """The days on which the channel was asked."""
    found = [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    return [f"{datetime.fromtimestamp(float(m.ts), UTC):%a %d %b}" for m in found]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("about half?", "There is no clear number here yet"),
        ("42 or 43", "There is more than one number here"),
        ("between 40 and 45", "There is no clear number here yet"),
        ("", "I cannot read a number from a file"),
    ],
)
async def test_a_reply_that_is_no_number_is_told_why_and_records_nothing(
    world: World, words: str, told: str
) -> None:
    await world.launch(day=LONG_OUT)
    await world.mara.say(world.mara.dm, words, file=not words)
    await world.settle()
    answer = world.slack.messages(world.mara.dm)[-1].shown
    assert told in answer
    assert "Nothing is recorded yet" in answer
    assert [m for m in world.slack.messages(world.team) if "Recorded by" in m.shown] == []


async def test_a_reply_below_an_older_reminder_says_where_to_answer(world: World) -> None:
    await asked(world)
    older = world.slack.messages(world.mara.dm)[-1]
    await world.turn(days=2)
    await world.mara.say(world.mara.dm, "44 %", older)
    await world.settle()
    assert "Nothing is asked in this thread now" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Verdict: moved" in (await world.reply(world.mara, "44 %")).shown


async def test_what_has_expired_is_put_off_and_passed_on_by_nobody(world: World) -> None:
    await asked(world)
    await world.turn(days=40)
    stale = world.hand(world.mara, menu("prompts.snooze", "1:3", "3 days"))
    await world.mara.choose("prompts.snooze", "3 days", stale)
    await world.settle()
    assert "not asked any more" in world.told(world.mara)
    await world.press(
        world.mara, "Pass on", world.hand(world.mara, button("prompts.pass_on", "Pass on", "1"))
    )
    assert not world.mara.has_modal
    assert "not asked any more" in world.told(world.mara)
    said = len(world.slack.messages(world.mara.dm))
    await world.turn(days=20)
    assert len(world.slack.messages(world.mara.dm)) == said


async def test_a_backup_who_left_is_skipped_and_the_channel_is_asked_in_its_turn(world: World) -> None:
    await asked(world, backup=world.jonas)
    world.slack.deactivate(world.jonas)
    await world.turn(days=13)
    assert world.slack.messages(world.jonas.dm) == []
    assert asked_in_channel(world) == ["Mon 19 Oct"]


async def test_an_owner_deactivated_between_question_and_answer_leaves_it_to_the_channel(
    world: World,
) -> None:
    await asked(world)
    world.slack.deactivate(world.mara)
    await world.settle()
    # On Wednesday it goes to the channel, which is asked on Mondays.
    await world.turn(days=6)
    assert asked_in_channel(world) == ["Mon 12 Oct"]
    await world.jonas.press("I know", world.shown(world.team, "Does anyone know"))
    await world.jonas.modal()
    world.jonas.fill("value", "44 %")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "Recorded by @Jonas Bell" in world.shown(world.team, "40 % → 44 %").shown


async def test_a_channel_that_was_renamed_is_told_under_its_new_name(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    await world.launch("Filters", day=LONG_OUT)
    world.slack.rename(world.team, "team-first-week")
    await world.settle()
    answer = await world.reply(world.mara, "44 %")
    assert "In #team-first-week: 2 of 2 measured launches moved." in answer.shown
    assert world.shown(world.team, "after Filters").broadcast


async def test_without_the_bot_its_questions_go_on_and_the_channel_hears_once_it_is_back(
    world: World,
) -> None:
    world.expected_refusals = {"not_in_channel"}
    await asked(world)
    world.slack.remove_bot(world.team)
    await world.slack.quiet()
    await world.turn(days=2)
    assert len(world.asked(world.mara)) == 2
    await world.turn(days=11)
    assert asked_in_channel(world) == []
    assert "/invite @Afterlaunch" in world.shown(world.mara.dm, "could not post").shown
    world.slack.invite_bot(world.team, world.jonas)
    await world.settle()
    assert len(asked_in_channel(world)) == 1
    await world.press(world.jonas, "Nobody does", world.shown(world.team, "Does anyone know"))
    assert "Nobody in the channel knows" in world.shown(world.team, "Recorded by").shown
