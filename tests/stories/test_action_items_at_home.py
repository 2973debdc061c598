"""One's action items on App Home and in lists: done, dropped, edited where they stand."""

from datetime import date, timedelta

from slackapp.core.transaction import Tx
from slackapp.features.action_items import blocks, queries, service
from slackapp.playground.slack import Person
from slackapp.slack.blocks import button
from tests.stories.test_action_items import DAY, added, state
from tests.support.world import World

TITLE = "Your action items"


async def home(world: World, person: Person) -> list[str]:
    """The lines of their section, once they have opened Home."""
    await person.open_home()
    await world.settle()
    return standing(person)


def standing(person: Person) -> list[str]:
    assert person.home is not None
    lines = person.home.shown.split("\n")
    return lines[lines.index(TITLE) + 1 :] if TITLE in lines else []


async def test_without_any_there_is_no_such_section(world: World) -> None:
    assert await home(world, world.jonas) == []


async def test_it_is_done_edited_and_dropped_from_home(world: World) -> None:
    jonas = world.jonas
    runbook = await added(world, due_on=date(2026, 9, 1))
    editor = await added(world, "Try the editor", due_on=DAY)
    assert await home(world, jonas) == [
        "A-1 Write the runbook",
        "overdue since 1 Sep 2026 · from “Onboarding”",
        "[Done] [… Drop | New date | Edit]",
        "A-2 Try the editor",
        "due 10 Sep 2026 · from “Onboarding”",
        "[Done] [… Drop | New date | Edit]",
    ]
    await jonas.press("Done", jonas.home, value=str(runbook))
    await world.settle()
    assert (await state(world, runbook)).state == "done"
    assert standing(jonas)[3] == "A-1 Write the runbook"
    assert standing(jonas)[4].startswith("done, not said whether it helped · from “Onboarding”")
    await jonas.choose(f"action_items:{runbook}", "It helped", jonas.home)
    await world.settle()
    assert (await state(world, runbook)).helped == "yes"

    await jonas.choose(f"action_items:{editor}", "Edit", jonas.home)
    await jonas.modal()
    jonas.fill("text", " ")
    assert list(await jonas.submit()) == ["text"]
    jonas.fill("text", "Try <@U1> *the* editor")
    jonas.fill("if_then", "If I write, then there")
    jonas.fill("due_on", "2026-09-30")
    assert await jonas.submit() == {}
    await world.settle()
    assert standing(jonas)[:3] == [
        "A-2 Try <@U1> *the* editor",
        "If I write, then there",
        "due 30 Sep 2026 · from “Onboarding”",
    ]
    await jonas.choose(f"action_items:{editor}", "Drop", jonas.home)
    await jonas.modal()
    jonas.fill("reason", "Too slow")
    assert await jonas.submit() == {}
    await world.settle()
    assert any(line.startswith("dropped: Too slow · from") for line in standing(jonas))


async def test_what_somebody_else_changed_meanwhile_is_not_undone_by_an_older_form(world: World) -> None:
    item_id = await added(world)
    await home(world, world.jonas)
    await world.jonas.choose(f"action_items:{item_id}", "Edit", world.jonas.home)
    await world.jonas.modal()

    async def edit(tx: Tx) -> None:
        item = await queries.item(tx, item_id)
        await service.move(tx, world.mara.id, item.id, DAY + timedelta(days=4))

    await world.app.transactions.run(world.app.installation.workspace_id, edit)
    world.jonas.fill("text", "Write the short runbook")
    assert await world.jonas.submit() == {}
    item = await state(world, item_id)
    assert (item.text, item.due_on) == ("Write the short runbook", DAY + timedelta(days=4))


async def test_the_rest_is_behind_a_button_and_is_changed_where_it_stands(world: World) -> None:
    ids = [await added(world, f"No. {number}") for number in range(13)]
    lines = await home(world, world.jonas)
    assert lines[-1] == "[8 more]"
    await world.jonas.press("8 more", world.jonas.home)
    page = await world.jonas.modal()
    assert page.shown.count("A-") == 10
    await world.jonas.choose(f"action_items:{ids[0]}", "Done", page)
    await world.settle()
    page = await world.jonas.modal()
    assert "No. 0" not in page.shown
    await world.jonas.press("3 more")
    await world.settle()
    assert "A-1 No. 0" in (await world.jonas.modal()).shown.split("Done or dropped lately")[1]
    await world.jonas.press("Back")
    await world.settle()
    assert "A-2 No. 1" in (await world.jonas.modal()).shown


async def test_a_list_that_was_asked_for_shows_what_was_done_in_it(world: World) -> None:
    item_id = await added(world)
    world.hand(world.mara, button(f"{blocks.TURN}.on", "Show", "0"), where=world.team)
    await world.mara.press("Show", world.mara.reads(world.team)[-1])
    await world.settle()
    await world.mara.choose(f"action_items:{item_id}", "Done", world.mara.reads(world.team)[-1])
    await world.settle()
    assert world.told(world.mara, world.team).split("\n")[:3] == [
        "No open action item here",
        "Done or dropped lately",
        "A-1 Write the runbook",
    ]
    item = await state(world, item_id)
    assert (item.state, item.closed_by) == ("done", world.mara.id)


async def test_a_menu_of_an_older_version_says_so(world: World) -> None:
    item_id = await added(world)
    await home(world, world.jonas)
    menu = blocks.menu(await state(world, item_id))
    menu.options[0].value = "finish:1"
    message = world.hand(world.jonas, menu)
    await world.jonas.choose(blocks.MENU, "Done", message)
    await world.settle()
    assert "ask for the list again" in world.told(world.jonas)
