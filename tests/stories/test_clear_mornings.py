"""What makes a morning's message easy to read: how to reply, whose launch it is, and nothing said twice."""

from tests.support.world import World, pressable

LONG_OUT = "2026-08-01"
HINT = "Or just reply with the number"


async def test_how_to_reply_is_said_only_where_a_reply_can_be_meant_for_one_question(world: World) -> None:
    await world.launch("Search", day="2026-09-01", checkpoints=["7"])
    await world.launch("Filters", day="2026-09-01", checkpoints=["7"])
    await world.turn(days=1, hours=2)
    [both] = world.asked(world.mara)
    assert HINT not in both.shown
    await world.mara.choose(_menu(both.blocks), "1 day", both)
    await world.settle()
    assert HINT not in world.shown(world.mara.dm, "Put off").shown
    await world.turn(days=1)
    again = world.question(world.mara, "Search")
    assert "reply in the thread of this message" in again.shown
    await world.mara.say(world.mara.dm, "44 %", again)
    await world.settle()
    assert "40 % → 44 %" in world.card("Search").shown


async def test_a_first_look_of_an_earlier_morning_does_not_keep_a_reply_from_its_question(
    world: World,
) -> None:
    await world.launch("Search", day="2026-09-01")
    await world.launch("Filters", day="2026-08-10", checkpoints=["30"], by=world.jonas, owner=world.mara)
    await world.turn(days=2, hours=2)
    assert len(world.asked(world.mara)) == 2
    assert HINT in world.question(world.mara, "Filters").shown
    await world.reply(world.mara, "44 %")
    assert "40 % → 44 %" in world.card("Filters").shown


async def test_whoever_does_not_answer_reads_why_the_next_one_takes_a_week(world: World) -> None:
    for title, day in (("Search", "2026-08-09"), ("Filters", "2026-08-10")):
        await world.launch(title, day=day, checkpoints=["30"])
    await world.turn(days=2)  # asked on Tuesday and on Wednesday
    assert "comes in a week" not in world.slack.messages(world.mara.dm)[-1].shown
    await world.turn(days=1)  # and on Thursday again, after three mornings of silence
    asked = world.slack.messages(world.mara.dm)[-1]
    assert "the next of these comes in a week" in asked.shown
    await world.mara.press("No number", asked)
    await world.mara.modal()
    world.mara.fill("reason", "data_missing")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "comes in a week" not in world.slack.messages(world.mara.dm)[-1].shown


async def test_an_answer_in_words_is_told_once_and_the_question_points_to_it(world: World) -> None:
    await world.launch(day=LONG_OUT)
    [asked] = world.asked(world.mara)
    echo = await world.reply(world.mara, "44 %")
    assert {"Keep", "Undo"} <= pressable(echo)
    [question] = [m for m in world.slack.messages(world.mara.dm) if m.ts == asked.ts]
    assert pressable(question) == set()
    assert "Recorded from your reply" in question.shown
    await world.press(world.mara, "Undo", echo)
    assert "Record" in pressable(world.asked(world.mara)[0])


async def test_whoever_is_asked_in_place_of_the_owner_reads_whose_launch_it_is(world: World) -> None:
    await world.launch(day="2026-08-07", backup=world.jonas)
    assert "It is a launch of" not in world.question(world.mara).shown
    await world.turn(days=8)
    assert "It is a launch of @Mara Lind; perhaps you know." in world.question(world.jonas).shown


async def test_an_older_message_says_when_it_was_asked_again(world: World) -> None:
    await world.launch(day="2026-08-08", checkpoints=["30"])
    await world.turn(days=3)
    older, newer = world.asked(world.mara)
    assert "Asked again on 9 Sep 2026." in older.shown
    assert pressable(older) == set()
    assert "Record" in pressable(newer)


def _menu(blocks: list[dict[str, object]]) -> str:
    """The first place in the message to put something off."""
    return next(str(block["block_id"]) for block in blocks if str(block["block_id"]).startswith("prompts:"))
