"""Whoever left a private channel receives no word of it from then on, whatever they were to its launches."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from slackapp.slack.blocks import button
from tests.support.private_board import MARK, Story, answered, pressed, private_board
from tests.support.recorded import recorded
from tests.support.world import World


@pytest.fixture
async def story(world: World) -> AsyncIterator[Story]:
    async with private_board(world) as story:
        yield story


async def test_a_backup_who_left_and_an_owner_who_left_are_asked_and_told_nothing_more(story: Story) -> None:
    world = story.world
    await story.secret(by=story.nele, owner=world.mara, checkpoints=["30"], day="2026-09-07")
    card = world.card(MARK, story.board)
    await story.nele.press("I worked on this", card)
    await world.turn_to(datetime(2026, 10, 9, 9, 0, tzinfo=UTC))
    assert len(world.asked(world.mara)) == 2
    story.leave(world.jonas)
    await world.turn(days=3)
    story.leave(world.mara)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} by another name", goal=f"{MARK} later") == {}
    await world.turn(days=30)
    assert "Nobody could say" in world.card(MARK, story.board).shown
    # Their old messages are silent, and so is a reply below them.
    for person in (world.mara, world.jonas):
        for message in world.slack.messages(person.dm):
            if message.by_app:
                await person.say(person.dm, "44 %", message)
        await person.say(person.dm, "45 %")
        await world.settle()
    for person in (world.mara, world.jonas):
        for words in ("show L-1", "list mine", "list due", "cancel L-1"):
            await person.command("/launch", words, world.team)


async def test_a_stale_button_shows_nothing_to_whoever_left(story: Story) -> None:
    world = story.world
    await story.secret()
    await story.secret("planned", by=story.nele, owner=world.mara, day="2026-09-20")
    question = story.question(world.mara)
    shown = await world.mara.command("/launch", "show L-2", story.board)
    await world.mara.press("It's out", shown)
    await world.mara.modal()
    story.leave(world.mara)
    await world.slack.quiet()
    await story.nele.press("Edit", world.card("L-2 ", story.board))
    await story.nele.modal()
    story.nele.fill("title", f"{MARK} later")
    assert await story.nele.submit() == {}
    # The relay has not been round yet: all this still stands before her.
    for name in ("Record", "No number", "Ask someone else"):
        await world.mara.press(name, question)
    await world.app.frame.finish()
    await world.mara.press("More")
    await world.app.frame.finish()
    await world.mara.close_modal(everything=True)
    for action, value in pressed():
        stale = world.hand(world.mara, button(action, "Press", value), where=story.board)
        await world.mara.press("Press", stale)
        await world.app.frame.finish()
        world.mara.reload()
    await world.settle()


async def test_whoever_answered_and_left_reads_no_more_of_what_becomes_of_it(story: Story) -> None:
    world = story.world
    await story.secret(by=story.nele, owner=world.mara, backup=None, checkpoints=["30"], day="2026-09-07")
    await world.turn_to(datetime(2026, 10, 19, 9, 0, tzinfo=UTC))
    await story.fill(world.jonas, "I know", world.shown(story.board, "Does anyone know"), value="44 %")
    story.leave(world.jonas)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} later") == {}
    # Mara says more, takes it back, and says it anew.
    answer = world.shown(world.mara.dm, "[Add more]")
    assert await story.fill(world.mara, "Add more", answer, users_said=f"{MARK} said") == {}
    await world.press(world.mara, "Undo", world.shown(world.mara.dm, "[Undo]"))
    await world.reply(world.mara, "53 %")
    await world.press(world.mara, "Keep", world.shown(world.mara.dm, "[Keep]"))


async def test_what_was_logged_and_said_stays_behind_when_its_author_leaves(story: Story) -> None:
    world = story.world
    await story.secret("planned", by=story.nele, owner=story.nele, day="2026-09-20", senior_id=world.mara)
    await story.log(world.mara, launch=f"L-1 {MARK} planned")
    await world.turn(hours=2)
    reply = await world.mara.say(world.mara.dm, f"{MARK} considerations")
    await world.settle()
    logged = world.shown(story.board, "Logged by")
    story.leave(world.mara)
    await world.settle()
    # In other words nothing is taken, and what still stands before her tells her nothing.
    await world.mara.edit(reply, f"{MARK} in other words")
    await world.settle()
    for action in ("edit", "remove", "consider", "take_back"):
        stale = world.hand(world.mara, button(f"discovery.{action}", "Press", "1"))
        await world.mara.press("Press", stale)
        await world.app.frame.finish()
        assert not world.mara.has_modal
        world.mara.reload()
    assert f"{MARK} considerations" in world.card("L-1", story.board).shown
    assert world.shown(story.board, "Logged by").shown == logged.shown
    assert await story.edit(story.nele, "L-1", title=f"{MARK} later") == {}


async def test_news_of_an_outcome_end_for_whoever_left(story: Story) -> None:
    world = story.world
    card = await story.secret()
    for person in (world.jonas, story.nele):
        await person.press("I worked on this", card)
    await answered(story, world.mara)
    await world.turn(days=1)
    assert MARK in world.slack.messages(world.jonas.dm)[-1].shown
    story.leave(world.jonas)
    await world.settle()
    answer = world.shown(world.mara.dm, "[Override]")
    assert await story.fill(world.mara, "Override", answer, verdict="Hit", reason=f"{MARK} reason") == {}
    await story.edit(world.mara, "L-1", title=f"{MARK} later")
    assert f"{MARK} later" in world.slack.messages(story.nele.dm)[-1].shown
    # Who left before the morning on which they would be told is told nothing.
    await world.turn(hours=6)
    await story.secret("second", backup=None)
    await world.press(story.nele, "I worked on this", world.card("second", story.board))
    await answered(story, world.mara)
    story.leave(story.nele)
    await world.turn(days=2)
    assert "second" not in "".join(m.shown for m in world.slack.messages(story.nele.dm))


async def test_a_planned_launch_that_moves_after_its_owner_left_is_named_to_them_no_more(
    story: Story,
) -> None:
    world = story.world
    await story.secret("planned", by=story.nele, owner=world.mara, backup=None, day="2026-09-08")
    await world.turn(days=40)
    assert MARK in world.slack.messages(world.mara.dm)[-1].shown
    story.leave(world.mara)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} later") == {}
    shown = await story.nele.command("/launch", "show L-1", story.board)
    assert shown is not None
    assert await story.fill(story.nele, "New date", shown, day="2026-12-01") == {}
    await world.turn(days=60)


async def test_a_message_that_cannot_be_posted_is_not_quoted_to_an_owner_who_left(story: Story) -> None:
    world = story.world
    world.expected_refusals = {"channel_not_found", "not_in_channel"}
    await story.secret(by=story.nele, owner=world.mara)
    story.leave(world.mara)
    await world.settle()
    world.slack.remove_bot(story.board)
    await world.slack.quiet()
    shown = await story.nele.command("/launch", "show L-1", story.board)
    assert shown is not None
    assert await story.fill(story.nele, "Edit", shown, title=f"{MARK} later") == {}
    assert f"{MARK} later" in world.shown(world.jonas.dm, "could not post").shown
    world.slack.invite_bot(story.board, story.nele)
    await world.settle()
    assert f"{MARK} later" in world.card("L-1 ", story.board).shown


async def test_turning_a_page_shows_nothing_to_whoever_left(story: Story) -> None:
    world = story.world
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        for number in range(11):
            title = f"{MARK} {number}"
            await recorded(tx, by=story.nele.id, channel=story.board.id, title=title, owner=world.mara.id)
    await world.settle()
    for words in ("list", "list mine", "list open"):
        listed = await world.mara.command("/launch", words, story.board)
        assert listed is not None
        await world.press(world.mara, "Older", listed)
        assert f"{MARK} 0" in world.told(world.mara, story.board)
    listed = await world.mara.command("/launch", "list", story.board)
    assert listed is not None
    story.leave(world.mara)
    await world.slack.quiet()
    await world.press(world.mara, "Older", listed)


async def test_a_reply_in_other_words_corrects_nothing_after_its_writer_left(story: Story) -> None:
    world = story.world
    await story.secret()
    said = await world.mara.say(world.mara.dm, "44 %")
    await world.settle()
    story.leave(world.mara)
    await world.settle()
    await story.edit(world.jonas, "L-1", title=f"{MARK} later")
    for words in ("53 %", "no idea"):
        said = await world.mara.edit(said, words)
        await world.settle()
    assert "40 % → 44 %" in world.card("L-1 ", story.board).shown
