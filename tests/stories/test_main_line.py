"""The main line: a launch is recorded, its team is asked, the channel hears what happened."""

from tests.support.world import World


async def test_a_launch_is_asked_about_until_the_channel_knows(worlds: World) -> None:
    world = worlds
    card = await world.launch()
    assert "will raise Activation from 40 % to 50 % by 7 Oct 2026" in card.shown
    assert "under 2.5 % is no change" in card.shown

    await world.turn(days=7, hours=2)
    assert len(world.asked(world.mara)) == 1
    answer = await world.reply(world.mara, "42 %")
    assert "40 % → 42 %, 7 days after New onboarding" in answer.shown
    assert "So far: 42 %" in world.shown(world.team, "L-1").shown

    await world.turn(days=23)
    await world.reply(world.mara, "44 %, but Black Friday")
    outcome = world.shown(world.team, "40 % → 44 %")
    assert outcome.thread_ts == card.ts
    assert outcome.broadcast
    assert "Verdict: moved" in outcome.shown
    assert "but Black Friday" in outcome.shown

    await world.mara.press("Iterate", world.shown(world.mara.dm, "What do you do about it?"))
    await world.settle()
    assert "Decision: Iterate" in world.shown(world.team, "40 % → 44 %").shown
    assert world.asked(world.mara) == []
