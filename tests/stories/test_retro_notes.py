"""Notes of a retro in Slack: written, changed and revealed; added from elsewhere; a private word."""

from collections.abc import Sequence

from slackapp.playground.slack import Message, Person
from tests.support.world import World, pressable


async def started(world: World, **fields: object) -> Message:
    """Mara begins a retro in the team's channel; its status."""
    await world.mara.command("/retro", "start", world.team)
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    return status(world)


def status(world: World) -> Message:
    return next(m for m in reversed(world.slack.messages(world.team)) if "Write notes" in pressable(m))


async def write(world: World, person: Person, *columns: str) -> None:
    """Open the form, and type into its columns."""
    await person.press("Write notes", status(world))
    await person.modal()
    for name, text in zip(fields(person), columns, strict=False):
        person.fill(name, text)


async def hand_in(world: World, person: Person, *columns: str) -> None:
    await write(world, person, *columns)
    assert await person.submit() == {}
    await world.settle()
    await person.close_modal(everything=True)


def fields(person: Person) -> Sequence[str]:
    assert person.top is not None
    return [block["block_id"] for block in person.top.blocks if block["block_id"].startswith("new_")]


def own_fields(person: Person) -> Sequence[str]:
    assert person.top is not None
    return [block["block_id"] for block in person.top.blocks if block["block_id"].startswith("note_")]


async def test_ten_pasted_lines_are_ten_notes_and_the_form_says_so_and_is_empty_again(world: World) -> None:
    await started(world)
    await write(world, world.jonas, "\n".join(f"- Line {n}" for n in range(10)), "One more")
    before = fields(world.jonas)
    assert await world.jonas.submit() == {}
    top = await world.jonas.modal()
    assert "11 notes kept." in top.shown
    assert [top.values[name]["value"].get("value") for name in fields(world.jonas)] == [None] * 3
    assert set(before).isdisjoint(fields(world.jonas))
    assert len(own_fields(world.jonas)) == 11
    await world.settle()
    assert "1 of 2 handed in" in status(world).shown


async def test_the_same_ten_lines_can_be_one_note(world: World) -> None:
    await started(world)
    await write(world, world.jonas, "\n".join(f"Line {n}" for n in range(10)))
    world.jonas.fill("lines", [])
    assert await world.jonas.submit() == {}
    assert "1 note kept." in (await world.jonas.modal()).shown


async def test_notes_are_changed_in_place_and_withdrawn_by_emptying_them(world: World) -> None:
    await started(world)
    await hand_in(world, world.jonas, "It helped\nToo slow")
    await write(world, world.jonas)
    first, second = own_fields(world.jonas)
    world.jonas.fill(first, "It helped a lot")
    world.jonas.fill(second, "")
    assert await world.jonas.submit() == {}
    top = await world.jonas.modal()
    assert "1 note changed, 1 note withdrawn." in top.shown
    assert len(own_fields(world.jonas)) == 1
    await world.jonas.close_modal(everything=True)
    await write(world, world.mara)
    assert own_fields(world.mara) == []


async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(world: World) -> None:
    await started(world)
    await write(world, world.jonas, "Short", "x" * 3000)
    column, long, _ = fields(world.jonas)
    errors = await world.jonas.submit()
    assert list(errors) == [long]
    assert "500 characters" in errors[long]
    assert "3,000" in errors[long]
    top = await world.jonas.modal()
    assert top.values[column]["value"]["value"] == "Short"
    world.jonas.fill(long, "")
    world.jonas.fill(column, " \n ")
    assert "nothing to add" in (await world.jonas.submit())[column]
    world.jonas.fill("nothing", ["nothing"])
    assert await world.jonas.submit() == {}
    await world.settle()
    assert world.jonas.top is None
    assert "1 of 2 handed in" in status(world).shown


async def test_with_two_hand_ins_an_anonymous_retro_reveals_nothing_and_says_so_beforehand(
    world: World,
) -> None:
    world.slack.join(world.team, world.ines)
    await started(world)
    await write(world, world.jonas, "Said by one")
    assert "if fewer than three people write some, none is" in (await world.jonas.modal()).shown
    assert await world.jonas.submit() == {}
    await world.jonas.close_modal(everything=True)
    await hand_in(world, world.mara, "Said by another")
    await world.press(world.mara, "Reveal the notes", status(world))
    assert "nothing is revealed" in (await world.mara.modal()).shown
    await world.mara.close_modal()
    assert not any("Said by" in message.shown for message in world.slack.messages(world.team))
    await hand_in(world, world.ines, "Said by a third")
    await world.press(world.mara, "Reveal the notes", status(world))
    assert any("Voting" in message.shown for message in world.slack.messages(world.team))


