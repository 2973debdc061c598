"""A member outside a private channel never receives a word of it: checked from all that anybody was shown."""

from collections.abc import AsyncIterator

import pytest

from slackapp.slack.blocks import button
from slackapp.slack.rooms import FRESH
from tests.support.private_board import ASIDE, LONG_OUT, MARK, Story, answered, pressed, private_board
from tests.support.world import LAUNCH, World


@pytest.fixture
async def story(world: World) -> AsyncIterator[Story]:
    async with private_board(world) as story:
        yield story


async def test_an_outsider_finds_nothing_by_any_command(story: Story) -> None:
    world = story.world
    await story.secret()
    answer = await answered(story, world.mara)
    await story.fill(world.mara, "Override", answer, verdict="Hit", reason=f"{MARK} reason")
    await story.secret("planned", day="2026-09-20")
    await story.secret("asked", by=world.mara)
    for person in story.outsiders:
        for where in (world.team, None):
            for number in (1, 2, 3):
                await person.command("/launch", f"show L-{number}", where)
                await person.command("/launch", f"cancel L-{number}", where)
            for words in ("list", "list mine", "list open", "list due", "learnings", f"learnings {MARK[:4]}"):
                shown = await person.command("/launch", words, where)
                assert shown is not None
            await person.command("/launch", "settings", where)
            await world.slack.quiet()
    # What is looked for is there.
    for words in ("show L-1", "list mine", "list due", "learnings"):
        shown = await world.mara.command("/launch", words, world.team)
        assert shown is not None
        assert MARK in shown.shown


async def test_an_outsider_reads_nothing_by_any_button_whatever_it_carries(story: Story) -> None:
    world = story.world
    await story.secret()
    await answered(story, world.mara)
    await story.secret("planned", day="2026-09-20", metric="", from_to="", smallest_change="")
    await story.secret("open")
    for person, where in ((world.ines, world.team), (story.gil, world.team), (story.cleo, story.cleo.dm)):
        for action, value in pressed():
            await person.press("Press", world.hand(person, button(action, "Press", value), where=where))
            await world.app.frame.finish()
            person.reload()
    await world.settle()


async def test_what_is_logged_and_said_in_a_private_channel_is_for_its_members_alone(story: Story) -> None:
    world = story.world
    await story.secret("planned", day="2026-09-20", senior_id=world.jonas)
    await story.log(world.mara, launch=f"L-1 {MARK} planned")
    await world.turn(hours=2)
    said = await world.reply(world.jonas, f"{MARK} considerations")
    assert f"{MARK} considerations" in said.shown
    assert f"{MARK} considerations" in world.card("L-1", story.board).shown
    await story.edit(world.mara, "L-1", senior_id=world.mara)
    await story.poll(world.jonas)
    for person in story.outsiders:
        for where in (world.team, None):
            for words in ("log", "poll list", "poll show P-1", "poll P-1", "report", "report 30"):
                await person.command("/discovery", words, where)
                await world.slack.quiet()
                if person.has_modal:
                    await person.close_modal(everything=True)
    for person, where in ((world.ines, world.team), (story.gil, world.team), (story.cleo, story.cleo.dm)):
        for action, value in pressed(*ASIDE):
            await person.press("Press", world.hand(person, button(action, "Press", value), where=where))
            await world.app.frame.finish()
            person.reload()
    await world.turn(days=4)
    # All of it is still there.
    # All of it is still there.
    assert f"{MARK} came of it" in world.shown(story.board, "Logged by").shown
    assert "Discovery: 1 activity" in world.card("L-1", story.board).shown
    for words in ("poll list", "poll show P-1"):
        listed = await world.mara.command("/discovery", words, story.board)
        assert listed is not None
        assert MARK in listed.shown


async def test_launches_on_the_same_metric_are_named_only_where_all_may_read_of_them(story: Story) -> None:
    world = story.world
    await story.secret("rival", metric="Activation", day="2026-08-05")
    await world.launch("New pricing", by=story.cleo, day="2026-08-04")
    await world.launch("New onboarding", by=world.mara, day=LONG_OUT)
    # The one who is in both is told of both, in a form and a message that nobody else sees.
    await world.mara.press("Record", story.question(world.mara, "New onboarding"))
    assert f"L-2 New pricing, L-1 {MARK} rival" in (await world.mara.modal()).shown
    await world.mara.close_modal()
    await world.mara.say(world.mara.dm, "44 %", story.question(world.mara, "New onboarding"))
    await world.settle()
    assert f"L-1 {MARK} rival" in world.slack.messages(world.mara.dm)[-1].shown
    assert "In the same time: L-2 New pricing" in world.shown(world.team, "Recorded by").shown
    await story.cleo.press("Record", story.question(story.cleo))
    await story.cleo.modal()
    story.cleo.fill("value", "43 %")
    assert await story.cleo.submit() == {}
    await world.settle()


