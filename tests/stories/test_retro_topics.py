"""A retro in Slack from its notes to what is done about them: grouped, voted for, and discussed."""

import json

from slackapp.playground.slack import Message, Person
from tests.support.topics import ALONE, NOTES
from tests.support.world import World

#: Of what the team wrote, a third each.
SHARES = (NOTES[0::3], NOTES[1::3], NOTES[2::3])


async def revealed(world: World, **fields: object) -> None:
    """Mara begins a retro, all three hand in, and the notes are revealed."""
    world.slack.join(world.team, world.ines)
    await world.mara.command("/retro", "start", world.team)
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    for person, texts in zip((world.mara, world.jonas, world.ines), SHARES, strict=True):
        await person.press("Write notes", status(world))
        top = await person.modal()
        first = next(block["block_id"] for block in top.blocks if block["block_id"].startswith("new_"))
        person.fill(first, "\n".join(texts))
        assert await person.submit() == {}
        await person.close_modal(everything=True)
        await world.settle()
    await world.press(world.mara, "Reveal the notes", status(world))


def status(world: World) -> Message:
    return next(m for m in reversed(world.slack.messages(world.team)) if m.shown.startswith("R-"))


async def part(world: World, person: Person, label: str) -> str:
    """Open one's part; what the modal shows."""
    await person.press(label, status(world))
    return (await person.modal()).shown


async def click(world: World, person: Person, label: str, *, value: str | None = None) -> str:
    """Press a button in the modal; what it shows then."""
    await person.press(label, value=value)
    await world.settle()
    assert person.top is not None
    return person.top.shown


def offered(person: Person, field: str, words: str) -> str:
    """The value of the option that shows these words."""
    assert person.top is not None
    block = next(block for block in person.top.blocks if block.get("block_id") == field)
    for group in block["element"]["option_groups"]:
        for option in group["options"]:
            if words in option["text"]["text"]:
                return str(option["value"])
    raise AssertionError(f"{words!r} is not in {json.dumps(block)}")


def topic_of(person: Person, words: str) -> str:
    """The id of the topic that the modal to vote in shows so."""
    assert person.top is not None
    at = next(
        index
        for index, block in enumerate(person.top.blocks)
        if words in json.dumps(block, ensure_ascii=False)
    )
    row = next(block for block in person.top.blocks[at:] if str(block.get("block_id")).startswith("vote_"))
    return str(row["block_id"]).removeprefix("vote_")


async def test_notes_are_grouped_voted_for_and_discussed_and_something_comes_of_it(world: World) -> None:
    await revealed(world, pace="live")
    await group(world)
    await world.press(world.mara, "Begin voting", status(world))
    await vote(world)
    await note_down(world)
    await go_on(world)


async def group(world: World) -> None:
    """Jonas puts the cake to the meetings; Mara has the form open too, and takes that apart again."""
    mara, jonas = world.mara, world.jonas
    shown = await part(world, jonas, "Group notes")
    assert "5 topics, and 3 notes in none." in shown
    assert "suggested" in shown
    assert all(text in shown for text in NOTES)
    jonas.fill("notes_0", [offered(jonas, "notes_0", "cake")])
    jonas.fill("into_0", offered(jonas, "into_0", "Meetings"))
    jonas.fill("name_0", "Calendars & cake")
    assert await jonas.submit() == {}
    assert "1 note in “Calendars & cake”." in (await jonas.modal()).shown
    # Nothing is chosen in the form that came back; to press again is a mistake, said at its field.
    assert set(await jonas.submit()) == {"notes_1"}
    await part(world, mara, "Group notes")
    mara.fill("topics_0", [offered(mara, "topics_0", "Calendars")])
    mara.fill("into_0", "none")
    assert await mara.submit() == {}
    assert "3 notes in no topic." in (await mara.modal()).shown
    assert "Calendars" not in await click(world, jonas, "Refresh")
    await mara.close_modal(everything=True)
    await jonas.close_modal(everything=True)


