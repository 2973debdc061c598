"""Changing what was recorded: in versions once it is out, and not once an outcome depends on it."""

from slackapp.playground.slack import Person
from tests.support.world import World


async def edit(world: World, person: Person, **fields: object) -> dict[str, str]:
    """Press Edit on the card, fill in the fields and save; the errors at their fields."""
    await person.press("Edit", world.card())
    await person.modal()
    for name, value in fields.items():
        person.fill(name, value)
    errors = await person.submit()
    await world.settle()
    return errors


async def test_the_form_holds_everything_as_it_was_and_saving_it_changes_nothing(world: World) -> None:
    card = await world.launch(
        because="six of eight asked",
        guardrails="Churn: 3 %, under 3.5 %",
        systems="auth-service, web",
        kind="technical",
        unlocks="A first invitation",
        estimated_weeks="3",
    )
    assert await edit(world, world.mara) == {}
    assert world.card().shown == card.shown


async def test_a_change_of_what_stands_makes_a_version_and_the_card_says_so(worlds: World) -> None:
    world = worlds
    await world.launch()
    assert await edit(world, world.mara, from_to="40 % → 45 %", title="The new onboarding") == {}
    card = world.card().shown
    assert "L-1 The new onboarding" in card
    assert "Version 2" in card
    assert "40 % → 50 %" in card
    assert "40 % → 45 %" in card
    assert await edit(world, world.mara, problem="They leave") == {}
    assert "Version 3" not in world.card().shown


async def test_other_checkpoints_are_asked_from_then_on(world: World) -> None:
    await world.launch()
    assert await edit(world, world.mara, checkpoints=["14"]) == {}
    await world.turn(days=8)
    assert world.asked(world.mara) == []
    await world.turn(days=7)
    assert "the final check, after 14 days" in world.question(world.mara).shown


async def test_another_owner_is_asked_from_then_on(world: World) -> None:
    await world.launch()
    assert await edit(world, world.mara, owner=world.jonas) == {}
    await world.turn(days=8)
    assert world.asked(world.mara) == []
    assert len(world.asked(world.jonas)) == 1


async def test_a_title_that_changes_changes_in_the_open_question(world: World) -> None:
    await world.launch()
    await world.turn(days=8)
    assert await edit(world, world.mara, title="A shorter start") == {}
    assert "A shorter start" in world.question(world.mara).shown


async def test_what_an_outcome_depends_on_stays_as_it_is(world: World) -> None:
    await world.launch(day="2026-08-01")
    await world.reply(world.mara, "44 %")
    errors = await edit(world, world.mara, from_to="40 % → 43 %", checkpoints=["7"])
    assert set(errors) == {"from_to", "checkpoints"}
    assert "Press Undo under the answer first" in errors["from_to"]
    await world.mara.close_modal()
    assert await edit(world, world.mara, title="The new onboarding") == {}
    assert "The new onboarding" in world.shown(world.team, "40 % → 44 %").shown


async def test_only_those_it_concerns_may_change_it(world: World) -> None:
    await world.launch()
    await world.press(world.jonas, "Edit", world.card())
    assert "can be changed by its owner Mara Lind" in world.told(world.jonas, world.team)
    world.slack.join(world.team, world.ines)
    assert await edit(world, world.ines, goal="Q4") == {}


async def test_an_edit_that_is_refused_keeps_what_was_typed(world: World) -> None:
    await world.launch()
    errors = await edit(world, world.mara, from_to="forty", title="A shorter start")
    assert set(errors) == {"from_to"}
    shown = (await world.mara.modal()).shown
    assert "forty" in shown
    assert "A shorter start" in shown


async def test_a_day_that_stands_is_no_day_to_come_wherever_the_editor_is(world: World) -> None:
    away = world.slack.add_person("Lex Ruiz", tz="America/Los_Angeles", admin=True)
    early = world.slack.add_person("Anahera Ngata", tz="Pacific/Auckland")
    for person in (away, early):
        world.slack.join(world.team, person)
    await world.turn(hours=6)  # on Auckland's calendars it is Tuesday
    await world.launch(by=early)
    assert "Out since 8 Sep 2026" in world.card().shown
    assert await edit(world, away, title="The new onboarding") == {}
    assert "Version 2" not in world.card().shown


async def test_what_it_reworks_stays_though_the_editor_may_not_read_of_that(world: World) -> None:
    payroll = world.slack.add_channel("payroll", [world.jonas], private=True)
    await world.jonas.command("/launch", "Pay slips", payroll)
    await world.jonas.modal()
    world.jonas.fill("problem", "They are late")
    world.jonas.fill("audience", "everybody")
    assert await world.jonas.submit() == {}
    await world.settle()
    await world.launch(by=world.jonas, owner=world.mara, reworks="L-1")
    await world.mara.press("Edit", world.card("L-2 "))
    await world.mara.modal()
    world.mara.fill("title", "The new onboarding")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Reworks L-1" in world.card("L-2 ").shown


async def test_of_two_edits_at_once_neither_undoes_the_other(world: World) -> None:
    await world.launch(
        backup=world.jonas, because="six of eight asked", checkpoints=["30"], kind="experiment"
    )
    for person in (world.mara, world.jonas):
        await person.press("Edit", world.card())
        await person.modal()
    world.mara.fill("title", "A shorter start")
    world.mara.fill("because", "")
    world.mara.fill("checkpoints", ["30", "90"])
    assert await world.mara.submit() == {}
    world.jonas.fill("problem", "They leave")
    world.jonas.fill("kind", "feature")
    assert await world.jonas.submit() == {}
    await world.settle()
    card = world.card().shown
    assert "L-1 A shorter start" in card
    assert "six of eight asked" not in card
    assert "asked after 30 and 90 days" in card
    assert "Problem: They leave" in card
    assert "experiment" not in card
