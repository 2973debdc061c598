"""Action items: asked on their day, weekly, and no more; done, dropped, moved; and whether they helped."""

from datetime import date

from slackapp.features.action_items import queries, service
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.workspaces.service import keep_room
from slackapp.playground.slack import Message, Person
from slackapp.slack.rooms import Room
from tests.support.world import World, pressable

#: A Thursday.
DAY = date(2026, 9, 10)
ASKED = "Is this done? Write the runbook"
HELPED = "Did this help? Write the runbook"


async def added(world: World, text: str = "Write the runbook", *, due_on: date = DAY, **fields: str) -> int:
    """Jonas is to do it, unless told otherwise; Mara noted it down."""
    draft = ActionDraft(text=text, owner=fields.pop("owner", world.jonas.id), due_on=due_on, **fields)
    app = world.app
    async with app.transactions.begin(app.installation.workspace_id) as tx:
        room = Room(world.team.id, world.team.name, is_private=False, is_archived=False, is_member=True)
        await keep_room(tx, room)
        item = await service.add(tx, draft, channel_id=world.team.id, by=world.mara.id, about="Onboarding")
        return item.id


async def state(world: World, item_id: int) -> ActionItem:
    app = world.app
    async with app.transactions.read(app.installation.workspace_id) as tx:
        return await queries.item(tx, item_id)


def asked(world: World, person: Person, words: str = ASKED) -> list[Message]:
    return [m for m in world.slack.messages(person.dm) if words in m.shown]


async def test_asked_on_its_day_and_weekly_three_times_it_then_waits_for_the_next_retro(
    worlds: World,
) -> None:
    world = worlds
    item_id = await added(world, if_then="If somebody is paged, then they open it")
    await world.turn(days=2)
    assert asked(world, world.jonas) == []
    await world.turn(days=1, hours=2)
    [first] = asked(world, world.jonas)
    assert first.shown.split("\n")[:3] == [
        ASKED,
        "A-1 · due 10 Sep 2026 · from “Onboarding”",
        "If somebody is paged, then they open it",
    ]
    assert pressable(first) >= {"Done", "Drop", "New date", "Ask someone else"}
    await world.turn(days=21)
    assert len(asked(world, world.jonas)) == 4
    last = asked(world, world.jonas)[-1]
    assert "overdue since 10 Sep 2026" in last.shown
    await world.turn(days=14)
    assert len(asked(world, world.jonas)) == 4
    last = asked(world, world.jonas)[-1]
    assert "Your team's next retro shows it." in last.shown
    assert "Ask someone else" not in pressable(last)
    # A late answer counts.
    await world.press(world.jonas, "Done", last)
    assert (await state(world, item_id)).state == "done"


async def test_done_with_one_press_and_two_weeks_later_whether_it_helped(worlds: World) -> None:
    world = worlds
    item_id = await added(world)
    await world.turn(days=3, hours=2)
    await world.press(world.jonas, "Done", asked(world, world.jonas)[0], times=3)
    [answered] = [m for m in world.slack.messages(world.jonas.dm) if "was done on" in m.shown]
    assert answered.shown.split("\n")[:2] == [
        "A-1 Write the runbook was done on 10 Sep 2026.",
        "In two weeks you are asked whether it helped.",
    ]
    await world.turn(days=13)
    assert asked(world, world.jonas, HELPED) == []
    await world.turn(days=1)
    [helped] = asked(world, world.jonas, HELPED)
    assert pressable(helped) >= {"Yes", "No", "Cannot tell"}
    await world.press(world.jonas, "No", helped)
    assert (await state(world, item_id)).helped == "no"
    [said] = [m for m in world.slack.messages(world.jonas.dm) if "it did not help" in m.shown]
    await world.press(world.jonas, "Undo", said)
    await world.reply(world.jonas, "cannot tell")
    assert (await state(world, item_id)).helped == "cannot_tell"


