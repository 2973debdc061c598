"""The end of a retro in Slack: scored, closed with and without an answer, told, looked up, and taken away."""

import csv
import io
import json

from slackapp.playground.slack import Channel, Message, Person
from tests.stories.test_retro_notes import hand_in, started
from tests.support.world import World, pressable

ANSWER = "Teams invite a second person in their first week"


def status(world: World) -> Message:
    """The retro's one message, whatever phase it is in."""
    return next(m for m in world.slack.messages(world.team) if m.shown.startswith("R-1 "))


def summary(world: World) -> Message:
    return world.shown(world.team, "what came of it")


async def closing(world: World, **fields: object) -> None:
    """Three people have handed in, and talked; it is at its close."""
    if world.team.name == "team-onboarding":
        world.slack.join(world.team, world.ines)
    await started(world, **fields)
    for person in (world.mara, world.jonas, world.ines):
        await hand_in(world, person, f"Of {person.name}")
    for button in ("Reveal the notes", "Begin discussing", "Begin closing"):
        await world.press(world.mara, button, status(world))
    assert "Closing" in status(world).shown


async def score(world: World, person: Person, works: str | None, needed: str | None) -> None:
    await person.press("Score", status(world))
    await person.modal()
    for name, value in (("works_1", works), ("needed_1", needed)):
        if value is not None:
            person.fill(name, value)
    assert await person.submit() == {}
    await world.settle()


async def close(world: World, **fields: object) -> None:
    await world.mara.press("Close it", status(world))
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()


async def typed(world: World, person: Person, words: str, where: Channel) -> str:
    """What `/retro` and these words answer."""
    await person.command("/retro", words, where)
    await world.settle()
    return world.told(person, where)


async def file(world: World, person: Person, name: str) -> str:
    """What stands in the file this person was sent last."""
    await world.press(person, name, summary(world))
    [shared] = world.slack.messages(person.dm)[-1].files
    return str(world.slack._slack.workspace.files[shared["id"]]["content"])


async def test_a_retro_is_scored_and_closed_and_the_channel_is_told_what_came_of_it(world: World) -> None:
    await world.launch()
    await closing(world, launches=["1"])
    await score(world, world.jonas, "4", "2")
    await score(world, world.ines, "5", "2")
    # Whoever facilitates says what happened, and lets the others score a while longer.
    await close(world, impact=ANSWER, works_1="3", then="keep")
    assert "Closing" in status(world).shown
    await world.jonas.press("Score", status(world))
    shown = (await world.jonas.modal()).shown
    assert "L-1 New onboarding" in shown
    assert "mean" not in shown
    assert ANSWER not in shown
    world.jonas.fill("needed_1", "none")
    assert await world.jonas.submit() == {}
    await world.mara.press("Close it", status(world))
    assert ANSWER in (await world.mara.modal()).shown
    assert await world.mara.submit() == {}
    await world.settle()

    told = summary(world)
    assert "Works as intended: 4.0 of 5 (n = 3). What users needed: 1 answer, too few to show." in told.shown
    assert f"What happened to users? {ANSWER}" in told.shown
    assert "3 of 3 handed in · 3 notes" in told.shown
    assert told.broadcast
    assert pressable(told) == {"Export Markdown", "Export CSV", "Export JSON"}
    assert "Closed" in status(world).shown
    assert pressable(status(world)) == set()


async def test_only_a_facilitator_closes_it_and_without_an_answer_only_by_a_tick(world: World) -> None:
    await world.launch()
    await closing(world, launches=["1"])
    await world.press(world.jonas, "Close it", status(world))
    assert "This is for R-1's facilitator Mara Lind" in world.told(world.jonas, world.team)
    await close(world, works_1="4")
    asked = await world.mara.modal()
    assert "Nothing is said about users yet" in asked.shown
    assert asked.values["works_1"]["value"]["selected_option"]["value"] == "4"
    # Saying nothing again changes nothing, and ticking it twice closes it once.
    assert await world.mara.submit() == {}
    assert "Nothing is said about users yet" in (await world.mara.modal()).shown
    world.mara.fill("skip", [True])
    assert await world.mara.submit(times=2) == {}
    await world.settle()
    [told] = [m for m in world.slack.messages(world.team) if "what came of it" in m.shown]
    assert "What happened to users? Closed without an answer." in told.shown
    assert "closed, without an answer on users" in await typed(world, world.jonas, "list", world.team)


async def test_a_closed_retro_is_shown_and_taken_away_by_those_in_its_channel_alone(world: World) -> None:
    guest = world.slack.add_person("Gus Guest", guest=True)
    outside = world.slack.add_person("Olga Outside")
    elsewhere = world.slack.add_channel("elsewhere", [outside])
    members = [world.mara, world.jonas, world.ines, guest]
    secret = world.team = world.slack.add_channel("secret", members, private=True)
    await closing(world, anonymity="named")
    assert "R-1 is open: closing" in await typed(world, world.jonas, "show R-1", secret)
    await close(world, impact=ANSWER)
    for where in (secret, world.jonas.dm):
        assert ANSWER in await typed(world, world.jonas, "show R-1", where)
    assert json.loads(await file(world, world.jonas, "Export JSON"))["impact"] == ANSWER
    rows = csv.DictReader(io.StringIO((await file(world, world.jonas, "Export CSV")).removeprefix("\ufeff")))
    authors = {row["author"] for row in rows if row["kind"] == "note"}
    assert authors == {"Mara Lind", "Jonas Bell", "Ines Okafor"}
    assert (await file(world, world.jonas, "Export Markdown")).startswith("# R-1 Post-launch review\n")

    assert "There is no R-1 that you can see" in await typed(world, outside, "show R-1", elsewhere)
    for words in ("show R-1", "list"):
        assert "Retros are for the members" in await typed(world, guest, words, secret)
    await world.press(guest, "Export JSON", summary(world))
    assert ANSWER not in world.told(guest, secret)
    assert world.slack.messages(guest.dm) == []

    await typed(world, world.jonas, "list", secret)
    await world.press(world.jonas, "What they come to over time", world.jonas.reads(secret)[-1])
    assert "Not enough yet: this needs 3 closed retros, and 1 is closed" in world.told(world.jonas, secret)
