"""I worked on this, I was in before the spec: counted on the card, and told to nobody by name."""

from tests.support.world import LAUNCH, World


async def test_it_is_counted_once_however_often_it_is_pressed_and_taken_back(worlds: World) -> None:
    world = worlds
    card = await world.launch()
    await world.press(world.jonas, "I worked on this", card, times=2)
    # Counted at once; beside that he is asked for his function, for the first time and the last.
    await world.press(world.jonas, "I was in before the spec", card)
    asked = await world.jonas.modal()
    assert "You were in before the spec" in asked.shown
    assert "counted, never shown by name" in asked.shown
    await world.jonas.close_modal()
    await world.press(world.jonas, "I was in before the spec", card)
    assert not world.jonas.has_modal
    shown = world.shown(world.team, "L-1").shown
    assert "1 worked on it" in shown
    assert "1 was in before the spec" in shown
    assert "Jonas" not in shown
    whispers = [m for m in world.jonas.reads(world.team) if m.ephemeral]
    await world.press(world.jonas, "Take back", whispers[-1])
    assert "before the spec" not in world.shown(world.team, "L-1").shown.replace(
        "I was in before the spec", ""
    )


async def test_saying_ones_function_leaves_nothing_more_to_close(world: World) -> None:
    card = await world.launch()
    await world.press(world.jonas, "I was in before the spec", card)
    await world.jonas.modal()
    world.jonas.fill("function", "Engineering")
    assert await world.jonas.submit() == {}
    assert not world.jonas.has_modal


async def test_whoever_worked_on_it_hears_the_outcome_in_the_morning(world: World) -> None:
    card = await world.launch(day="2026-08-01")
    await world.press(world.jonas, "I worked on this", card)
    await world.reply(world.mara, "44 %")
    assert world.slack.messages(world.jonas.dm) == []
    await world.turn(days=1)
    [told] = world.slack.messages(world.jonas.dm)
    assert "40 % → 44 %" in told.shown
    assert "[Snooze]" not in told.shown


async def test_who_takes_part_in_something_else_later_is_nobody_elses_news(worlds: World) -> None:
    world = worlds
    card = await world.launch(day="2026-08-01")
    await world.press(world.jonas, "I worked on this", card)
    await world.reply(world.mara, "44 %")
    await world.turn(days=1)
    [told] = world.slack.messages(world.jonas.dm)
    await world.press(world.jonas, "I worked on this", world.card())
    await world.press(world.jonas, "Take back", [m for m in world.jonas.reads(world.team) if m.ephemeral][-1])
    room = world.slack.add_channel("board", [world.mara, world.ines], private=True)
    await world.mara.command("/launch", "Secret plan", room)
    await world.mara.modal()
    for name, value in {**LAUNCH, "day": "2026-09-01"}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    await world.press(world.ines, "I worked on this", world.card("L-2 ", room))
    await world.press(world.mara, "Edit", world.card("L-2 ", room))
    await world.mara.modal()
    world.mara.fill("title", "Another plan")
    assert await world.mara.submit() == {}
    await world.settle()
    assert [m.shown for m in world.slack.messages(world.jonas.dm)] == [told.shown]


async def test_a_guest_sees_and_changes_nothing(world: World) -> None:
    card = await world.launch()
    guest = world.slack.add_person("Gil Reyes", guest=True)
    world.slack.join(world.team, guest)
    await world.press(guest, "I worked on this", card)
    assert "worked on it" not in world.shown(world.team, "L-1").shown
    answer = await guest.command("/launch", "list", world.team)
    assert answer is not None
    assert "members of this workspace" in answer.shown
    assert "New onboarding" not in answer.shown
