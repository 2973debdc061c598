"""Logging discovery: the form, what the channel reads, the launch's card, and whose it is to change."""

from slackapp.playground.slack import Message, Person
from slackapp.slack.blocks import button
from tests.support.world import World, pressable


async def log(world: World, by: Person, **fields: object) -> dict[str, str]:
    """`/discovery log` in the team's channel, filled in with these."""
    await by.command("/discovery", "log", world.team)
    await by.modal()
    for name, value in fields.items():
        by.fill(name, value)
    wrong = await by.submit()
    await world.settle()
    return wrong


def said(world: World, words: str = "Logged by") -> Message:
    return world.shown(world.team, words)


DIVE = {
    "kind": "Tech deep dive",
    "day": "2026-09-04",
    "spec": "Before the spec",
    "present": ["Engineering", "Product"],
    "came": ["A cheaper alternative was found"],
    "weeks_saved": "2.5 weeks",
    "note": "The import <!channel> moves to the queue",
}


async def test_what_was_done_is_said_in_the_channel_and_counted_on_the_card(worlds: World) -> None:
    world = worlds
    await world.launch()
    assert await log(world, world.jonas, **DIVE, launch="L-1 New onboarding") == {}
    shown = said(world).shown
    assert "Tech deep dive on 4 Sep 2026, before the spec of L-1 New onboarding." in shown
    assert "Engineering and product took part" in shown
    assert "A cheaper alternative was found" in shown
    assert "Saved about 2.5 weeks" in shown
    assert "The import <!channel> moves to the queue" in shown
    assert "Logged by @Jonas Bell" in shown
    assert "Discovery: 1 activity, 1 before the spec" in world.card().shown
    assert (
        await log(world, world.mara, kind="User interview", present=["Design"], launch="L-1 New onboarding")
        == {}
    )
    assert "Discovery: 2 activities, 1 before the spec" in world.card().shown


async def test_nothing_typed_is_lost_where_something_has_to_change(world: World) -> None:
    wrong = await log(world, world.mara, **{**DIVE, "day": "2026-09-08", "came": []})
    assert set(wrong) == {"day", "weeks_saved"}
    assert "still to come" in wrong["day"]
    assert "cheaper alternative or a questioned assumption" in wrong["weeks_saved"]
    for weeks, words in (("101", "up to 100"), ("a few", ""), ("20 %", "in weeks"), ("0", "above 0")):
        world.mara.fill("weeks_saved", weeks)
        assert words in (await world.mara.submit())["weeks_saved"]
    world.mara.fill("note", "x" * 501)
    assert "500 characters" in (await world.mara.submit())["note"]
    world.mara.fill("note", "enough")
    for name in ("day", "came"):
        world.mara.fill(name, DIVE[name])
    world.mara.fill("weeks_saved", "1")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Saved about 1 week" in said(world).shown


async def test_only_whoever_logged_it_and_admins_change_it_or_take_it_away(world: World) -> None:
    await world.launch()
    await log(world, world.jonas, **DIVE, launch="L-1 New onboarding")
    cleo = world.slack.add_person("Cleo Hart")
    for person in (cleo, world.ines):
        world.slack.join(world.team, person)
    await world.press(cleo, "Edit", said(world))
    assert "Jonas Bell, who logged it" in world.told(cleo, world.team)
    await world.press(cleo, "Remove", said(world))
    assert pressable(said(world)) == {"Edit", "Remove"}

    await world.jonas.press("Edit", said(world))
    form = await world.jonas.modal()
    assert "The import" in form.shown
    world.jonas.fill("launch", "No launch in particular")
    world.jonas.fill("came", [])
    world.jonas.fill("weeks_saved", "")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "cheaper" not in said(world).shown
    assert "Discovery:" not in world.card().shown

    await world.press(world.ines, "Remove", said(world), times=2)
    assert "Tech deep dive on 4 Sep 2026 was removed by @Ines Okafor." in said(world, "removed").shown
    assert pressable(said(world, "removed")) == set()
    old = world.hand(world.jonas, button("discovery.edit", "Edit", "1"), where=world.team)
    await world.press(world.jonas, "Edit", old)
    assert "somebody removed it" in world.told(world.jonas, world.team)


async def test_in_a_direct_message_the_channel_is_chosen_and_with_it_its_launches(world: World) -> None:
    await world.launch()
    await world.mara.command("/discovery", "log they give up at the import", world.mara.dm)
    form = await world.mara.modal()
    assert "they give up at the import" in form.shown
    assert "About which launch?" not in form.shown
    world.mara.fill("kind", "User interview")
    world.mara.fill("present", ["Product"])
    await world.mara.choose("channel", world.team)
    await world.slack.until(lambda: world.mara.top and "About which launch?" in world.mara.top.shown)
    world.mara.fill("launch", "L-1 New onboarding")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "User interview on 7 Sep 2026, about L-1 New onboarding." in said(world).shown


async def test_whoever_said_their_function_finds_it_ticked(world: World) -> None:
    card = await world.launch()
    await world.press(world.jonas, "I was in before the spec", card)
    await world.jonas.modal()
    world.jonas.fill("function", "Engineering")
    await world.jonas.submit()
    await world.settle()
    assert not world.jonas.has_modal
    assert await log(world, world.jonas, kind="Vision setting") == {}
    assert "Engineering took part" in said(world).shown


async def test_what_is_not_understood_gets_help_and_guests_a_sentence(world: World) -> None:
    answer = await world.mara.command("/discovery", "lgo", world.team)
    assert answer is not None
    assert "Perhaps /discovery log?" in answer.shown
    answer = await world.mara.command("/discovery", "", world.team)
    assert answer is not None
    assert "/discovery report" in answer.shown
    guest = world.slack.add_person("Gil Reyes", guest=True)
    world.slack.join(world.team, guest)
    answer = await guest.command("/discovery", "log", world.team)
    assert answer is not None
    assert "for the members of this workspace" in answer.shown


async def test_the_leg_that_is_missing_is_named_once_it_had_its_time_and_gone_once_it_is_said(
    world: World,
) -> None:
    card = await world.launch()
    lacks = "A metric without discovery"
    await world.press(world.mara, "I worked on this", card)
    assert lacks not in world.card().shown
    await world.turn(days=2)
    await world.press(world.jonas, "I worked on this", world.card())
    assert lacks in world.card().shown
    await log(world, world.jonas, kind="User interview", present=["Design"], launch="L-1 New onboarding")
    assert lacks not in world.card().shown
    await world.press(world.jonas, "Remove", said(world))
    assert lacks in world.card().shown
    await world.press(world.mara, "I was in before the spec", world.card())
    await world.mara.close_modal()
    assert lacks not in world.card().shown
