"""Asked until answered, then stopped, and never a nuisance."""

from datetime import UTC, datetime

import pytest

from slackapp.playground.slack import ImpossibleError, Message, Person
from tests.support.world import World

#: 30 days after Monday 7 September 2026, at half past nine in Stockholm.
FIRST_MORNING = datetime(2026, 10, 7, 7, 30, tzinfo=UTC)


async def final_question(world: World, backup: Person | None = None) -> None:
    if backup:
        await world.launch(checkpoints=["30"], backup=backup)
    else:
        await world.launch(checkpoints=["30"])
    await world.turn_to(FIRST_MORNING)


def buttons(message: Message) -> list[str]:
    return [e["action_id"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def days_asked(world: World, person: Person) -> list[str]:
    """The days on which the person was written to about the launch."""
    said = [m for m in world.slack.messages(person.dm) if m.by_app and "What happened to" in m.shown]
    return [f"{datetime.fromtimestamp(float(m.ts), UTC):%a %d %b}" for m in said]


async def test_silence_climbs_the_ladder_and_then_it_stops(worlds: World) -> None:
    world = worlds
    await final_question(world, backup=world.jonas)
    assert days_asked(world, world.mara) == ["Wed 07 Oct"]
    await world.turn(days=2)
    assert days_asked(world, world.mara) == ["Wed 07 Oct", "Fri 09 Oct"]
    older, newer = world.asked(world.mara)
    assert "follow_ups.record" in buttons(newer)
    assert buttons(older) == []
    # Five working days after the first morning: Wednesday, for Jonas in London an hour later.
    await world.turn(days=5, hours=1)
    assert days_asked(world, world.jonas) == ["Wed 14 Oct"]
    assert "@Jonas Bell is asked now" in world.shown(world.mara.dm, "is asked now").shown
    # Eight: Monday 19 October, on which the channel is asked too, all at once and without a name.
    await world.turn(days=5)
    asked = world.shown(world.team, "Does anyone know what happened to Activation after New onboarding?")
    assert f"{datetime.fromtimestamp(float(asked.ts), UTC):%a %d %b}" == "Mon 19 Oct"
    assert not {"@Mara Lind", "@Jonas Bell"} & set(asked.shown.split("\n"))
    await world.turn(days=17)
    assert "Nobody could say" in world.shown(world.team, "L-1").shown
    assert buttons(world.shown(world.team, "Does anyone know")) == []
    told = len(world.slack.messages(world.mara.dm)) + len(world.slack.messages(world.jonas.dm))
    await world.turn(days=20)
    assert len(world.slack.messages(world.mara.dm)) + len(world.slack.messages(world.jonas.dm)) == told

    # A late answer is still taken.
    await world.jonas.press("Record", world.shown(world.jonas.dm, "counts as unmeasured"))
    await world.jonas.modal()
    world.jonas.fill("value", "44 %")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "Verdict: moved" in world.shown(world.team, "40 % → 44 %").shown


async def test_somebody_in_the_channel_may_know(world: World) -> None:
    await final_question(world)
    await world.turn(days=19, hours=2)
    asked = world.shown(world.team, "Does anyone know")
    await world.jonas.press("I know", asked)
    await world.jonas.modal()
    world.jonas.fill("value", "53 %")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "Verdict: hit" in world.shown(world.team, "Verdict").shown
    assert "Does anyone know" not in world.slack.messages(world.team)[-1].shown
    assert all("follow_ups.record" not in buttons(m) for m in world.slack.messages(world.mara.dm))


async def test_nobody_in_the_channel_knows_and_that_is_an_answer(world: World) -> None:
    await final_question(world)
    await world.turn(days=19, hours=2)
    await world.jonas.press("Nobody does", world.shown(world.team, "Does anyone know"))
    await world.settle()
    assert "Nobody in the channel knows" in world.shown(world.team, "was not measured").shown


async def test_what_is_put_off_comes_back_and_shifts_all_that_follows(world: World) -> None:
    await final_question(world)
    [question] = world.asked(world.mara)
    await world.mara.choose("prompts.snooze", "3 days", question)
    await world.settle()
    [put_off] = world.asked(world.mara)
    # Three days on is a Saturday.
    assert "Put off until 12 Oct 2026" in put_off.shown
    assert buttons(put_off) == []
    await world.turn(days=4)
    assert len(world.asked(world.mara)) == 1
    await world.turn(days=3)
    assert days_asked(world, world.mara) == ["Wed 07 Oct", "Mon 12 Oct", "Wed 14 Oct"]


async def test_putting_off_is_no_silence_and_comes_back_on_the_day_it_says(world: World) -> None:
    await final_question(world)
    for day in ("8", "9", "12"):
        await world.mara.choose("prompts.snooze", "1 day", world.asked(world.mara)[-1])
        await world.settle()
        assert f"Put off until {day} Oct 2026" in world.asked(world.mara)[-1].shown
        await world.turn_to(datetime(2026, 10, int(day), 12, 0, tzinfo=UTC))
    assert days_asked(world, world.mara) == ["Wed 07 Oct", "Thu 08 Oct", "Fri 09 Oct", "Mon 12 Oct"]


async def test_put_off_by_a_day_it_says_when_the_next_of_the_weekly_messages_comes(world: World) -> None:
    await final_question(world)
    await world.press(world.mara, "Fewer of these", world.asked(world.mara)[-1])
    await world.mara.choose("prompts.snooze", "1 day", world.asked(world.mara)[-1])
    await world.settle()
    assert "Put off until 14 Oct 2026" in world.asked(world.mara)[-1].shown
    await world.turn(days=7)
    assert days_asked(world, world.mara) == ["Wed 07 Oct", "Wed 14 Oct"]


async def test_three_times_put_off_is_the_last_time(world: World) -> None:
    await final_question(world)
    for _ in range(3):
        await world.mara.choose("prompts.snooze", "1 day", world.asked(world.mara)[-1])
        await world.settle()
        await world.turn(days=4)
    with pytest.raises(ImpossibleError):
        await world.mara.choose("prompts.snooze", "1 day", world.asked(world.mara)[-1])


async def test_what_is_put_off_can_still_be_answered_by_a_reply(world: World) -> None:
    await final_question(world)
    await world.mara.choose("prompts.snooze", "1 week", world.asked(world.mara)[-1])
    await world.settle()
    assert "Verdict: moved" in (await world.reply(world.mara, "44 %")).shown
    await world.turn(days=30)
    assert len(days_asked(world, world.mara)) == 0


async def test_somebody_else_is_asked_from_the_beginning(world: World) -> None:
    await final_question(world)
    await world.turn(days=2)
    await world.mara.press("Ask someone else", world.asked(world.mara)[-1])
    await world.mara.modal()
    world.mara.fill("person", world.jonas)
    assert await world.mara.submit() == {}
    await world.settle()
    # It is half past eight in London.
    assert days_asked(world, world.jonas) == []
    await world.turn(hours=2)
    await world.turn(days=5)
    assert days_asked(world, world.jonas) == ["Fri 09 Oct", "Tue 13 Oct"]
    assert buttons(world.shown(world.mara.dm, "@Jonas Bell is asked now")) == []
    assert "Verdict: moved" in (await world.reply(world.jonas, "44 %")).shown


async def test_only_a_colleague_can_be_asked_instead(world: World) -> None:
    await final_question(world)
    robot = world.slack.add_person("Deploys", bot=True)
    guest = world.slack.add_person("Gus Grey", guest=True)
    await world.mara.press("Ask someone else", world.asked(world.mara)[-1])
    await world.mara.modal()
    for who in (robot, guest):
        world.mara.fill("person", who)
        assert "colleague" in (await world.mara.submit())["person"]
    world.mara.fill("person", world.mara)
    assert "somebody else" in (await world.mara.submit())["person"]


async def test_three_ignored_mornings_make_it_weekly_and_an_answer_makes_it_daily_again(world: World) -> None:
    for number in range(5):
        await world.launch(f"Launch {number}", checkpoints=["7"], day=f"2026-09-0{number + 1}")
        await world.turn(days=1)
    # Due from Tuesday the 8th on, a day apart.
    await world.turn_to(datetime(2026, 9, 17, 12, 0, tzinfo=UTC))
    assert days_asked(world, world.mara) == ["Tue 08 Sep", "Wed 09 Sep", "Thu 10 Sep", "Thu 17 Sep"]
    await world.mara.press("Record", world.asked(world.mara)[-1], value="2")
    await world.mara.modal()
    world.mara.fill("value", "44 %")
    assert await world.mara.submit() == {}
    await world.launch("Another", checkpoints=["14"], day="2026-09-04")
    await world.turn(days=2)
    assert days_asked(world, world.mara)[-1] == "Fri 18 Sep"


async def test_a_person_may_ask_for_fewer_and_for_all_again(world: World) -> None:
    await final_question(world)
    await world.mara.press("Fewer of these", world.asked(world.mara)[-1])
    await world.settle()
    assert "one of these a week" in world.asked(world.mara)[-1].shown
    await world.turn(days=6)
    assert days_asked(world, world.mara) == ["Wed 07 Oct"]
    await world.turn(days=1)
    assert days_asked(world, world.mara) == ["Wed 07 Oct", "Wed 14 Oct"]
    await world.mara.press("Every working day again", world.asked(world.mara)[-1])
    await world.settle()
    assert "Fewer of these" in world.asked(world.mara)[-1].shown


async def test_a_reply_in_the_thread_of_one_question_never_answers_another(world: World) -> None:
    await world.launch("Alpha", day="2026-07-01")
    await world.launch("Beta", day="2026-07-02", metric="Retention")
    alpha = world.shown(world.mara.dm, "Alpha")
    await world.mara.say(world.mara.dm, "41 %", alpha)
    await world.settle()
    echo = world.slack.messages(world.mara.dm)[-1]
    await world.mara.say(world.mara.dm, "43 %", echo)
    await world.settle()
    assert "Nothing is asked in this thread now" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Retention" in world.asked(world.mara)[-1].shown


async def test_a_cancelled_launch_is_not_asked_about_in_the_channel_either(world: World) -> None:
    await final_question(world)
    await world.turn(days=12, hours=2)
    [asked] = [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    await world.mara.command("/launch", "cancel L-1", world.team)
    await world.mara.press("Cancel this launch", world.mara.reads(world.team)[-1])
    await world.settle()
    assert buttons(world.shown(world.team, "Does anyone know")) == []
    assert asked.shown != world.shown(world.team, "Does anyone know").shown


async def test_what_is_answered_before_monday_is_not_asked_in_the_channel(world: World) -> None:
    await world.launch(checkpoints=["30"], day="2026-08-08")  # asked on this very Monday
    # Eight working days on is a Thursday.
    await world.turn(days=10, hours=2)
    await world.reply(world.mara, "44 %")
    await world.turn(days=5)
    assert not [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    assert len([m for m in world.slack.messages(world.team) if "40 % → 44 %" in m.shown]) == 2


async def test_put_off_after_the_channel_was_asked_it_comes_back_and_the_channel_is_asked_once(
    world: World,
) -> None:
    await final_question(world)
    await world.turn(days=12, hours=2)
    await world.mara.choose("prompts.snooze", "1 day", world.asked(world.mara)[-1])
    await world.settle()
    await world.turn(days=3)
    assert days_asked(world, world.mara)[-1] == "Tue 20 Oct"
    await world.turn(days=20)
    assert len([m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]) == 1


async def test_a_late_answer_that_is_taken_back_leaves_it_unmeasured_again(world: World) -> None:
    await final_question(world)
    await world.turn(days=40)
    assert "Nobody could say" in world.shown(world.team, "L-1").shown
    await world.mara.press("Record", world.shown(world.mara.dm, "counts as unmeasured"))
    await world.mara.modal()
    world.mara.fill("value", "44 %")
    assert await world.mara.submit() == {}
    await world.settle()
    await world.mara.press("Undo", world.shown(world.mara.dm, "Verdict: moved"))
    await world.settle()
    assert "counts as unmeasured" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Nobody could say" in world.slack.messages(world.team)[0].shown
