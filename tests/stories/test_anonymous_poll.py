"""An anonymous poll as Slack hears of it: until the close each reads their own answer, then everybody all."""

from slackapp.playground.slack import Channel, Person
from tests.support.traffic import Traffic
from tests.support.world import World

QUESTION = "What should we stop doing?"
WORDS = ("marmalade", "semaphores", "tugboats", "ledgers", "confetti", "barnacles")


async def ask(world: World, room: Channel) -> None:
    """Mara asks everybody in the channel for a short text, without names."""
    await world.mara.command("/discovery", f"poll {QUESTION}", room)
    await world.mara.modal()
    await world.mara.choose("kind", "A short text")
    await world.settle()
    await world.mara.choose("naming", "Without names")
    assert await world.mara.submit() == {}
    await world.settle()


async def answer(world: World, room: Channel, person: Person, word: str) -> None:
    await person.press("Answer", world.shown(room, QUESTION))
    await person.modal()
    person.fill("answer", word)
    assert await person.submit() == {}
    await world.settle()
    await person.close_modal()


async def test_until_it_is_closed_nobody_hears_an_answer_but_who_gave_it(world: World) -> None:
    more = [world.slack.add_person(name) for name in ("Ada Low", "Bo Ek", "Cy Moss", "Di Fry")]
    people = [world.jonas, world.ines, *more]
    room = world.slack.add_channel("open-words", [world.mara, *people])
    traffic = Traffic(world.slack)
    await ask(world, room)
    for person, word in zip(people, WORDS, strict=True):
        await answer(world, room, person, word)
    # Changed, and said twice: the last holds.
    await answer(world, room, world.jonas, "marmalade, all of it")
    assert "6 of 7 answered." in world.shown(room, QUESTION).shown
    for person, word in zip(people, WORDS, strict=True):
        readers = [each.readers for each in traffic.shown if word in each.words]
        assert readers
        assert set().union(*readers) == {person.id}
    so_far = len(traffic.shown)
    await world.turn(days=8)
    told = [each for each in traffic.shown[so_far:] if any(word in each.words for word in WORDS)]
    assert told
    for each in told:
        assert all(word in each.words for word in WORDS)
        assert not any(person.id in each.words for person in people)
    assert [traffic.strays(word) for word in WORDS] == [[]] * len(WORDS)
    reported = {shown.words for shown in told}
    assert len(reported) == 1