async def test_undo_opens_it_again_where_it_was_asked(world: World) -> None:
    item_id = await added(world)
    await world.turn(days=3, hours=2)
    await world.press(world.jonas, "Done", asked(world, world.jonas)[0])
    [answered] = [m for m in world.slack.messages(world.jonas.dm) if "was done on" in m.shown]
    await world.press(world.jonas, "Undo", answered)
    assert (await state(world, item_id)).state == "open"
    assert pressable(asked(world, world.jonas)[0]) >= {"Done", "Drop", "New date"}
    await world.turn(days=14)
    assert asked(world, world.jonas, HELPED) == []


async def test_dropping_it_takes_a_reason_and_another_day_takes_one_to_come(world: World) -> None:
    item_id = await added(world)
    await world.turn(days=3, hours=2)
    await world.jonas.press("New date", asked(world, world.jonas)[0])
    await world.jonas.modal()
    world.jonas.fill("due_on", "2026-09-09")
    assert list(await world.jonas.submit()) == ["due_on"]
    world.jonas.fill("due_on", "2026-09-17")
    assert await world.jonas.submit() == {}
    await world.settle()
    assert "Asked again on 17 Sep 2026." in asked(world, world.jonas)[0].shown
    await world.turn(days=7)
    await world.jonas.press("Drop", asked(world, world.jonas)[-1])
    await world.jonas.modal()
    world.jonas.fill("reason", "   ")
    assert list(await world.jonas.submit()) == ["reason"]
    world.jonas.fill("reason", "The new editor <!channel> made it unnecessary")
    assert await world.jonas.submit() == {}
    await world.settle()
    item = await state(world, item_id)
    assert (item.state, item.closed_by) == ("dropped", world.jonas.id)
    shown = world.shown(world.jonas.dm, "was dropped").shown
    assert "The new editor <!channel> made it unnecessary" in shown
    await world.turn(days=15)
    assert asked(world, world.jonas, HELPED) == []


async def test_a_reply_in_words_is_taken_where_it_is_plain(world: World) -> None:
    item_id = await added(world)
    await world.turn(days=3, hours=2)
    for words, answer in (
        ("half of it", "reply “done”"),
        ("drop it", "press Drop under the question"),
        ("https://a.example <@U1>", "reply “done”"),
    ):
        assert answer in (await world.reply(world.jonas, words)).shown
        assert (await state(world, item_id)).state == "open"
    assert "A-1 Write the runbook: done." in (await world.reply(world.jonas, "Yes, done!")).shown
    assert (await state(world, item_id)).state == "done"


async def test_passed_on_somebody_else_says_so_and_its_owner_stays(world: World) -> None:
    item_id = await added(world)
    await world.turn(days=3, hours=2)
    await world.jonas.press("Ask someone else", asked(world, world.jonas)[0])
    await world.jonas.modal()
    world.jonas.fill("person", world.mara)
    assert await world.jonas.submit() == {}
    await world.turn(days=1)
    [hers] = asked(world, world.mara)
    assert "It is on @Jonas Bell; perhaps you know." in hers.shown
    await world.press(world.mara, "Done", hers)
    item = await state(world, item_id)
    assert (item.owner_id, item.closed_by) == (world.jonas.id, world.mara.id)
    await world.turn(days=14)
    assert len(asked(world, world.jonas, HELPED)) == 1


async def test_an_owner_who_left_is_asked_nothing_and_it_waits_for_the_next_retro(world: World) -> None:
    item_id = await added(world)
    world.slack.deactivate(world.jonas)
    await world.settle()
    await world.turn(days=12)
    assert asked(world, world.jonas) == []
    app = world.app
    async with app.transactions.read(app.installation.workspace_id) as tx:
        [open_one] = await queries.open_in(tx, world.team.id)
        prompt = await find(tx, "action_items.due", item_id)
    assert open_one.id == item_id
    assert prompt is not None
    assert prompt.state == PromptState.EXPIRED
