"""Launches recorded without a metric: how will we know whether it worked?"""

from slackapp.playground.slack import Message
from tests.support.world import World


def how(world: World) -> list[Message]:
    return [m for m in world.slack.messages(world.mara.dm) if "How will we know" in m.shown]


async def asked(world: World) -> Message:
    await world.launch(metric="", from_to="")
    await world.turn(days=6)
    assert how(world) == []
    await world.turn(days=2)
    [message] = how(world)
    return message


async def test_it_is_asked_at_the_first_checkpoint_and_a_reply_names_it(worlds: World) -> None:
    world = worlds
    await asked(world)
    answer = await world.reply(world.mara, "Activation")
    assert "New onboarding is judged by Activation" in answer.shown
    assert "Version 2" in world.shown(world.team, "L-1").shown
    # The first checkpoint has passed and is asked next; the final one comes on its own day.
    await world.turn(days=1)
    assert "What happened to Activation after New onboarding shipped?" in world.question(world.mara).shown
    await world.turn(days=23)
    assert "the final check" in world.question(world.mara).shown


async def test_the_form_takes_the_numbers_with_it(world: World) -> None:
    message = await asked(world)
    await world.mara.press("Name a metric", message)
    await world.mara.modal()
    world.mara.fill("metric", "Activation")
    world.mara.fill("from_to", "40 % → 40 %")
    assert list(await world.mara.submit()) == ["from_to"]
    world.mara.fill("from_to", "40 % → 50 %")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "raise Activation from 40 % to 50 %" in world.shown(world.team, "L-1").shown


async def test_what_cannot_be_measured_is_counted_apart_and_can_be_taken_back(world: World) -> None:
    message = await asked(world)
    await world.press(world.mara, "It cannot be measured", message)
    [shown] = [m for m in world.slack.messages(world.mara.dm) if "counts as never measured" in m.shown]
    listed = await world.mara.command("/launch", "list", world.team)
    assert listed is not None
    assert "unmeasured" in listed.shown
    await world.press(world.mara, "Undo", shown)
    assert how(world) != []


async def test_nobody_names_one_and_then_it_stops(world: World) -> None:
    await asked(world)
    await world.turn(days=40)
    assert len(how(world)) <= 2
    assert "counts as never measured" in world.slack.messages(world.mara.dm)[-1].shown
    said = len(world.slack.messages(world.mara.dm))
    await world.turn(days=30)
    assert len(world.slack.messages(world.mara.dm)) == said


async def test_a_metric_named_by_edit_ends_the_question(world: World) -> None:
    await world.launch(metric="", from_to="")
    await world.mara.press("Edit", world.shown(world.team, "L-1"))
    await world.mara.modal()
    world.mara.fill("metric", "Activation")
    assert await world.mara.submit() == {}
    await world.settle()
    await world.turn(days=8)
    assert how(world) == []
    assert "What happened to Activation" in world.question(world.mara).shown


async def edit(world: World, **fields: object) -> None:
    await world.mara.press("Edit", world.shown(world.team, "L-1"))
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()


async def test_a_metric_that_is_taken_away_again_is_asked_for(world: World) -> None:
    await world.launch()
    await edit(world, metric="", from_to="", smallest_change="")
    await world.turn(days=6)
    assert how(world) == []
    await world.turn(days=2)
    assert len(how(world)) == 1
    assert world.asked(world.mara) == []


async def test_an_edit_of_the_first_checkpoint_moves_the_question(world: World) -> None:
    await world.launch(metric="", from_to="")
    await edit(world, checkpoints=["14", "30"])
    await world.turn(days=10)
    assert how(world) == []
    await world.turn(days=5)
    assert len(how(world)) == 1
