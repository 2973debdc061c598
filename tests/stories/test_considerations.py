"""The senior engineer of a planned launch: asked on their morning, and what they say stands on the card."""

from slackapp.playground.slack import Message, Person
from tests.support.world import World, pressable

QUESTION = "What are the technical considerations we should factor in?"
#: A Thursday; the stories begin on a Monday at 08:00 in UTC.
DAY = "2026-09-17"


async def planned(world: World) -> Message:
    return await world.launch(day=DAY, senior_id=world.jonas)


def asked(world: World, person: Person) -> list[Message]:
    return [m for m in world.slack.messages(person.dm) if QUESTION in m.shown]


async def test_a_senior_engineer_is_asked_on_their_morning_and_answers_by_a_reply(worlds: World) -> None:
    world = worlds
    await planned(world)
    assert asked(world, world.jonas) == []
    await world.turn(hours=2)
    [question] = asked(world, world.jonas)
    assert "New onboarding" in question.shown
    assert "planned for 17 Sep 2026" in question.shown
    assert "New teams give up" in question.shown
    assert pressable(question) >= {"Answer", "Ask someone else"}
    assert "Snooze" in question.shown
    told = len(world.slack.messages(world.mara.dm))

    reply = await world.jonas.say(world.jonas.dm, "One process.\nAbove 10,000 rows it must queue.")
    await world.settle()
    echo = world.slack.messages(world.jonas.dm)[-1]
    assert "Technical considerations of L-1 New onboarding" in echo.shown
    assert pressable(echo) == {"Change", "Undo"}
    card = world.card().shown
    assert "Technical considerations, says @Jonas Bell: One process. Above 10,000 rows" in card
    await world.mara.press("More", world.card())
    assert "Above 10,000 rows it must queue." in (await world.mara.modal()).shown
    # Nobody is pinged for it.
    assert len(world.slack.messages(world.mara.dm)) == told

    await world.jonas.edit(reply, "It must queue above 5,000 rows")
    await world.settle()
    assert "says @Jonas Bell: It must queue above 5,000 rows" in world.card().shown
    await world.press(world.jonas, "Undo", world.slack.messages(world.jonas.dm)[-1])
    assert "Technical considerations" not in world.card().shown
    assert pressable(asked(world, world.jonas)[-1]) >= {"Answer"}


async def test_by_form_it_may_be_long_and_is_changed_by_whoever_said_it_alone(world: World) -> None:
    await planned(world)
    await world.turn(hours=2)
    await world.jonas.press("Answer", asked(world, world.jonas)[-1])
    await world.jonas.modal()
    world.jonas.fill("text", "  ")
    assert "none that I see" in (await world.jonas.submit())["text"]
    world.jonas.fill("text", "long words " * 250)
    assert await world.jonas.submit() == {}
    await world.settle()
    [line] = [line for line in world.card().shown.splitlines() if "long words" in line]
    assert 300 < len(line) < 400
    assert line.endswith("…")
    shown = await world.mara.command("/launch", "show L-1", world.team)
    assert shown is not None
    assert "Change the considerations" not in shown.shown
    stale = await world.jonas.command("/launch", "show L-1", world.team)
    await world.jonas.press("Change the considerations", stale)
    form = await world.jonas.modal()
    assert "long words" in form.shown
    world.jonas.fill("text", "short")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "says @Jonas Bell: short" in world.card().shown


async def test_another_senior_engineer_is_asked_instead_and_none_if_none_is_named(world: World) -> None:
    await planned(world)
    await world.turn(hours=2)
    for senior, who in ((world.mara, world.mara), (None, None)):
        await world.mara.press("Edit", world.card())
        await world.mara.modal()
        world.mara.fill("senior_id", senior)
        assert await world.mara.submit() == {}
        await world.settle()
        await world.turn(days=1)
        if who is not None:
            assert "Mara Lind is asked now" in world.slack.messages(world.jonas.dm)[-1].shown
            assert pressable(asked(world, who)[-1]) >= {"Answer"}
    assert "not asked any more" in world.slack.messages(world.mara.dm)[-1].shown
    assert asked(world, world.mara) == []


async def test_named_later_they_are_asked_then(world: World) -> None:
    await world.launch(day=DAY)
    await world.turn(days=1)
    assert asked(world, world.jonas) == []
    await world.mara.press("Edit", world.card())
    await world.mara.modal()
    world.mara.fill("senior_id", world.jonas)
    assert await world.mara.submit() == {}
    await world.settle()
    await world.turn(days=1)
    assert len(asked(world, world.jonas)) == 1


async def test_once_it_is_out_or_dropped_nothing_is_asked_any_more_and_what_was_said_stands(
    world: World,
) -> None:
    await planned(world)
    await world.launch("New pricing", day=DAY, senior_id=world.jonas)
    await world.launch("New search", day=DAY, senior_id=world.jonas)
    await world.turn(hours=2)
    [question] = asked(world, world.jonas)
    await world.jonas.press("Answer", question, value="1")
    await world.jonas.modal()
    world.jonas.fill("text", "None that I see")
    assert await world.jonas.submit() == {}
    await world.settle()
    for label in ("L-1", "L-2"):
        await world.mara.press("Edit", world.card(f"{label} "))
        await world.mara.modal()
        world.mara.fill("day", "2026-09-07")
        assert await world.mara.submit() == {}
        await world.settle()
    shown = await world.mara.command("/launch", "cancel L-3", world.team)
    assert shown is not None
    await world.press(world.mara, "Cancel this launch", shown)
    assert "says @Jonas Bell: None that I see" in world.card("L-1 ").shown
    question = world.slack.messages(world.jonas.dm)[-1]
    assert "L-2 New pricing is out, so nothing is to be factored in any more" in question.shown
    assert "L-3 New search was cancelled" in question.shown
    assert pressable(question) == set()
    await world.turn(days=3)
    assert len([m for m in world.slack.messages(world.jonas.dm) if QUESTION in m.shown]) == 0
    answer = await world.reply(world.jonas, "too late")
    assert "none is open for you" in answer.shown


async def test_a_senior_engineer_who_leaves_leaves_it_to_the_owner(world: World) -> None:
    await planned(world)
    await world.turn(hours=2)
    world.slack.deactivate(world.jonas)
    await world.settle()
    await world.turn(days=1)
    [question] = asked(world, world.mara)
    assert "Its senior engineer @Jonas Bell has not said" in question.shown
    answer = await world.reply(world.mara, "It must queue")
    assert "Technical considerations of L-1" in answer.shown
    assert "says @Mara Lind: It must queue" in world.card().shown
