"""`/discovery report`: what only whoever asked reads, its other days, its chart, and posting it."""

from slackapp.playground.slack import Fault, Message, Person
from tests.support.world import World, pressable


async def log(world: World, by: Person, **fields: object) -> None:
    await by.command("/discovery", "log", world.team)
    await by.modal()
    by.fill("kind", "User interview")
    for name, value in fields.items():
        by.fill(name, value)
    assert await by.submit() == {}
    await world.settle()


async def report(world: World, by: Person, days: str = "") -> Message:
    await by.command("/discovery", f"report {days}".strip(), world.team)
    await world.settle()
    return whispered(world, by)


def whispered(world: World, to: Person) -> Message:
    """The last one of those that only this person sees."""
    return [message for message in to.reads(world.team) if message.ephemeral][-1]


def charts(message: Message) -> list[str]:
    return [block["title"] for block in message.blocks if block["type"] == "data_visualization"]


async def test_a_channel_without_discovery_reads_how_it_begins(world: World) -> None:
    shown = await report(world, world.mara)
    assert "in #team-onboarding, the last 90 days" in shown.shown
    assert "Nothing is recorded here for these days" in shown.shown
    assert "/discovery log" in shown.shown
    assert pressable(shown) == {"Last 30 days", "Last 180 days"}
    await world.mara.command("/discovery", "report 7", world.team)
    assert "reports for 30, 90 and 180 days" in world.told(world.mara, world.team)


async def test_it_is_redrawn_for_other_days_sent_as_a_chart_and_posted_once(world: World) -> None:
    await log(
        world,
        world.jonas,
        day="2026-08-31",
        present=["Engineering", "Product"],
        came=["A constraint was found"],
    )
    await log(world, world.jonas, day="2026-07-20", present=["Design"])

    shown = await report(world, world.mara)
    assert "There in 2 logged activities: Engineering 1, Product 1, Design 1" in shown.shown
    assert "At least one engineer in discovery: 1 of 8 weeks, since the first record here" in shown.shown
    assert "1 constraint found" in shown.shown

    await world.press(world.mara, "Last 30 days", shown)
    shown = whispered(world, world.mara)
    assert "the last 30 days (9 Aug 2026 to 7 Sep 2026)" in shown.shown
    assert "There in 1 logged activity: Engineering 1, Product 1" in shown.shown
    assert len([each for each in world.mara.reads(world.team) if each.ephemeral]) == 1

    await world.press(world.mara, "Send me this as a chart", shown, times=2)
    [sent] = [each for each in world.slack.messages(world.mara.dm) if charts(each)]
    assert charts(sent) == ["Times an engineer was in discovery, by week"]
    assert "the last 30 days" in sent.shown
    shown = whispered(world, world.mara)
    assert "The chart comes in our direct message" in shown.shown

    await world.press(world.mara, "Post here", shown, times=2)
    [posted] = [each for each in world.slack.messages(world.team) if "Asked for by" in each.shown]
    assert "Asked for by @Mara Lind" in posted.shown
    assert charts(posted)
    assert "There in 1 logged activity" in posted.shown
    shown = whispered(world, world.mara)
    assert "It is posted to the channel" in shown.shown
    assert "Post here" not in pressable(shown)


async def test_where_slack_takes_no_chart_the_words_are_posted(world: World) -> None:
    await log(world, world.jonas, day="2026-08-31", present=["Engineering"])
    shown = await report(world, world.mara)
    world.slack.faults.next("chat.postMessage", Fault.says("invalid_blocks"))
    world.expected_refusals.add("invalid_blocks")
    await world.press(world.mara, "Post here", shown)
    [posted] = [each for each in world.slack.messages(world.team) if "Asked for by" in each.shown]
    assert "At least one engineer in discovery" in posted.shown
    assert not charts(posted)


async def test_guests_read_no_report(world: World) -> None:
    gita = world.slack.add_person("Gita Rao", guest=True)
    world.slack.join(world.team, gita)
    await gita.command("/discovery", "report", world.team)
    assert "for the members of this workspace" in world.told(gita, world.team)
