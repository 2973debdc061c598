"""Retros start: by command, from an offer, from an outcome, and by themselves."""

from datetime import UTC, datetime

from slackapp.playground.slack import Message
from tests.support.world import World, pressable

#: Of a launch this old the final checkpoint has come.
LONG_OUT = "2026-08-01"


async def press_start(world: World, **fields: object) -> None:
    """Mara types /retro, fills this in and submits it."""
    await world.mara.command("/retro", "", world.team)
    await world.mara.modal()
    if set(fields) - {"people", "anonymity", "pace", "launches"}:
        await world.mara.press("More")
        await world.slack.until(lambda: world.mara.top and "At what time?" in world.mara.top.shown)
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()


def status(world: World, label: str) -> Message:
    return next(m for m in world.slack.messages(world.team) if m.shown.startswith(f"{label} "))


def first_screen(world: World) -> str:
    return world.shown(world.team, "Before you write").shown


def labels(world: World) -> list[str]:
    """The retros whose status stands in the channel."""
    return [m.shown.split()[0] for m in world.slack.messages(world.team) if m.shown.startswith("R-")]


async def added(world: World, outcome: Message) -> str:
    """What Jonas reads who presses "Add to next retro"."""
    await world.press(world.jonas, "Add to next retro", outcome)
    return world.told(world.jonas, world.team)


