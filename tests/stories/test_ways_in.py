"""The other ways in: a message's menu, and the invitation to a channel."""

from tests.support.world import LAUNCH, World


async def test_a_message_is_recorded_and_its_outcome_comes_back_to_its_thread(worlds: World) -> None:
    world = worlds
    said = await world.jonas.say(world.team, "New onboarding is live\nThanks all")
    await world.mara.shortcut("launches.from_message", said)
    form = await world.mara.modal()
    assert "New onboarding is live" in form.shown
    assert "Thanks all" not in form.shown
    for name, value in {**LAUNCH, "day": "2026-08-01"}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert world.shown(world.team, "L-1").thread_ts == said.ts
    await world.reply(world.mara, "44 %")
    outcome = world.shown(world.team, "40 % → 44 %")
    assert (outcome.thread_ts, outcome.broadcast) == (said.ts, True)


async def test_a_reply_is_recorded_into_the_thread_it_stands_in(world: World) -> None:
    parent = await world.jonas.say(world.team, "Shipping today")
    reply = await world.jonas.say(world.team, "and it is out", parent)
    await world.mara.shortcut("launches.from_message", reply)
    await world.mara.modal()
    for name, value in LAUNCH.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert world.shown(world.team, "L-1").thread_ts == parent.ts


async def test_who_and_what_a_message_mentions_is_called_by_name(world: World) -> None:
    stranger = world.slack.add_person("Nell Harding", tz="Europe/Dublin")
    world.slack.add_channel("board", [world.jonas], private=True)
    await world.jonas.command("/launch", "help", world.team)
    words = f"@{world.jonas.name} has @{stranger.name}'s map out, see #{world.team.name} and #board"
    said = await world.jonas.say(world.team, words)
    await world.mara.shortcut("launches.from_message", said)
    form = await world.mara.modal()
    assert f"@{world.jonas.name} has somebody's map out, see #{world.team.name} and a channel" in form.shown


async def test_a_message_without_words_and_one_far_too_long_still_open_the_form(world: World) -> None:
    for text in ("x" * 3000, "   \n  "):
        said = await world.jonas.say(world.team, text)
        await world.mara.shortcut("launches.from_message", said)
        await world.mara.modal()
        await world.mara.close_modal()


async def test_an_invited_app_asks_once_what_shipped_a_month_ago(world: World) -> None:
    channel = world.slack.add_channel("team-search", [world.mara], with_bot=False)
    world.slack.invite_bot(channel, world.mara)
    await world.settle()
    [asked] = world.slack.messages(channel)[-1:]
    assert "What did this team ship about a month ago?" in asked.shown
    await world.mara.press("Record it", asked)
    await world.mara.modal()
    for name, value in {**LAUNCH, "title": "Faster search"}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Out since 8 Aug 2026" in world.shown(channel, "L-1").shown
    assert "What happened to Activation after Faster search shipped?" in world.question(world.mara).shown

    world.slack.remove_bot(channel)
    world.slack.invite_bot(channel, world.mara)
    await world.settle()
    invitations = [m for m in world.slack.messages(channel) if "a month ago" in m.shown]
    assert len(invitations) == 1


async def test_where_launches_wait_for_the_app_they_are_told_once_it_is_back(world: World) -> None:
    world.expected_refusals = {"not_in_channel"}
    await world.launch(day="2026-08-01")
    world.slack.remove_bot(world.team)
    await world.reply(world.mara, "44 %")
    assert [m for m in world.slack.messages(world.team) if "40 % → 44 %" in m.shown and m.broadcast] == []
    world.slack.invite_bot(world.team, world.mara)
    await world.settle()
    assert world.shown(world.team, "we hoped for 50 %").broadcast
    assert [m for m in world.slack.messages(world.team) if "a month ago" in m.shown] == []