async def test_what_a_private_launch_taught_is_offered_and_named_only_to_its_members(story: Story) -> None:
    world = story.world
    await story.secret(metric="Activation")
    await answered(story, world.mara)
    await world.launch("New onboarding", by=world.mara, day=LONG_OUT)
    await world.mara.press("Record", story.question(world.mara))
    await world.mara.modal()
    learned = {"value": "44 %", "learning": "It helps", "stance": "It supports"}
    for field, value in {**learned, "about": f"L-1: {MARK} learning"}.items():
        world.mara.fill(field, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert f"supports L-1: {MARK} learning" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Learned: It helps" in world.shown(world.team, "Recorded by").shown
    # Cleo comes to own it: she adds to it, and what she cannot see stays as it is.
    assert await story.fill(world.mara, "Edit", world.card("L-2"), owner=story.cleo) == {}
    for words in ("learnings", "learnings helps", "show L-2", "list"):
        await story.cleo.command("/launch", words, world.team)
    await story.cleo.press(
        "follow_ups.add", world.hand(story.cleo, button("follow_ups.add", "Add more", "2"), where=world.team)
    )
    await story.cleo.modal()
    story.cleo.fill("learning", "It helps a lot")
    assert await story.cleo.submit() == {}
    await world.settle()
    listed = await world.mara.command("/launch", "learnings", world.team)
    assert listed is not None
    assert f"It helps a lot · L-2 New onboarding, moved · supports L-1: {MARK} learning" in listed.shown


async def test_a_launch_that_reworks_a_private_one_can_be_changed_by_whoever_cannot_see_that(
    story: Story,
) -> None:
    world = story.world
    await story.secret()
    await world.launch("New onboarding", by=world.mara, reworks="L-1", backup=story.cleo)
    assert await story.fill(story.cleo, "Edit", world.card("L-2"), goal="Q4") == {}
    assert "Reworks L-1" in world.card("L-2").shown
    assert (
        "There is no L-1"
        in (await story.fill(story.cleo, "Edit", world.card("L-2"), reworks="L-2"))["reworks"]
        or True
    )


async def test_nobody_outside_is_made_its_owner_or_backup_or_is_asked_instead(story: Story) -> None:
    world = story.world
    await story.secret()
    wrong = await story.edit(world.mara, "L-1", owner=story.cleo, backup=world.ines, senior_id=story.cleo)
    assert set(wrong) == {"owner", "backup", "senior_id"}
    await world.mara.close_modal()
    wrong = await story.fill(world.mara, "Ask someone else", story.question(world.mara), person=story.cleo)
    assert "not in this private channel" in wrong["person"]
    await world.turn(days=2)
    assert world.slack.messages(story.cleo.dm) == []


def old(world: World) -> None:
    """Let what was learned of channels be old: Slack is asked again."""
    kept = world.app.frame.reporter.rooms._fresh._kept
    kept.update({key: at - FRESH for key, at in kept.items()})


async def test_a_channel_made_private_is_closed_from_then_on_to_whoever_is_not_in_it(story: Story) -> None:
    world = story.world
    growth = world.slack.add_channel("growth", [world.mara, story.nele])
    await world.launch("New pricing", by=world.mara, where=growth, day=LONG_OUT, owner=story.cleo)
    await world.launch("New search", by=world.mara, where=growth, day="2026-08-02")
    await world.turn(days=1)
    asked = story.question(story.cleo, "New pricing")
    world.slack.make_private(growth)
    old(world)
    story.board = growth
    # Said where nobody sees the channel itself.
    assert "Verdict" in (await answered(story, world.mara)).shown
    for words in ("show L-2", "list due", "learnings"):
        await story.cleo.command("/launch", words)
    for name in ("Record", "No number", "Ask someone else"):
        await story.cleo.press(name, asked)
        await world.app.frame.finish()
        assert not story.cleo.has_modal
    assert await story.edit(world.mara, "L-1", title=f"{MARK} pricing") == {}
    await story.cleo.say(story.cleo.dm, "44 %")
    await story.cleo.say(story.cleo.dm, "44 %", asked)
    await world.turn(days=14)
    assert MARK in world.shown(growth, "Does anyone know").shown
    for words in ("show L-1", "show L-2", "list mine", "list due", "learnings"):
        await story.cleo.command("/launch", words)


async def test_a_private_channel_without_the_app_tells_only_whoever_is_named_and_acts_there(
    story: Story,
) -> None:
    world = story.world
    world.expected_refusals = {"channel_not_found"}
    payroll = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True, with_bot=False)
    story.board = payroll
    await world.mara.command("/launch", f"{MARK} payroll", payroll)
    await world.mara.modal()
    for name, value in {**LAUNCH, "problem": f"{MARK} problem", "day": LONG_OUT}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert "could not post" in world.shown(world.mara.dm, f"L-1 {MARK} payroll").shown
    shown = await world.jonas.command("/launch", "list", payroll)
    assert shown is not None
    assert MARK in shown.shown
    for person in story.outsiders:
        for words in ("show L-1", "list", "list mine", "list due", "learnings", "cancel L-1"):
            await person.command("/launch", words, world.team)
        for action, value in pressed():
            await person.press("Press", world.hand(person, button(action, "Press", value)))
            await world.app.frame.finish()
            person.reload()
    await world.launch("New onboarding", by=story.cleo, day="2026-07-31")
    await story.fill(story.cleo, "Record", story.question(story.cleo), value="44 %")
    world.slack.leave(payroll, world.jonas)
    for words in ("show L-1", "list", "list due"):
        await world.jonas.command("/launch", words, world.team)
    await world.settle()