async def test_it_begins_with_what_happened_and_that_stays_true(world: World) -> None:
    await world.launch("New onboarding", day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    await world.launch("New pricing", day=LONG_OUT, metric="Trials", from_to="100 → 120")
    await press_start(world, anonymity="With names")
    assert "R-1 Post-launch review" in status(world, "R-1").shown
    assert "0 of 2 handed in" in status(world, "R-1").shown
    screen = first_screen(world)
    told, asked = screen.index("we hoped for Activation 40 % → 50 %."), screen.index("Questions without")
    assert told < screen.index("it was 44 %: moved.") < asked
    assert "What happened to Trials after New pricing (L-2)? Asked, and not answered yet." in screen
    assert world.shown(world.team, "Before you write").thread_ts == status(world, "R-1").ts
    await world.reply(world.mara, "125")
    assert "we hoped for Trials 100 → 120. After 37 days it was 125: hit." in first_screen(world)
    assert "Questions without" not in first_screen(world)


async def test_actions_and_notes_of_before_stand_in_it(world: World) -> None:
    await world.mara.command("/retro", "add Nobody knew who was on call", world.team)
    await press_start(world, anonymity="With names")
    assert "Nobody knew who was on call" in first_screen(world)
    await world.mara.command("/retro", "", world.team)
    assert "R-1 is open in this channel" in world.told(world.mara, world.team)


async def test_a_significant_launch_offers_its_retro_with_its_first_number(world: World) -> None:
    await world.launch(significant=["yes"])
    await world.turn(days=8)
    assert "Shall we look back" not in " ".join(m.shown for m in world.slack.messages(world.team))
    await world.reply(world.mara, "44 %")
    offer = world.shown(world.team, "New onboarding has its first number. Shall we look back on it together?")
    assert offer.thread_ts == world.card().ts
    await world.press(world.jonas, "Start a retro", offer)
    form = await world.jonas.modal()
    assert "Launches to look back on (optional): [L-1 New onboarding" in form.shown
    world.jonas.fill("anonymity", "With names")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert world.shown(world.team, "R-1 looks back on New onboarding.").ts == offer.ts
    assert "So far 44 %, after 8 days." in first_screen(world)


async def test_in_silence_the_retro_is_offered_on_the_tenth_day_and_may_wait(world: World) -> None:
    await world.launch(significant=["yes"])
    # Ten days after a Monday is a Thursday; her morning is at 07:30 UTC.
    await world.turn_to(datetime(2026, 9, 17, 7, 29, tzinfo=UTC))
    assert "Shall we look back" not in " ".join(m.shown for m in world.slack.messages(world.team))
    await world.turn_to(datetime(2026, 9, 17, 7, 30, tzinfo=UTC))
    offer = world.shown(world.team, "New onboarding has been out for a while.")
    await world.press(world.jonas, "Not now", offer)
    declined = world.shown(world.team, "No retro about New onboarding for now, said Jonas Bell.")
    assert (declined.ts, pressable(declined)) == (offer.ts, set())
    await world.reply(world.mara, "44 %")
    await world.turn(days=5)
    assert declined.ts == world.shown(world.team, "No retro about New onboarding").ts
    assert labels(world) == []


async def test_an_ordinary_launch_offers_none_and_neither_does_one_that_was_dropped(world: World) -> None:
    await world.launch("Ordinary")
    await world.launch("Dropped", significant=["yes"])
    await world.mara.command("/launch", "cancel L-2", world.team)
    [asked] = [m for m in world.mara.reads(world.team) if m.ephemeral]
    await world.press(world.mara, "Cancel this launch", asked)
    await world.turn(days=12)
    assert "Shall we look back" not in " ".join(m.shown for m in world.slack.messages(world.team))


async def test_an_outcome_is_added_to_the_next_retro_or_to_the_open_one(world: World) -> None:
    await world.launch("New onboarding", day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    outcome = world.shown(world.team, "40 % → 44 %")
    assert "The next retro in this channel looks back" in await added(world, outcome)
    assert "waits for the next retro in this channel already" in await added(world, outcome)
    await world.launch("New pricing", day=LONG_OUT)
    await press_start(world, anonymity="With names", launches=["L-1 New onboarding · moved"])
    await world.reply(world.mara, "51 %")
    second = world.shown(world.team, "40 % → 51 %")
    assert "R-1, which is open in this channel, looks back on New pricing now" in await added(world, second)
    assert "looks back on New pricing already" in await added(world, second)
    assert "L-2 New pricing" in status(world, "R-1").shown


async def test_retros_recur_at_the_same_time_of_day_and_one_is_skipped_while_another_is_open(
    world: World,
) -> None:
    # From Monday 7 September every two weeks, at ten in Stockholm: 08:00 UTC, and from 25 October on 09:00.
    await press_start(world, anonymity="With names", recurs="Every two weeks", weekday="Monday", at="10:00")
    await world.turn_to(datetime(2026, 9, 21, 8, 0, tzinfo=UTC))
    assert labels(world) == ["R-1"]
    await end(world, "R-1")
    await world.turn_to(datetime(2026, 10, 5, 7, 59, tzinfo=UTC))
    assert labels(world) == ["R-1"]
    await world.turn_to(datetime(2026, 10, 5, 8, 0, tzinfo=UTC))
    assert labels(world) == ["R-1", "R-2"]
    await end(world, "R-2")
    await world.turn_to(datetime(2026, 10, 19, 8, 0, tzinfo=UTC))
    await end(world, "R-3")
    await world.turn_to(datetime(2026, 11, 2, 8, 59, tzinfo=UTC))
    assert labels(world)[-1] == "R-3"
    await world.turn_to(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    assert labels(world)[-1] == "R-4"


async def test_retros_end_with_their_facilitator(world: World) -> None:
    await press_start(world, anonymity="With names", recurs="Every week", weekday="Monday", at="10:00")
    await end(world, "R-1")
    world.slack.deactivate(world.mara)
    await world.turn(days=15)
    assert labels(world) == ["R-1"]
    [said] = [m.shown for m in world.slack.messages(world.team) if "do not recur any more" in m.shown]
    assert "Mara Lind, who facilitated them, is not here" in said
    assert "/retro start" in said


async def test_bad_input_gets_a_sentence_at_its_field_and_loses_nothing(world: World) -> None:
    await world.mara.command("/retro", "start", world.team)
    await world.mara.modal()
    await world.mara.press("More")
    await world.slack.until(lambda: world.mara.top and "At what time?" in world.mara.top.shown)
    world.mara.fill("people", [world.jonas])
    assert set(await world.mara.submit()) == {"people"}
    world.mara.fill("people", [world.jonas, world.ines, world.slack.bot_user_id])
    world.slack.deactivate(world.ines)
    wrong = await world.mara.submit()
    assert "Ines Okafor has left the workspace." in wrong["people"]
    assert "is an app" in wrong["people"]
    world.mara.fill("people", [world.jonas])
    world.mara.fill("anonymity", "With names")
    world.mara.fill("collect", "0 days")
    world.mara.fill("vote", "soon")
    world.mara.fill("votes_each", "0")
    assert set(await world.mara.submit()) == {"votes_each", "collect", "vote"}
    world.mara.fill("votes_each", "3")
    await world.mara.choose("template", "Columns of your own")
    await world.slack.until(lambda: world.mara.top and "Your columns" in world.mara.top.shown)
    assert "0 days" in (world.mara.top.shown if world.mara.top else "")
    world.mara.fill("collect", "3 days")
    world.mara.fill("vote", None)
    world.mara.fill("columns", "Keep\nkeep")
    assert "same name" in (await world.mara.submit())["columns"]
    world.mara.fill("columns", "Keep\nChange")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "R-1 Keep, Change" in status(world, "R-1").shown


async def test_in_a_direct_message_it_is_asked_where(world: World) -> None:
    await world.mara.command("/retro", "")
    await world.mara.modal()
    attic = world.slack.add_channel("attic", [world.mara], with_bot=False)
    world.mara.fill("channel", attic)
    assert "/invite @Afterlaunch" in (await world.mara.submit())["channel"]
    world.mara.fill("channel", world.team)
    assert await world.mara.submit() == {}
    assert "In #team-onboarding" in (world.mara.top.shown if world.mara.top else "")
    world.mara.fill("anonymity", "With names")
    assert await world.mara.submit() == {}
    await world.settle()
    assert labels(world) == ["R-1"]


async def test_guests_start_none_and_read_what_they_may_do(world: World) -> None:
    gus = world.slack.add_person("Gus Guest", tz="UTC", guest=True)
    world.slack.join(world.team, gus)
    for words in ("", "list", "actions", "show R-1"):
        await gus.command("/retro", words, world.team)
        assert "Retros are for the members of this workspace." in world.told(gus, world.team)
    await gus.command("/retro", "help", world.team)
    assert "/retro add" in world.told(gus, world.team)
    await press_start(world, anonymity="With names", people=[world.jonas, gus])
    await gus.command("/retro", "status", world.team)
    assert "R-1" in world.told(gus, world.team)
    await gus.command("/retro", "add It took long", world.team)
    await gus.modal()
    assert await gus.submit() == {}
    await world.settle()
    assert "1 of 2 handed in" in status(world, "R-1").shown


async def end(world: World, label: str) -> None:
    """Mara cancels the open retro."""
    await world.press(world.mara, "Facilitate", status(world, label))
    await world.mara.modal()
    await world.mara.press("Cancel the retro")
    await world.settle()
    while world.mara.has_modal:
        await world.mara.close_modal()