async def vote(world: World) -> None:
    """4 topics and 6 notes alone. Mara begins the discussion while Jonas still looks at his votes."""
    mara, jonas = world.mara, world.jonas
    assert "Votes: 3 of 3 left." in await part(world, jonas, "Vote")
    deploy, cake = topic_of(jonas, "Deploy"), topic_of(jonas, "cake")
    shown = await click(world, jonas, "Vote", value=f"{deploy}:1")
    assert "Votes: 2 of 3 left." in shown
    assert "Nobody is shown how you voted" in shown
    await click(world, jonas, "One more", value=f"{deploy}:2")
    shown = await click(world, jonas, "Vote", value=f"{cake}:1")
    assert "Votes: 0 of 3 left." in shown
    assert "[Vote]" not in shown
    assert "Votes: 1 of 3 left." in await click(world, jonas, "One less", value=f"{deploy}:1")
    assert "1 of 3 voted" in status(world).shown
    # Nothing of that is in any message.
    assert not any("Deploy" in message.shown for message in world.slack.messages(world.team))
    await world.press(mara, "Begin discussing", status(world))
    await jonas.press("One less", value=f"{deploy}:0")
    await world.settle()
    assert jonas.top is not None
    assert "The vote of R-1 is over." in jonas.top.shown
    await jonas.close_modal(everything=True)


async def note_down(world: World) -> None:
    """What comes of a topic is noted while they talk."""
    jonas = world.jonas
    shown = await part(world, jonas, "Discuss")
    assert "1 of 9: " in shown
    assert "1 vote" in shown
    assert "Next topic" not in shown
    await click(world, jonas, "Add an action item")
    jonas.fill("text", "Split the pipeline in two")
    jonas.fill("owner", world.ines.id)
    assert await jonas.submit() == {}
    shown = (await jonas.modal()).shown
    assert "Noted so far" in shown
    assert "Split the pipeline in two" in shown
    await click(world, jonas, "Add a decision")
    jonas.fill("decision", "We deploy twice a day")
    assert await jonas.submit() == {}
    shown = (await jonas.modal()).shown
    assert "Decided: We deploy twice a day" in shown
    await jonas.press("Edit", value=next(v for v in _values(jonas) if v.startswith("decision:")))
    await world.settle()
    jonas.fill("decision", "We deploy three times a day")
    assert await jonas.submit() == {}
    assert "three times" in (await jonas.modal()).shown


async def go_on(world: World) -> None:
    """Mara goes on; Jonas sees it when he looks."""
    mara, jonas = world.mara, world.jonas
    await part(world, mara, "Discuss")
    await click(world, jonas, "Add a decision")
    assert "2 of 9: " in await click(world, mara, "Next topic")
    assert "topic 2 of 9" in status(world).shown
    jonas.fill("decision", "Under what was discussed when I began to write")
    assert await jonas.submit() == {}
    shown = (await jonas.modal()).shown
    assert "2 of 9: " in shown
    assert "Noted under " in shown
    assert "2 of 9: " in await click(world, jonas, "Refresh")
    assert jonas.top is not None
    assert "Noted under " not in jonas.top.shown
    assert "1 of 9: " in await click(world, mara, "Topic before")
    await mara.choose("retros.choose_topic", offered_topic(mara, ALONE[1]))
    await world.settle()
    assert mara.top is not None
    assert "Jonas paired with everybody" in mara.top.shown


def _values(person: Person) -> list[str]:
    assert person.top is not None
    rows = [block["elements"] for block in person.top.blocks if block["type"] == "actions"]
    return [str(element.get("value", "")) for row in rows for element in row]


def offered_topic(person: Person, words: str) -> str:
    assert person.top is not None
    block = next(b for b in person.top.blocks if b.get("block_id") == "retros.choose_topic")
    options = [o for group in block["elements"][0]["option_groups"] for o in group["options"]]
    return next(str(option["value"]) for option in options if words in option["text"]["text"])


async def test_start_over_leaves_no_topic_and_facilitators_merge_what_is_voted_for(world: World) -> None:
    await revealed(world)
    await part(world, world.mara, "Group notes")
    shown = await click(world, world.mara, "Start over")
    assert "Every note stands alone again." in shown
    assert "0 topics, and 16 notes in none." in shown
    await world.mara.close_modal(everything=True)
    await world.press(world.mara, "Begin voting", status(world))
    await part(world, world.jonas, "Vote")
    assert "Merge topics" not in (await world.jonas.modal()).shown
    await world.jonas.close_modal(everything=True)
    await part(world, world.mara, "Vote")
    await click(world, world.mara, "Merge topics")
    mara = world.mara
    mara.fill("topics", [offered(mara, "topics", "Standup"), offered(mara, "topics", "Too many")])
    assert await mara.submit() == {}
    assert "Meetings" in (await mara.modal()).shown
    await mara.close_modal(everything=True)
    # Over days the topics stand in the thread, for people to talk there.
    await world.press(mara, "Begin discussing", status(world))
    listed = world.shown(world.team, "Topics of R-1")
    assert listed.thread_ts == status(world).ts
    assert "Too many meetings" in listed.shown
