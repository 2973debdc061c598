"""Polls as people meet them in Slack: made, answered by click and by form, read, looked after, taken away."""

import json

from slackapp.features.polls.blocks.round import ANSWER
from slackapp.playground.slack import Message, Person
from slackapp.slack.blocks import button
from tests.support.world import World, pressable

FIRST = "What should we do first?"
WORKS = "The import\nThe search\nThe report"


async def shows(world: World, person: Person, words: str) -> str:
    """The modal on top, once it shows this."""
    await world.slack.until(lambda: person.top and words in person.top.shown)
    assert person.top is not None
    return person.top.shown


async def ask(world: World, question: str, kind: str, **filled: object) -> Message:
    """Through the form, as Mara; returns the channel's message."""
    await world.mara.command("/discovery", f"poll {question}", world.team)
    await world.mara.modal()
    await world.mara.choose("kind", kind)
    for name, value in filled.items():
        await shows(world, world.mara, "Options" if name == "options" else "Open for")
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    return world.shown(world.team, question)


async def test_one_click_answers_changes_and_takes_back(world: World) -> None:
    poll = await ask(world, FIRST, "One choice", options=WORKS)
    assert {"The import", "The search", "The report"} <= pressable(poll)
    await world.press(world.jonas, "The import", poll)
    assert "You said The import. Change it any time until" in world.told(world.jonas, world.team)
    await world.press(world.jonas, "The search", world.shown(world.team, FIRST), times=2)
    poll = world.shown(world.team, FIRST)
    assert "1 of 2 answered." in poll.shown
    assert "The search\n████████████  1 · 100 %" in poll.shown
    [*_, kept] = [m for m in world.jonas.reads(world.team) if m.ephemeral]
    await world.press(world.jonas, "Withdraw my answer", kept)
    assert "0 of 2 answered." in world.shown(world.team, FIRST).shown


async def test_what_takes_a_form_is_answered_in_one_with_ones_own_answer_in_it(world: World) -> None:
    poll = await ask(world, "What hurts?", "Several choices", options=WORKS, most="2")
    await world.jonas.press("Answer", poll)
    await world.jonas.modal()
    world.jonas.fill("answer", ["The import", "The search", "The report"])
    assert await world.jonas.submit() == {"answer": "Choose at most 2 options; here 3 are chosen."}
    world.jonas.fill("answer", ["The import", "The report"])
    assert await world.jonas.submit() == {}
    assert "You said The import, The report." in await shows(world, world.jonas, "Withdraw my answer")
    await world.jonas.close_modal()
    await world.settle()
    await world.jonas.press("Answer", world.shown(world.team, "What hurts?"))
    assert "☑ The import ☐ The search ☑ The report" in (await world.jonas.modal()).shown
    await world.jonas.press("Withdraw my answer")
    assert "Taken back" in await shows(world, world.jonas, "gone")


async def test_long_options_that_somebody_chose_are_said_back_one_by_one(world: World) -> None:
    long = [f"{'The ferry that leaves before anybody is awake ' * 2}from pier {pier}" for pier in "ABC"]
    poll = await ask(world, "Which ferries?", "Several choices", options="\n".join(long))
    await world.jonas.press("Answer", poll)
    await world.jonas.modal()
    world.jonas.fill("answer", ["0", "2"])
    assert await world.jonas.submit() == {}
    shown = await shows(world, world.jonas, "You chose 2 of 3 options:")
    assert [each in shown for each in long] == [True, False, True]


async def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(world: World) -> None:
    await world.mara.command("/discovery", f"poll {FIRST}", world.team)
    await world.mara.modal()
    await world.mara.choose("kind", "Several choices")
    await shows(world, world.mara, "Options")
    world.mara.fill("options", "The import\n the  IMPORT")
    world.mara.fill("most", "1 or 2")
    assert "stands there twice" in (await world.mara.submit())["options"]
    await world.mara.choose("kind", "A scale from 1 to 5")
    kept = await shows(world, world.mara, "Kept in case you go back")
    assert "the  IMPORT" in kept
    assert "1 or 2" in kept
    world.mara.fill("low_end", "Quite lost")
    await world.mara.choose("kind", "One choice")
    kept = await shows(world, world.mara, "One a line")
    assert "the  IMPORT" in kept
    assert "Quite lost" in kept
    await world.mara.choose("kind", "Yes or no")
    assert "Counted in" not in await shows(world, world.mara, "Quite lost")


async def test_another_template_fills_the_form_in_anew_and_says_so_at_the_right_field(world: World) -> None:
    await world.mara.command("/discovery", "poll", world.team)
    assert "Did you take part in finding out what to build" in (await world.mara.modal()).shown
    await world.mara.choose("template", "How are we?")
    shown = await shows(world, world.mara, "How have you felt at work these last weeks?")
    assert "Very bad" in shown
    assert "◉ Without names" in shown
    world.mara.fill("question~1", " ")
    assert await world.mara.submit() == {"question~1": "Write the question."}


