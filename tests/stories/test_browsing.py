"""Looking launches up, turning pages, cancelling, and getting help."""

import re

import pytest

from slackapp.playground.slack import Message, Person
from tests.support.recorded import recorded
from tests.support.world import World


async def types(world: World, text: str, by: Person | None = None, *, direct: bool = False) -> Message:
    """What `/launch` with this text answers."""
    person = by or world.mara
    answer = await person.command("/launch", text, None if direct else world.team)
    assert answer is not None
    assert answer.ephemeral
    return answer


async def record_many(world: World, number: int) -> None:
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        for _ in range(number):
            await recorded(tx, by=world.mara.id, channel=world.team.id)
    await world.settle()


def listed(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r"^- L-(\d+)", shown, re.MULTILINE)]


async def test_an_empty_list_says_how_to_begin(world: World) -> None:
    assert "/launch New onboarding" in (await types(world, "list")).shown
    assert "/launch New onboarding" in (await types(world, "list mine")).shown
    assert "No launch is waiting" in (await types(world, "list due")).shown


async def test_lists_narrow_to_ones_own_to_the_open_and_to_the_due(world: World) -> None:
    await world.launch("Search", day="2026-08-01")
    await world.reply(world.mara, "44 %")
    await world.launch("Filters", day="2026-08-02")
    await world.launch("Export", by=world.jonas)
    assert listed((await types(world, "list")).shown) == [3, 2, 1]
    assert listed((await types(world, "list mine")).shown) == [2, 1]
    assert listed((await types(world, "list open")).shown) == [3, 2]
    assert listed((await types(world, "list due")).shown) == [2]


async def test_a_direct_message_lists_ones_own_launches(world: World) -> None:
    await world.launch("Search")
    await world.launch("Export", by=world.jonas)
    answer = await types(world, "list", direct=True)
    assert answer.shown.startswith("Your launches")
    assert listed(answer.shown) == [1]


async def test_a_list_tells_how_each_launch_stands(world: World) -> None:
    await world.launch("Search", day="2026-08-01")
    await world.reply(world.mara, "44 %")
    await world.press(world.mara, "Iterate", world.shown(world.mara.dm, "What do you do about it?"))
    await world.launch("Filters")
    await types(world, "cancel L-2")
    whisper = world.mara.reads(world.team)[-1]
    await world.press(world.mara, "Cancel this launch", whisper)
    await world.launch("Export", metric="", from_to="")
    rows = (await types(world, "list")).shown.splitlines()[1:4]
    assert rows == [
        "- L-3 Export · 7 Sep 2026 · no outcome yet",
        "- L-2 Filters · 7 Sep 2026 · Activation 40 % → 50 % · cancelled",
        "- L-1 Search · 1 Aug 2026 · Activation 40 % → 50 % · moved, iterate",
    ]


async def test_twenty_five_launches_come_in_three_pages_and_none_twice(world: World) -> None:
    await record_many(world, 25)
    await types(world, "list")
    pages = [listed(world.told(world.mara, world.team))]
    for turn in ("Older", "Older", "Newer"):
        await world.press(world.mara, turn, world.mara.reads(world.team)[-1])
        pages.append(listed(world.told(world.mara, world.team)))
    assert pages == [
        list(range(25, 15, -1)), list(range(15, 5, -1)), list(range(5, 0, -1)), list(range(15, 5, -1))
    ]  # fmt: skip
    assert len([m for m in world.mara.reads(world.team) if m.ephemeral]) == 1
    await world.press(world.mara, "Older", world.mara.reads(world.team)[-1], times=2)
    assert listed(world.told(world.mara, world.team)) == pages[2]


async def test_a_page_that_has_run_empty_shows_the_first_one(world: World) -> None:
    await record_many(world, 11)
    await types(world, "list open")
    page = world.mara.reads(world.team)[-1]
    await world.press(world.mara, "Cancel this launch", await types(world, "cancel L-1"))
    await world.press(world.mara, "Older", page)
    [first] = [m for m in world.mara.reads(world.team) if "without an outcome yet" in m.shown]
    assert listed(first.shown) == list(range(11, 1, -1))
    assert "[Older]" not in first.shown


async def test_show_gives_the_card_to_the_one_who_asked(world: World) -> None:
    card = await world.launch()
    assert (await types(world, "show L-1", by=world.jonas)).shown == card.shown


@pytest.mark.parametrize("text", ["show L-9", "cancel L-9"])
async def test_a_number_that_is_not_there_is_said_so(world: World, text: str) -> None:
    assert "There is no L-9 to see here" in (await types(world, text)).shown


