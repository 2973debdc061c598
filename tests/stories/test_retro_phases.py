"""A retro held live, and one over days: what the status says, who is reminded, and what waits for whom."""

from slackapp.playground.slack import Message, Person
from tests.support.world import World, pressable


async def start(world: World, **fields: object) -> None:
    """Mara begins a retro in the team's channel."""
    await world.mara.command("/retro", "start", world.team)
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()


def status(world: World) -> Message:
    """The retro's one message."""
    return next(m for m in reversed(world.slack.messages(world.team)) if m.shown.startswith("R-"))


async def hand_in(world: World, person: Person, words: str) -> None:
    await person.press("Write notes", status(world))
    top = await person.modal()
    first = next(block["block_id"] for block in top.blocks if block["block_id"].startswith("new_"))
    person.fill(first, words)
    assert await person.submit() == {}
    await person.close_modal(everything=True)
    await world.settle()


async def open_form(world: World, person: Person) -> None:
    await person.press("Facilitate", status(world))
    await person.modal()


async def save(world: World, person: Person, **fields: object) -> dict[str, str]:
    """What the Facilitate form says to these changes."""
    await open_form(world, person)
    for name, value in fields.items():
        person.fill(name, value)
    wrong = await person.submit()
    await world.settle()
    return wrong


def direct(world: World, person: Person) -> list[str]:
    return [message.shown for message in world.slack.messages(person.dm)]


async def test_a_live_retro_moves_by_itself_from_notes_to_votes_to_talk(worlds: World) -> None:
    world = worlds
    world.slack.join(world.team, world.ines)
    await start(world, pace="live")
    assert "Collecting notes until" in status(world).shown
    assert "0 of 3 handed in" in status(world).shown
    for person in (world.mara, world.jonas, world.ines):
        await hand_in(world, person, f"{person.name} is content")
    assert "3 of 3 handed in" in status(world).shown
    await world.turn(minutes=7)
    assert "Voting until" in status(world).shown
    facilitating = {"Begin discussing", "2 minutes more", "Facilitate"}
    assert pressable(status(world)) == {"Vote", "Tell the facilitator"} | facilitating
    await world.turn(minutes=3)
    shown = status(world).shown
    assert "Discussing" in shown
    assert "topic 1 of 3" in shown
    assert "5 minutes each" in shown
    await world.press(world.mara, "Begin closing", status(world))
    assert "What happened to users?" in status(world).shown
    # Nobody was written to: all of it happened before their eyes.
    assert [direct(world, person) for person in (world.mara, world.jonas, world.ines)] == [[], [], []]


async def test_over_days_those_who_are_missing_are_reminded_once_and_not_at_night(world: World) -> None:
    world.slack.join(world.team, world.ines)
    await start(world)
    await hand_in(world, world.jonas, "Calm")
    # Monday 10:00 in Stockholm: a day before the end it is night in New York.
    await world.turn(hours=24)
    assert [len(direct(world, person)) for person in (world.mara, world.jonas, world.ines)] == [1, 0, 0]
    await world.turn(hours=6)
    assert [len(direct(world, person)) for person in (world.mara, world.jonas, world.ines)] == [1, 0, 1]
    [reminder] = direct(world, world.ines)
    assert "notes are collected until" in reminder
    assert "Nobody else is told that" in reminder
    await world.turn(hours=17)
    assert [len(direct(world, person)) for person in (world.mara, world.jonas, world.ines)] == [1, 0, 1]


async def test_a_reminder_opens_the_form_and_asks_for_nothing_once_its_phase_is_over(world: World) -> None:
    await start(world, anonymity="named")
    await world.turn(hours=24)
    [reminder] = world.slack.messages(world.jonas.dm)
    await world.jonas.press("Write notes", reminder)
    assert "Went well" in (await world.jonas.modal()).shown
    await world.jonas.close_modal(everything=True)
    await hand_in(world, world.mara, "Calm")
    await world.turn(hours=24)
    assert "Voting" in status(world).shown
    [reminder] = world.slack.messages(world.jonas.dm)
    assert "has moved on" in reminder.shown
    assert pressable(reminder) == set()