async def test_a_note_after_the_reveal_is_refused_and_stays_typed(world: World) -> None:
    await started(world, anonymity="named")
    await hand_in(world, world.mara, "First")
    await write(world, world.jonas, "Too late")
    await world.press(world.mara, "Reveal the notes", status(world))
    errors = await world.jonas.submit()
    assert "past collecting notes" in " ".join(errors.values())
    assert (await world.jonas.modal()).values[fields(world.jonas)[0]]["value"]["value"] == "Too late"


async def test_retro_add_asks_for_the_column_while_notes_are_collected(world: World) -> None:
    await started(world)
    await world.jonas.command("/retro", "add Support heard nothing of it", world.team)
    top = await world.jonas.modal()
    assert "Support heard nothing of it" in top.shown
    world.jonas.fill("column", "Could be better")
    assert await world.jonas.submit() == {}
    assert "under Could be better" in (await world.jonas.modal()).shown
    await world.jonas.close_modal(everything=True)
    # Without a note it opens the form for all of them.
    await world.jonas.command("/retro", "add", world.team)
    await world.jonas.modal()
    assert len(own_fields(world.jonas)) == 1


async def test_with_no_retro_open_a_note_waits_and_can_be_taken_back(world: World) -> None:
    await world.jonas.command("/retro", "add", world.team)
    assert "Write your note after it" in world.told(world.jonas, world.team)
    await world.jonas.command("/retro", "add Ask <!channel> earlier", world.team)
    await world.jonas.command("/retro", "add Never mind", world.team)
    told = [m for m in world.jonas.reads(world.team) if m.ephemeral][1:]
    assert "Kept for the next retro here, without your name." in told[-1].shown
    await world.press(world.jonas, "Take back", told[-1])
    assert "Taken back" in world.told(world.jonas, world.team)
    await started(world)
    shown = "".join(message.shown for message in world.slack.messages(world.team))
    assert "Ask @channel earlier" in shown
    assert "Never mind" not in shown
    assert "Jonas" not in shown
    await world.press(world.jonas, "Take back", told[0])
    assert "waits no more" in world.told(world.jonas, world.team)


async def test_a_message_goes_to_the_retro_of_its_own_channel_with_a_link(world: World) -> None:
    said = await world.mara.say(world.team, "The importer took 40 minutes again")
    await world.jonas.shortcut("retros.add_from_message", said)
    top = await world.jonas.modal()
    assert "The importer took 40 minutes again" in top.shown
    assert "This waits for the channel's next one" in top.shown
    assert "from a message" in top.shown
    await started(world)
    # What it was opened for has begun meanwhile, so it asks for the column.
    assert await world.jonas.submit() == {}
    assert "Where?" in (await world.jonas.modal()).shown
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "1 of 2 handed in" in status(world).shown


async def test_nothing_is_added_from_a_direct_message(world: World) -> None:
    await world.jonas.command("/retro", "add Something", world.jonas.dm)
    assert "in the channel of the team" in world.told(world.jonas)


async def test_the_facilitator_is_told_and_nobody_learns_by_whom(world: World) -> None:
    now = await started(world)
    await world.jonas.press("Tell the facilitator", now)
    assert "Slack itself knows that you sent it" in (await world.jonas.modal()).shown
    world.jonas.fill("text", "I am afraid to say it <!here> aloud")
    assert await world.jonas.submit() == {}
    await world.settle()
    [told] = [m for m in world.slack.messages(world.mara.dm) if "told you privately" in m.shown]
    assert "I am afraid to say it @here aloud" in told.shown
    assert "Jonas" not in told.shown
    assert not any("afraid" in m.shown for m in world.slack.messages(world.team))
    await world.press(world.mara, "Tell the facilitator", now)
    assert "comes to you" in world.told(world.mara, world.team)


async def test_what_is_too_long_for_a_note_is_shortened_in_a_form_and_can_be_taken_back_there(
    world: World,
) -> None:
    await world.jonas.command("/retro", "add " + "long " * 150, world.team)
    await world.jonas.modal()
    assert "500 characters" in (await world.jonas.submit())["text"]
    world.jonas.fill("text", "Shorter")
    assert await world.jonas.submit() == {}
    await world.jonas.press("Take back")
    await world.slack.until(lambda: world.jonas.top and "Taken back" in world.jonas.top.shown)
    await world.jonas.close_modal(everything=True)
    await started(world)
    assert not any("Shorter" in message.shown for message in world.slack.messages(world.team))