async def test_a_launch_of_a_private_channel_is_found_by_its_members_alone(world: World) -> None:
    room = world.slack.add_channel("board", [world.ines, world.mara], private=True)
    await world.ines.command("/launch", "Quiet launch", room)
    await world.ines.modal()
    world.ines.fill("problem", "They give up")
    world.ines.fill("audience", "new teams")
    assert await world.ines.submit() == {}
    for text in ("list", "list mine", "list due"):
        assert listed((await types(world, text, by=world.jonas)).shown) == []
    assert "no L-1 to see" in (await types(world, "show L-1", by=world.jonas)).shown
    # Only she sees the answer, wherever she asks.
    assert "Quiet launch" in (await types(world, "show L-1")).shown
    world.slack.leave(room, world.mara)
    await world.settle()
    assert "no L-1 to see" in (await types(world, "show L-1")).shown


async def test_cancelling_asks_first_and_then_nothing_is_asked_any_more(world: World) -> None:
    await world.launch()
    question = await types(world, "cancel L-1")
    assert "Cancel L-1 New onboarding?" in question.shown
    assert "Cancelled by" not in world.shown(world.team, "L-1").shown
    await world.press(world.mara, "Cancel this launch", question)
    assert "L-1 New onboarding is cancelled" in world.told(world.mara, world.team)
    card = world.shown(world.team, "L-1").shown
    assert "Cancelled by @Mara Lind on 7 Sep 2026." in card
    assert "asked" not in card.lower()
    await world.turn(days=31)
    assert world.asked(world.mara) == []


async def test_a_question_that_is_open_when_its_launch_is_cancelled_closes(world: World) -> None:
    await world.launch(day="2026-08-30")
    assert len(world.asked(world.mara)) == 1
    await world.press(world.mara, "Cancel this launch", await types(world, "cancel L-1"))
    assert world.asked(world.mara) == []
    assert "was cancelled" in world.slack.messages(world.mara.dm)[-1].shown


async def test_only_owner_recorder_and_admins_may_cancel(world: World) -> None:
    await world.launch()
    refusal = (await types(world, "cancel L-1", by=world.jonas)).shown
    assert "its owner Mara Lind" in refusal
    world.slack.join(world.team, world.ines)
    await world.press(world.ines, "Cancel this launch", await types(world, "cancel L-1", by=world.ines))
    assert "Cancelled by @Ines Okafor" in world.shown(world.team, "L-1").shown


async def test_a_double_click_on_cancel_cancels_once_and_is_answered(world: World) -> None:
    await world.launch()
    await world.press(world.mara, "Cancel this launch", await types(world, "cancel L-1"), times=2)
    assert "cancelled" in world.told(world.mara, world.team)
    assert "L-1 is cancelled already" in (await types(world, "cancel L-1")).shown


async def test_a_launch_with_an_outcome_cannot_be_cancelled(world: World) -> None:
    await world.launch(day="2026-08-01")
    await world.reply(world.mara, "44 %")
    assert "has its outcome already" in (await types(world, "cancel L-1")).shown


async def test_help_names_every_command(world: World) -> None:
    shown = (await types(world, "help")).shown
    for words in (
        "/launch New onboarding",
        "/launch list",
        "mine",
        "open",
        "due",
        "show L-42",
        "cancel L-42",
    ):
        assert words in shown
    assert "[Record it]" not in shown


async def test_a_near_miss_gets_help_and_can_still_be_recorded(world: World) -> None:
    answer = await types(world, "lists")
    await world.press(world.mara, "Record it", answer, times=2)
    view = await world.mara.modal()
    assert "What shipped?: lists" in view.shown


async def test_a_launch_without_a_metric_is_open_until_it_counts_as_never_measured(world: World) -> None:
    await world.launch("Quiet change", metric="", from_to="")
    assert "Quiet change" in (await types(world, "list open")).shown
    await world.turn(days=40)
    assert "Quiet change" not in (await types(world, "list open")).shown
    assert "unmeasured" in (await types(world, "list")).shown


async def test_whatever_a_launch_was_asked_about_makes_it_due(world: World) -> None:
    await world.launch("Search", day="2026-09-08")
    await world.launch("Filters", metric="", from_to="", day="2026-08-25")
    await world.launch("Export", metric="", from_to="")
    await world.turn(days=2)
    assert listed((await types(world, "list due")).shown) == [2, 1]


async def test_what_is_put_off_below_what_the_command_showed_is_said_there(world: World) -> None:
    await world.launch(day="2026-08-01")
    shown = await types(world, "show L-1")
    await world.mara.choose("prompts:1", "3 days", shown)
    await world.settle()
    assert "Put off" in world.told(world.mara, world.team)
    assert "Put off until" in world.slack.messages(world.mara.dm)[-1].shown
