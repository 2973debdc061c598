"""Answering the question: by modal, by reply, with no number; taking it back, and deciding."""

import pytest

from tests.support.spaces import as_seen
from tests.support.world import World

#: The final question is asked at once.
LONG_OUT = "2026-08-01"


def latest(world: World) -> str:
    """What Mara's direct message shows last."""
    return world.slack.messages(world.mara.dm)[-1].shown


async def record(world: World, value: str, **fields: object) -> dict[str, str]:
    """Answer the latest question through its modal; what is wrong with it, by field."""
    await world.mara.press("Record", world.question(world.mara))
    await world.mara.modal()
    for name, given in {"value": value, **fields}.items():
        world.mara.fill(name, given)
    wrong = await world.mara.submit()
    await world.settle()
    return wrong


async def test_the_question_says_what_is_known_and_how_to_answer(world: World) -> None:
    await world.launch(day=LONG_OUT, link="https://numbers.example.com/activation")
    shown = world.question(world.mara).shown
    for words in (
        "What happened to Activation after New onboarding shipped?",
        "L-1, out since 1 Aug 2026 · it was 40 % · we hoped for 50 % · the final check, after 30 days",
        "[Record] [Open the dashboard] [No number]",
        "reply with the number",
    ):
        assert words in shown
    await world.press(world.mara, "Open the dashboard", world.question(world.mara))


async def test_a_number_given_in_the_modal_is_told_to_the_channel(world: World) -> None:
    card = await world.launch(day=LONG_OUT)
    assert await record(world, "44 %", observed_on="2026-09-01", else_changed="Black Friday") == {}
    outcome = world.shown(world.team, "40 % → 44 %")
    assert (outcome.thread_ts, outcome.broadcast) == (card.ts, True)
    for words in ("31 days after New onboarding; we hoped for 50 %", "read on 1 Sep 2026", "Black Friday"):
        assert words in outcome.shown
    assert "Recorded by @Mara Lind" in outcome.shown
    assert world.asked(world.mara) == []