async def test_a_week_in_which_everything_waits_for_its_facilitator_once(world: World) -> None:
    world.slack.join(world.team, world.ines)
    await start(world)
    for person in (world.mara, world.jonas, world.ines):
        await hand_in(world, person, "\n".join(f"{person.name} says {n} things" for n in range(5)))
    await world.turn(days=2)
    assert "Grouping notes" in status(world).shown
    # Nobody is looking when a deadline comes: the facilitator is asked on the next morning.
    await world.turn(days=1)
    asked = [m for m in world.slack.messages(world.mara.dm) if "waits for you" in m.shown]
    assert len(asked) == 1
    assert "Begin voting" in pressable(asked[0])
    await world.press(world.mara, "Begin voting", asked[0])
    assert "Voting until" in status(world).shown
    assert "does not wait for you any more" in direct(world, world.mara)[-1]
    await world.turn(days=1)
    assert "Discussing" in status(world).shown
    await world.press(world.mara, "Begin closing", status(world))
    await world.turn(days=3)
    assert "it is to be closed" in direct(world, world.mara)[-1]


async def test_with_two_hand_ins_the_deadline_reveals_nothing_and_says_so(world: World) -> None:
    await start(world, pace="live")
    await hand_in(world, world.mara, "Calm")
    await hand_in(world, world.jonas, "Slow")
    await world.turn(minutes=7)
    assert "of fewer than 3 people nothing is revealed" in status(world).shown
    told = world.slack.messages(world.mara.dm)[-1]
    assert "it waits for you" in told.shown
    await world.mara.press("What can I do?", told)
    assert "Go on without these notes" in (await world.mara.modal()).shown
    await world.mara.press("Give it more time")
    await world.slack.until(lambda: world.mara.top and world.mara.top.title == "Facilitate")
    world.mara.fill("ends_in", "10 min")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Collecting notes until" in status(world).shown
    await world.turn(minutes=10)
    await world.press(world.mara, "Reveal the notes", status(world))
    await world.mara.modal()
    await world.mara.press("Go on without these notes")
    await world.settle()
    assert "without notes" in status(world).shown
    assert "Calm" not in status(world).shown


async def test_two_who_go_on_at_once_make_one_step(world: World) -> None:
    await start(world, anonymity="named")
    await hand_in(world, world.jonas, "Calm")
    await world.press(world.mara, "Reveal the notes", status(world), times=2)
    assert "Voting" in status(world).shown
    assert "has moved on already: Mara Lind did that" in world.told(world.mara, world.team)


async def test_a_facilitator_settles_the_rest_in_one_form(world: World) -> None:
    await start(world, anonymity="named")
    wrong = await save(world, world.mara, votes_each="many", ends_in="soon")
    assert set(wrong) == {"votes_each"}
    world.mara.fill("votes_each", "4")
    assert set(await world.mara.submit()) == {"ends_in"}
    world.mara.fill("ends_in", "")
    guest = world.slack.add_person("Gus Guest", guest=True)
    world.mara.fill("helpers", [guest])
    assert "Gus Guest cannot help here" in (await world.mara.submit())["helpers"]
    world.mara.fill("helpers", [])
    world.mara.fill("invited", [world.slack.add_person("Build Bot", bot=True)])
    assert "is an app" in (await world.mara.submit())["invited"]
    await world.mara.close_modal(everything=True)
    assert await save(world, world.mara, votes_each="4", helpers=[world.jonas], anonymous=["yes"]) == {}
    assert "with Jonas Bell" in status(world).shown
    assert "Anonymous" in status(world).shown
    await open_form(world, world.jonas)
    assert world.jonas.top is not None
    assert "Votes each" in world.jonas.top.shown
    assert "Cancel the retro" not in world.jonas.top.shown


