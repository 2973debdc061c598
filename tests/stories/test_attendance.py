"""A poll about who comes to a deep dive: logged once it is closed, and its maker says what came of it."""

from slackapp.playground.slack import Message
from tests.support.world import World, pressable

DIVE = "Will you be at the tech deep dive?"


async def dive(world: World) -> Message:
    """Mara's poll, in the team's channel."""
    await world.mara.command("/discovery", "poll", world.team)
    await world.mara.modal()
    await world.mara.choose("template", "A tech deep dive: who comes, and what to ask")
    await world.slack.until(lambda: world.mara.top and DIVE in world.mara.top.shown)
    assert await world.mara.submit() == {}
    await world.settle()
    return world.shown(world.team, DIVE)


async def test_it_is_logged_at_its_close_and_whoever_made_it_says_what_came_of_it(worlds: World) -> None:
    world = worlds
    poll = await dive(world)
    await world.press(world.jonas, "I'll be there", poll)
    await world.jonas.modal()
    world.jonas.fill("function", "Engineering")
    await world.jonas.submit()
    await world.settle()
    assert [m for m in world.slack.messages(world.team) if "Counted by" in m.shown] == []
    await world.turn(days=4)
    logged = world.shown(world.team, "Counted by P-1 of @Mara Lind")
    assert "Tech deep dive on 9 Sep 2026." in logged.shown
    assert "Engineering took part" in logged.shown

    [asked] = [
        m for m in world.slack.messages(world.mara.dm) if "Tech deep dive: what came of it?" in m.shown
    ]
    assert "P-1 · Engineering said they would be there · closed 9 Sep 2026" in asked.shown
    answer = await world.reply(world.mara, "The import moves to the queue")
    assert "Tech deep dive: The import moves to the queue" in answer.shown
    assert "The import moves to the queue" in world.shown(world.team, "Counted by").shown
    await world.press(world.mara, "Change", answer)
    await world.mara.modal()
    world.mara.fill("came", ["A cheaper alternative was found"])
    world.mara.fill("weeks_saved", "2")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Saved about 2 weeks" in world.shown(world.team, "Counted by").shown
    await world.press(world.mara, "Remove", world.shown(world.team, "Counted by"))
    assert "What this asked about was removed" in world.shown(world.mara.dm, "was removed").shown
    assert pressable(world.shown(world.team, "was removed by @Mara Lind")) == set()
    await world.turn(days=5)
    assert [m for m in world.slack.messages(world.mara.dm) if "what came of it?" in m.shown] == []


async def test_where_nobody_comes_nothing_is_logged(world: World) -> None:
    await world.press(world.jonas, "I can't this time", await dive(world))
    await world.turn(days=4)
    assert [m for m in world.slack.messages(world.team) if "Counted by" in m.shown] == []
    assert [m for m in world.slack.messages(world.mara.dm) if "what came of it?" in m.shown] == []