async def test_another_template_keeps_what_was_typed_and_gives_way_at_a_press(world: World) -> None:
    await world.mara.command("/discovery", f"poll {FIRST}", world.team)
    await world.mara.modal()
    await world.mara.choose("kind", "One choice")
    await shows(world, world.mara, "One a line")
    world.mara.fill("options", WORKS)
    await world.mara.choose("template", "How are we?")
    shown = await shows(world, world.mara, "Kept as you filled it in: the question, how it is answered.")
    assert FIRST in shown
    assert "The search" in shown
    assert "This template asks: How have you felt at work" in shown
    assert "◉ Without names" in shown
    await world.mara.choose("template~1", "A planning: who comes")
    assert FIRST in await shows(world, world.mara, "This template asks: Will you be at the next planning?")
    await world.mara.press("Take all of the template")
    shown = await shows(world, world.mara, "I'll be there")
    assert (FIRST in shown, "The search" in shown, "Kept as you" in shown) == (False, False, False)


async def test_who_makes_an_anonymous_poll_of_few_is_told_before_anybody_is_asked(world: World) -> None:
    secret = world.slack.add_channel("secret", [world.mara, world.jonas], private=True)
    await world.mara.command("/discovery", "poll How are you?", secret)
    await world.mara.modal()
    await world.mara.choose("naming", "Without names")
    # Who of its members is an app Slack has not said yet.
    await shows(world, world.mara, "How many that is, Slack says once the poll is sent.")
    assert await world.mara.submit() == {}
    await world.settle()
    held = world.shown(world.mara.dm, "Only 2 people would be asked")
    await world.press(world.mara, "Ask with names", held)
    poll = world.shown(secret, "How are you?")
    await world.press(world.jonas, "Yes", poll)
    assert "1 of 2 answered." in world.shown(secret, "How are you?").shown
    await world.press(world.ines, "Yes", world.hand(world.ines, button(f"{ANSWER}.1", "Yes", "1:1")))
    assert "members of its channel" in world.told(world.ines)
    await world.mara.command("/discovery", "poll And today?", secret)
    await world.mara.modal()
    await world.mara.choose("naming", "Without names")
    assert "That is 2 people." in await shows(world, world.mara, "Anonymous: once this is closed")
    assert await world.mara.submit() == {}
    await shows(world, world.mara, "Send it all the same")
    world.mara.fill("all_the_same", ["Send it all the same"])
    assert await world.mara.submit() == {}
    await world.settle()
    poll = world.shown(secret, "And today?")
    assert "0 of 2 answered." in poll.shown
    await world.press(world.jonas, "Yes", poll)
    await world.mara.press("Manage", poll)
    assert "1 of 2 answered. Of fewer than 5 nothing is shown" in str((await world.mara.modal()).blocks)
    await world.mara.press("Close now")
    await shows(world, world.mara, "Closed. Fewer than 5 had answered, so nothing is shown.")


async def test_who_made_it_closes_rewords_stops_and_takes_it_away(world: World) -> None:
    await world.mara.command("/discovery", "poll", world.team)
    await world.mara.modal()
    assert await world.mara.submit() == {}
    await world.settle()
    poll = world.shown(world.team, "Did you take part")
    await world.press(world.jonas, "Manage", poll)
    assert "This is for Mara Lind, who made P-1, and for admins." in world.told(world.jonas, world.team)
    await world.press(world.jonas, "No", poll)
    await world.jonas.modal()
    world.jonas.fill("function", "Engineering")
    assert await world.jonas.submit() == {}
    await world.mara.press("Manage", poll)
    await world.mara.modal()
    await world.mara.press("Close now")
    await shows(world, world.mara, "Closed. The channel shows what it came to.")
    await world.mara.close_modal()
    await world.settle()
    # Whoever reads what the last round came to gets to the next one from there.
    poll = world.shown(world.team, "Did you take part")
    assert {"Manage"} == pressable(poll)
    await world.mara.press("Manage", poll)
    await shows(world, world.mara, "Round 1 in #")
    await world.mara.press("Reword")
    await shows(world, world.mara, "From the next round on")
    world.mara.fill("question", "Were you in discovery lately?")
    assert await world.mara.submit() == {}
    await shows(world, world.mara, "The next round asks with these words.")
    await world.mara.close_modal()
    await world.mara.press("JSON")
    assert "Reword" in await shows(world, world.mara, "comes as a JSON file")
    await world.mara.press("Stop")
    await shows(world, world.mara, "no further round is held")
    await world.settle()
    closed = world.shown(world.team, "P-1 is closed. 1 of 2 answered.")
    assert (closed.ts, pressable(closed)) == (poll.ts, {"Manage"})
    [shared] = world.slack.messages(world.mara.dm)[-1].files
    [taken] = json.loads(str(world.slack._slack.workspace.files[shared["id"]]["content"]))["rounds"]
    assert [each["count"] for each in taken["outcome"]["counts"]] == [1, 0]
    assert "Jonas" not in str(taken)
    await world.mara.command("/discovery", "poll list", world.team)
    assert "P-1 Were you in discovery lately?" in world.told(world.mara, world.team)
    await world.mara.command("/discovery", "poll show P-1", world.team)
    assert "0 of 1 yes" not in world.told(world.mara, world.team)
    assert "Yes\n░░░░░░░░░░░░  0 · 0 %" in world.told(world.mara, world.team)