async def test_the_form_of_a_phase_that_is_over_moves_no_deadline(world: World) -> None:
    await start(world, anonymity="named")
    await hand_in(world, world.jonas, "Calm")
    await open_form(world, world.mara)
    world.mara.fill("ends_in", "5 days")
    await world.turn(days=2)
    assert "Voting" in status(world).shown
    assert "has moved on since" in (await world.mara.submit())["ends_in"]


async def test_a_co_facilitator_takes_over_from_a_facilitator_who_left(world: World) -> None:
    await start(world, anonymity="named")
    await save(world, world.mara, helpers=[world.jonas])
    world.slack.deactivate(world.mara)
    await world.settle()
    assert "Facilitator: Jonas Bell." in status(world).shown
    assert "You facilitate R-1 Post-launch review now" in direct(world, world.jonas)[-1]
    await world.press(world.jonas, "Facilitate", status(world))
    assert (await world.jonas.modal()).title == "Facilitate"


async def test_without_a_co_facilitator_somebody_can_take_over(world: World) -> None:
    await start(world, anonymity="named")
    assert "Take over" not in pressable(status(world))
    world.slack.deactivate(world.mara)
    await world.settle()
    assert "Mara Lind, who facilitated, is not here any more" in status(world).shown
    await world.press(world.jonas, "Take over", status(world))
    assert "Facilitator: Jonas Bell." in status(world).shown
    assert "Take over" not in pressable(status(world))


async def test_a_cancelled_retro_says_so_and_makes_room_for_another(world: World) -> None:
    await start(world)
    await hand_in(world, world.jonas, "Never to be read")
    await open_form(world, world.mara)
    await world.mara.press("Cancel the retro")
    await world.settle()
    shown = status(world).shown
    assert "Cancelled" in shown
    assert "Its notes are erased" in shown
    assert pressable(status(world)) == set()
    await world.mara.close_modal(everything=True)
    await start(world)
    assert status(world).shown.startswith("R-2")


async def test_an_archived_channel_loses_nothing(world: World) -> None:
    await start(world, anonymity="named")
    await hand_in(world, world.jonas, "Calm")
    world.slack.archive(world.team)
    world.expected_refusals = {"is_inactive"}
    await world.turn(days=2)
    told = next(m for m in world.slack.messages(world.mara.dm) if "I could not post this" in m.shown)
    world.slack.archive(world.team, archived=False)
    await world.press(world.mara, "Try again", told)
    assert "Voting" in status(world).shown


async def test_everybody_reads_what_is_theirs_to_do_and_for_whom_the_rest_is(world: World) -> None:
    await world.jonas.command("/retro", "status", world.team)
    assert "No retro is open in this channel" in world.told(world.jonas, world.team)
    await start(world)
    for name in ("Reveal the notes", "Facilitate"):
        await world.press(world.jonas, name, status(world))
        assert "R-1's facilitator Mara Lind and co-facilitators" in world.told(world.jonas, world.team)
    await world.jonas.command("/retro", "status", world.team)
    [shown] = [m for m in world.jonas.reads(world.team) if m.ephemeral and "R-1 Post" in m.shown]
    assert pressable(shown) == {"Write notes", "Tell the facilitator"}


async def test_a_live_phase_is_given_two_minutes_more_by_one_press(world: World) -> None:
    world.slack.join(world.team, world.ines)
    await start(world, pace="live")
    await world.press(world.jonas, "2 minutes more", status(world))
    assert "facilitator Mara Lind" in world.told(world.jonas, world.team)
    await world.press(world.mara, "2 minutes more", status(world), times=2)
    await world.turn(minutes=7)
    assert "Collecting notes until" in status(world).shown
    await world.turn(minutes=2)
    assert "nobody has handed in anything" in status(world).shown
    assert "2 minutes more" not in pressable(status(world))