async def test_an_answer_that_cannot_be_right_is_asked_about_at_its_field(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.mara.press("Record", world.question(world.mara))
    await world.mara.modal()
    world.mara.fill("else_changed", "Black Friday")
    for value in ("about half", "44 or 45", "44 days"):
        world.mara.fill("value", value)
        assert list(await world.mara.submit()) == ["value"]
        assert value in (await world.mara.modal()).shown
    world.mara.fill("value", "44 %")
    for day in ("2026-07-31", "2026-09-08"):
        world.mara.fill("observed_on", day)
        assert list(await world.mara.submit()) == ["observed_on"]
    world.mara.fill("observed_on", "2026-09-01")
    assert "Black Friday" in (await world.mara.modal()).shown
    world.mara.fill("else_changed", "x" * 1001)
    assert list(await world.mara.submit()) == ["else_changed"]
    assert len(world.asked(world.mara)) == 1


async def test_each_verdict_is_told_with_what_it_means(world: World) -> None:
    for answer, verdict in {
        "53 %": "hit, it got where we hoped",
        "44 %": "moved, by 2.5 % or more, and 40 % of the way to what we hoped for",
        "49.96 %": "moved, by 2.5 % or more, and 99 % of the way to what we hoped for",
        "41 %": "flat, by less than 2.5 % either way",
        "37.5 %": "regressed, the wrong way, by 2.5 % or more",
    }.items():
        await world.launch(f"Try {answer}", day=LONG_OUT)
        await world.reply(world.mara, answer)
        assert f"Verdict: {verdict}." in world.shown(world.team, "Recorded by").shown
        assert f"Verdict: {verdict}." in world.shown(world.team, "Problem:").shown


async def test_a_note_calls_people_by_name(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, f"44 %, says @{world.mara.name}")
    assert f"noted: says @{world.mara.name}" in world.shown(world.team, "Recorded by").shown


async def test_without_numbers_at_the_start_the_outcome_is_unmeasured(world: World) -> None:
    await world.launch(day=LONG_OUT, from_to="")
    await world.reply(world.mara, "44 %")
    outcome = world.shown(world.team, "Recorded by").shown
    assert "Activation: 44 %, 37 days after New onboarding." in outcome
    assert "Verdict: unmeasured, there is nothing to compare." in outcome


async def test_a_metric_to_hold_is_asked_and_judged_as_one(world: World) -> None:
    await world.launch(
        metric="Uptime",
        from_to="99 % → 99 %",
        direction="It should not fall",
        smallest_change="1",
        day=LONG_OUT,
    )
    assert "Fixed: not below 99 % · under 1 % is no change" in world.shown(world.team, "L-1").shown
    assert "it was 99 % · it should not fall" in world.question(world.mara).shown
    await world.reply(world.mara, "98.5 %")
    outcome = world.shown(world.team, "Recorded by").shown
    assert "Uptime: 99 % → 98.5 %, 37 days after New onboarding." in outcome
    assert "Verdict: hit, it stayed where it should." in outcome


async def no_number(world: World, reason: str) -> None:
    await world.mara.press("No number", world.question(world.mara))
    await world.mara.modal()
    world.mara.fill("reason", reason)
    assert await world.mara.submit() == {}
    await world.settle()


async def test_no_number_is_an_answer_with_its_reason(world: World) -> None:
    for reason in ("It cannot be measured", "The data is missing", "It no longer matters"):
        await world.launch(reason, day=LONG_OUT)
        await no_number(world, reason)
        outcome = world.shown(world.team, "Recorded by").shown
        assert f"Activation was not measured after {reason}. {reason}." in outcome
        assert "Verdict: unmeasured" in outcome
        assert world.asked(world.mara) == []


async def test_a_reply_is_a_number_and_the_rest_is_noted(world: World) -> None:
    for words, noted in {
        "44 %, but Black Friday": "but Black Friday",
        "44 & more": "& more",
        "about 44 %": "about 44 %",
        "44,0\nthe sale ended <early>": "the sale ended <early>",
    }.items():
        await world.launch(noted, day=LONG_OUT)
        answer = await world.reply(world.mara, words)
        assert "Activation: 40 % → 44 %" in answer.shown
        assert f"Noted: {noted}\n" in answer.shown
        assert "[Undo]" in answer.shown


async def test_a_reply_that_is_no_clear_number_is_asked_back_and_records_nothing(world: World) -> None:
    await world.launch(day=LONG_OUT)
    for words in ("about half?", "between 40 and 45", "44 days", "thanks", "1,234"):
        answer = await world.reply(world.mara, words)
        assert "This was about L-1 New onboarding. Nothing is recorded yet." in answer.shown
    assert len(world.asked(world.mara)) == 1
    await record(world, "44 %")
    assert "Nothing is recorded yet." in latest(world)


async def test_a_picture_is_asked_back_and_a_picture_with_a_number_counts(world: World) -> None:
    await world.launch(day=LONG_OUT)
    for words, answer in {"": "cannot read a number from a file", "44 %": "40 % → 44 %"}.items():
        await world.mara.say(world.mara.dm, words, file=True)
        await world.settle()
        assert answer in latest(world)


async def test_a_deleted_reply_changes_nothing(world: World) -> None:
    await world.launch(day=LONG_OUT)
    said = await world.mara.say(world.mara.dm, "44 %")
    await world.settle()
    before = [m.shown for m in world.slack.messages(world.team)]
    await world.mara.delete(said)
    await world.settle()
    assert [m.shown for m in world.slack.messages(world.team)] == before


async def test_a_reply_with_nothing_open_is_told_so(world: World) -> None:
    answer = await world.reply(world.mara, "44 %")
    assert "none is open for you" in answer.shown
    assert "/launch help" in answer.shown


async def test_with_two_questions_open_a_bare_reply_is_asked_back(world: World) -> None:
    await world.launch("Search & find", day=LONG_OUT)
    await world.launch("Filters", day=LONG_OUT)
    answer = await world.reply(world.mara, "44 %")
    assert "2 questions are open" in answer.shown
    assert "after Search & find shipped?" in answer.shown
    assert "after Filters shipped?" in answer.shown
    assert len(world.slack.messages(world.team)) == 2


async def test_a_reply_in_the_thread_of_a_question_answers_that_one(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await world.launch("Filters", day=LONG_OUT)
    await world.mara.say(world.mara.dm, "44 %", world.question(world.mara, "Search"))
    await world.settle()
    assert "44 %, 37 days after Search" in world.shown(world.team, "Recorded by").shown
    assert [m.shown for m in world.asked(world.mara) if "Search" in m.shown] == []


async def test_a_reply_in_the_thread_of_an_answered_question_answers_no_other(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    asked = world.question(world.mara)
    await world.reply(world.mara, "44 %")
    await world.launch("Filters", day=LONG_OUT)
    await world.mara.say(world.mara.dm, "45 % after all", asked)
    await world.settle()
    assert "press Undo" in latest(world)
    assert "Filters shipped?" in world.question(world.mara).shown


async def test_undo_before_the_outcome_was_posted_tells_the_channel_nothing(world: World) -> None:
    await world.launch(day="2026-08-30")
    await world.reply(world.mara, "42 %")
    await world.press(world.mara, "Undo", world.slack.messages(world.mara.dm)[-1])
    assert "So far" not in world.shown(world.team, "L-1").shown
    assert "[Record]" in world.question(world.mara).shown
    assert "Taken back: 42 % for L-1" in latest(world)


async def test_undo_takes_the_outcome_back_and_the_right_one_stands_in_its_place(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, "4.4 %")
    wrong = world.shown(world.team, "40 % → 4.4 %")
    await world.press(world.mara, "Undo", world.slack.messages(world.mara.dm)[-1])
    assert "was taken back" in world.shown(world.team, "was taken back").shown
    assert "Verdict" not in world.shown(world.team, "Problem:").shown
    answer = await world.reply(world.mara, "44 %")
    assert "Verdict: moved" in answer.shown
    right = world.shown(world.team, "40 % → 44 %")
    assert right.ts == wrong.ts
    buttons = [m.shown for m in world.slack.messages(world.mara.dm) if "[Record]" in m.shown]
    assert buttons == []


async def test_no_number_can_be_taken_back_too(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await no_number(world, "The data is missing")
    await world.press(world.mara, "Undo", world.slack.messages(world.mara.dm)[-1])
    await world.reply(world.mara, "44 %")
    assert "40 % → 44 %" in world.shown(world.team, "Recorded by").shown


async def test_a_decision_is_told_can_be_changed_and_ends_undo(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    for decision in ("Iterate", "Roll back"):
        asked = world.slack.messages(world.mara.dm)[-1]
        await world.press(world.mara, decision, asked)
        assert f"Decision: {decision}" in world.shown(world.team, "Recorded by").shown
        assert f"Decision: {decision}" in world.shown(world.team, "Problem:").shown
        assert f"Decision: {decision}. Another button changes it." in latest(world)
    assert "[Undo]" not in latest(world)


async def test_from_the_second_outcome_on_the_teams_rate_is_shown(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    assert "measured launch" not in (await world.reply(world.mara, "44 %")).shown
    await world.launch("Filters", day=LONG_OUT)
    answer = await world.reply(world.mara, "40 %")
    assert "In #team-onboarding: 1 of 2 measured launches moved." in answer.shown
    await world.launch("Export", day=LONG_OUT, from_to="")
    answer = await world.reply(world.mara, "40")
    assert "1 of 2 measured launches moved; 1 more was never measured." in answer.shown


@pytest.mark.parametrize("name", ["Undo", "Iterate"])
async def test_a_double_click_on_an_answers_button_has_one_effect(worlds: World, name: str) -> None:
    world = worlds
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    before = len(world.slack.messages(world.team))
    await world.press(world.mara, name, world.slack.messages(world.mara.dm)[-1], times=2)
    assert len(world.slack.messages(world.team)) == before
    if name == "Undo":
        assert "taken back already" in world.told(world.mara)
        assert len([m for m in world.asked(world.mara) if "[Record]" in m.shown]) == 1
    else:
        assert "Decision: Iterate" in world.shown(world.team, "Recorded by").shown


@pytest.mark.parametrize("button", ["Record", "No number"])
async def test_a_double_click_on_a_question_and_on_its_submit_records_once(
    worlds: World, button: str
) -> None:
    world = worlds
    await world.launch(day=LONG_OUT)
    await world.mara.press(button, world.question(world.mara), times=2)
    await world.mara.modal()
    await world.settle()
    field, value = ("value", "44 %") if button == "Record" else ("reason", "The data is missing")
    world.mara.fill(field, value)
    assert await world.mara.submit(times=2) == {}
    await world.settle()
    assert len([m for m in world.slack.messages(world.team) if "Recorded by" in m.shown]) == 1


async def test_an_answer_given_while_the_modal_was_open_wins_and_the_modal_says_so(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.mara.press("Record", world.question(world.mara))
    await world.mara.modal()
    await world.reply(world.mara, "44 %")
    world.mara.fill("value", "45 %")
    wrong = await world.mara.submit()
    assert as_seen(wrong["value"]) == (
        "You have already recorded 44 %. To change that, press Undo under the answer first."
    )


async def test_a_launch_cancelled_while_the_modal_was_open_takes_no_answer(world: World) -> None:
    await world.launch(day=LONG_OUT)
    world.slack.join(world.team, world.ines)
    await world.mara.press("Record", world.question(world.mara))
    await world.mara.modal()
    confirm = await world.ines.command("/launch", "cancel L-1", world.team)
    assert confirm is not None
    await world.press(world.ines, "Cancel this launch", confirm)
    world.mara.fill("value", "45 %")
    assert "was cancelled" in (await world.mara.submit())["value"]
