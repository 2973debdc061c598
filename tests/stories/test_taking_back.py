"""Answers that are taken back late: what is asked then, where, and what people are told to do."""

from datetime import UTC, datetime

from slackapp.playground.slack import Message, Person
from tests.support.spaces import as_seen
from tests.support.world import World, pressable

#: A first look whose day has come when it is recorded.
WEEK_OUT = "2026-08-31"


def latest(world: World, person: Person | None = None) -> Message:
    return world.slack.messages((person or world.mara).dm)[-1]


def first_look(world: World) -> Message:
    """Where the first look's answer stands, under the reply that gave it."""
    return world.shown(world.mara.dm, "41 %")


async def test_the_first_look_of_a_cancelled_launch_is_not_asked_again(world: World) -> None:
    await world.launch(day=WEEK_OUT)
    await world.reply(world.mara, "41 %")
    confirm = await world.mara.command("/launch", "cancel L-1", world.team)
    assert confirm is not None
    await world.press(world.mara, "Cancel this launch", confirm)
    await world.press(world.mara, "Undo", first_look(world))
    assert "Taken back: 41 % for L-1 New onboarding." in latest(world).shown
    assert "Reply again" not in latest(world).shown
    assert all("[Record]" not in message.shown for message in world.slack.messages(world.mara.dm))
    assert "Asked about" not in world.shown(world.team, "Problem:").shown


async def test_the_first_look_is_not_asked_again_once_the_final_answer_is_there(worlds: World) -> None:
    world = worlds
    await world.launch(day=WEEK_OUT)
    await world.reply(world.mara, "41 %")
    early = first_look(world)
    await world.turn(days=24)
    await world.reply(world.mara, "44 %")
    await world.press(world.mara, "Undo", early)
    assert all("[Record]" not in message.shown for message in world.slack.messages(world.mara.dm))
    assert "Asked about" not in world.shown(world.team, "Problem:").shown
    due = await world.mara.command("/launch", "list due", world.team)
    assert due is not None
    assert "L-1" not in due.shown


async def test_the_final_answer_ends_a_first_look_that_was_taken_back(worlds: World) -> None:
    world = worlds
    await world.launch(day=WEEK_OUT)
    await world.reply(world.mara, "41 %")
    early = first_look(world)
    await world.turn(days=24)
    await world.press(world.mara, "Undo", early)
    await world.mara.press("Record", world.question(world.mara, "the final check"))
    await world.mara.modal()
    world.mara.fill("value", "44 %")
    assert await world.mara.submit() == {}
    await world.settle()
    assert all("[Record]" not in message.shown for message in world.slack.messages(world.mara.dm))
    assert "Asked about" not in world.shown(world.team, "Problem:").shown


async def test_whoever_could_not_reply_is_not_told_to(world: World) -> None:
    await world.launch(day="2026-08-01", owner=world.jonas)
    await world.turn(hours=2)
    await world.jonas.press("Ask someone else", world.question(world.jonas))
    await world.jonas.modal()
    world.jonas.fill("person", world.mara)
    assert await world.jonas.submit() == {}
    await world.settle()
    await world.turn(days=1)
    assert "[Record]" in latest(world).shown
    shown = await world.jonas.command("/launch", "show L-1", world.team)
    assert shown is not None
    await world.jonas.press("Record", shown)
    await world.jonas.modal()
    world.jonas.fill("value", "4.4 %")
    assert await world.jonas.submit() == {}
    await world.settle()
    await world.press(world.jonas, "Undo", latest(world, world.jonas))
    told = latest(world, world.jonas).shown
    assert "Taken back: 4.4 % for L-1 New onboarding. Record the right number where you recorded" in told


async def test_what_is_decided_upon_is_not_said_to_be_taken_back_with_undo(world: World) -> None:
    await world.launch(day="2026-08-01", backup=world.jonas)
    shown = await world.jonas.command("/launch", "show L-1", world.team)
    assert shown is not None
    await world.jonas.press("Record", shown)
    await world.jonas.modal()
    await world.reply(world.mara, "44 %")
    await world.press(world.mara, "Keep", latest(world))
    world.jonas.fill("value", "45 %")
    wrong = await world.jonas.submit()
    assert as_seen(wrong["value"]) == (
        "Mara Lind has already recorded 44 %. L-1 is decided upon, so its outcome stands."
    )


async def test_a_channel_that_is_to_be_asked_on_monday_is_not_asked_before(world: World) -> None:
    await world.launch(checkpoints=["30"], day="2026-08-08")
    # Eight working days on is a Thursday, the channel's Monday the one after.
    await world.turn(days=10, hours=2)
    await world.reply(world.mara, "4.4 %")
    await world.press(world.mara, "Undo", latest(world))
    assert not [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    await world.turn(days=5)
    asked = world.shown(world.team, "Does anyone know")
    assert f"{datetime.fromtimestamp(float(asked.ts), UTC):%a %d %b}" == "Mon 21 Sep"
    assert "I know" in pressable(asked)
