"""Once the channel is asked: whoever knows answers, decides, and may take it back."""

import asyncio
from datetime import UTC, datetime, timedelta

from slackapp.playground.slack import Person
from tests.support.world import World

#: The Monday on which the channel is asked about a launch of 7 September without a backup.
CHANNEL_ASKED = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)


async def asked_in_channel(world: World) -> None:
    await world.launch(checkpoints=["30"])
    await world.turn_to(CHANNEL_ASKED)


async def knows(world: World, person: Person, value: str) -> dict[str, str]:
    await person.press("I know", world.shown(world.team, "Does anyone know"))
    await person.modal()
    person.fill("value", value)
    return await person.submit()


async def test_whoever_knows_gets_the_answer_with_undo_and_the_decision(worlds: World) -> None:
    world = worlds
    await asked_in_channel(world)
    assert await knows(world, world.jonas, "4.4 %") == {}
    await world.settle()
    [mine] = world.slack.messages(world.jonas.dm)
    assert "Verdict: regressed" in mine.shown
    assert "[Override]" not in mine.shown
    await world.press(world.jonas, "Undo", mine)
    assert "Taken back: 4.4 % for L-1" in world.slack.messages(world.jonas.dm)[-1].shown
    assert "was taken back" in world.shown(world.team, "was taken back").shown
    assert "[I know]" in world.shown(world.team, "Does anyone know").shown
    assert await knows(world, world.jonas, "44 %") == {}
    await world.settle()
    await world.press(world.jonas, "Iterate", world.slack.messages(world.jonas.dm)[-1])
    assert "Decision: Iterate" in world.shown(world.team, "Recorded by @Jonas Bell").shown
    assert "Decision: Iterate" in world.slack.messages(world.mara.dm)[-1].shown


async def test_a_guest_answers_what_the_channel_was_asked_and_only_that(world: World) -> None:
    guest = world.slack.add_person("Gil Reyes", guest=True)
    world.slack.join(world.team, guest)
    await asked_in_channel(world)
    assert await knows(world, guest, "44 %") == {}
    await world.settle()
    assert "Recorded by @Gil Reyes" in world.shown(world.team, "Recorded by").shown
    [mine] = world.slack.messages(guest.dm)
    assert "measured launch" not in mine.shown
    await world.press(guest, "Undo", mine)
    assert "Taken back" in world.slack.messages(guest.dm)[-1].shown


async def test_of_two_who_know_at_once_one_answer_counts_and_the_other_is_told(worlds: World) -> None:
    world = worlds
    await asked_in_channel(world)
    asked = world.shown(world.team, "Does anyone know")
    for person, value in ((world.mara, "44 %"), (world.jonas, "53 %")):
        await person.press("I know", asked)
        await person.modal()
        person.fill("value", value)
    both = await asyncio.gather(world.mara.submit(), world.jonas.submit())
    await world.settle()
    [told] = [wrong["value"] for wrong in both if wrong]
    assert "has already recorded" in told
    assert "press Undo under the answer" in told
    assert len([m for m in world.slack.messages(world.team) if "Recorded by" in m.shown]) == 1


async def test_an_archived_channel_is_asked_nothing_and_the_ladder_ends(world: World) -> None:
    world.expected_refusals |= {"is_archived", "is_inactive"}
    await world.launch(checkpoints=["30"])
    world.slack.archive(world.team)
    await world.turn_to(datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    assert [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown] == []
    assert "counts as unmeasured" in world.shown(world.mara.dm, "Nobody could say").shown


async def test_nobody_knows_is_an_answer_too_and_can_be_taken_back(world: World) -> None:
    await asked_in_channel(world)
    await world.press(world.jonas, "Nobody does", world.shown(world.team, "Does anyone know"))
    [mine] = world.slack.messages(world.jonas.dm)
    assert "Nobody in the channel knows" in mine.shown
    await world.press(world.jonas, "Undo", mine)
    assert "Taken back: that there is no number for L-1" in world.slack.messages(world.jonas.dm)[-1].shown


async def test_what_comes_after_a_mondays_message_is_asked_on_the_next(world: World) -> None:
    """London's morning is an hour later than Stockholm's, when the message stands there already."""
    await world.launch(checkpoints=["30"])
    await world.launch("Faster search", by=world.jonas, checkpoints=["30"], owner=world.jonas)
    await world.turn_to(CHANNEL_ASKED + timedelta(days=1))
    asked = [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    assert ["Faster search" in m.shown for m in asked] == [False]
    await world.turn(days=7)
    asked = [m for m in world.slack.messages(world.team) if "Does anyone know" in m.shown]
    assert ["Faster search" in m.shown for m in asked] == [False, True]
