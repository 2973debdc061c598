"""A person mends what Slack refused, and presses Try again."""

from tests.support.world import LAUNCH, World


async def test_inviting_the_bot_and_trying_again_brings_the_card(worlds: World) -> None:
    world = worlds
    world.expected_refusals |= {"not_in_channel"}
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    for name, value in LAUNCH.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    world.slack.remove_bot(world.team)  # before the card is posted
    await world.settle()
    notice = world.shown(world.mara.dm, "could not post")
    assert "/invite @Afterlaunch" in notice.shown

    await world.mara.press("Try again", notice)
    await world.settle()
    notice = world.shown(world.mara.dm, "could not post")
    assert "[Try again]" in notice.shown

    world.slack.invite_bot(world.team)
    await world.mara.press("Try again", notice)
    await world.settle()
    cards = [m for m in world.slack.messages(world.team) if "New onboarding" in m.shown]
    assert len(cards) == 1
    assert "[Try again]" not in world.slack.messages(world.mara.dm)[-1].shown


async def test_trying_again_twice_posts_once(world: World) -> None:
    world.expected_refusals |= {"not_in_channel"}
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    for name, value in LAUNCH.items():
        world.mara.fill(name, value)
    await world.mara.submit()
    world.slack.remove_bot(world.team)  # before the card is posted
    await world.settle()
    world.slack.invite_bot(world.team)
    await world.mara.press("Try again", world.shown(world.mara.dm, "could not post"), times=2)
    await world.settle()
    assert sum("New onboarding" in m.shown for m in world.slack.messages(world.team)) == 1


async def test_what_is_dropped_is_asked_about_no_more(worlds: World) -> None:
    world = worlds
    world.expected_refusals |= {"not_in_channel"}
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    for name, value in LAUNCH.items():
        world.mara.fill(name, value)
    await world.mara.submit()
    world.slack.remove_bot(world.team)  # before the card is posted
    await world.settle()
    notice = world.shown(world.mara.dm, "could not post")
    await world.mara.press("Drop it", notice, confirm=False)
    await world.settle()
    assert "[Drop it]" in world.shown(world.mara.dm, "could not post").shown
    await world.press(world.mara, "Drop it", notice)
    dropped = world.slack.messages(world.mara.dm)[-1].shown
    assert "Dropped: this is not posted." in dropped
    assert "[" not in dropped
    world.slack.invite_bot(world.team)
    await world.settle()
    assert not [m for m in world.slack.messages(world.team) if "New onboarding" in m.shown]
