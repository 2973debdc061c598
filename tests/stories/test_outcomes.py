"""All that can be said about an outcome: beside the number, against the verdict, and in other words."""

from slackapp.playground.slack import Message, Person
from tests.support.world import World

LONG_OUT = "2026-08-01"


def latest(world: World, person: Person | None = None) -> Message:
    """What the person's direct message shows last."""
    return world.slack.messages((person or world.mara).dm)[-1]


def outcome(world: World) -> str:
    return world.shown(world.team, "Recorded by").shown


async def fill(world: World, button: str, message: Message, **fields: object) -> dict[str, str]:
    """Press a button that opens a modal, fill it in, and submit: what is wrong with it, by field."""
    await world.mara.press(button, message)
    await world.mara.modal()
    for name, value in fields.items():
        world.mara.fill(name, value)
    wrong = await world.mara.submit()
    await world.settle()
    return wrong


async def test_the_form_says_what_is_known_and_what_is_wrong_at_each_field(world: World) -> None:
    await world.launch("New pricing", day="2026-08-10")
    await world.launch(day=LONG_OUT, guardrails="Churn: 3 %, under 3.5 %\nNPS: 40, over 35")
    asked = world.question(world.mara, "New onboarding")
    await world.mara.press("Record", asked)
    form = (await world.mara.modal()).shown
    assert "In the same time: L-1 New pricing, on the same metric." in form
    assert "it was 3 %, should stay under 3.5 %" in form
    assert "it was 40, should stay over 35" in form
    await world.mara.close_modal()
    wrong = await fill(world, "Record", asked, value="a lot", guardrail_1="3 or 4", learning="x" * 301)
    assert set(wrong) == {"value", "guardrail_1", "learning"}
    for name, value in {"value": "53 %", "guardrail_1": "3 days", "learning": ""}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {"guardrail_1": "Churn is measured in %. Write the number in %."}
    assert len([m for m in world.slack.messages(world.team) if "Recorded by" in m.shown]) == 0


async def test_all_that_was_said_is_told_to_the_channel(worlds: World) -> None:
    world = worlds
    await world.launch("Old search", day="2026-07-01")
    assert await fill(world, "Record", latest(world), value="41 %", learning="People like to tick") == {}
    await world.launch("New pricing", day="2026-08-10")
    await world.launch(day=LONG_OUT, guardrails="Churn: 3 %, under 3.5 %\nNPS: 40, over 35")
    said: dict[str, object] = {
        "value": "53 %",
        "else_changed": "Black Friday",
        "users_said": "Two teams asked where the old page went",
        "guardrail_1": "3.6 %",
        "learning": "A checklist helps",
        "stance": "It supports",
    }
    asked = world.question(world.mara, "New onboarding")
    assert list(await fill(world, "Record", asked, **said)) == ["about"]
    world.mara.fill("about", "L-1: People like to tick")
    assert await world.mara.submit() == {}
    await world.settle()
    shown = outcome(world)
    for words in (
        "40 % → 53 %",
        "Verdict: hit, with guardrail loss; it got where we hoped.",
        "Churn 3 % → 3.6 %: worse than it should be",
        "NPS: not read; it was 40",
        "In the same time: L-2 New pricing, on the same metric",
        "What else changed: Black Friday",
        "What users said: Two teams asked where the old page went",
        "Learned: A checklist helps (supports L-1: People like to tick)",
    ):
        assert words in shown
        assert words in latest(world).shown
    assert "hit, with guardrail loss" in world.shown(world.team, "L-3 New onboarding").shown
    listed = await world.jonas.command("/launch", "learnings TICK", world.team)
    assert listed is not None
    assert "supported by 1" in listed.shown
    assert "A checklist helps" not in listed.shown
    listed = await world.jonas.command("/launch", "learnings", world.team)
    assert listed is not None
    assert "A checklist helps · L-3 New onboarding, hit · supports L-1: People like to tick" in listed.shown


async def test_more_is_added_later_and_changed_also_after_the_decision(world: World) -> None:
    await world.launch(day=LONG_OUT, guardrails="Churn: 3 %, under 3.5 %")
    await world.reply(world.mara, "53 %")
    assert await fill(world, "Add more", latest(world), users_said="They like it", learning="It helps") == {}
    assert "What users said: They like it" in outcome(world)
    await world.press(world.mara, "Keep", latest(world))
    assert list(await fill(world, "Add more", latest(world), guardrail_1="a lot")) == ["guardrail_1"]
    world.mara.fill("guardrail_1", "4 %")
    assert "They like it" in (await world.mara.modal()).shown
    assert await world.mara.submit() == {}
    await world.settle()
    assert "hit, with guardrail loss" in outcome(world)
    assert "What users said: They like it" in outcome(world)
    assert await fill(world, "Add more", latest(world), guardrail_1="3.1 %", users_said="") == {}
    assert "Churn 3 % → 3.1 %: it stayed where it should" in outcome(world)
    assert "guardrail loss" not in outcome(world)
    assert "What users said" not in outcome(world)


async def test_the_owner_overrides_the_verdict_and_both_are_shown_and_takes_it_back(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, "41 %")
    assert list(await fill(world, "Override", latest(world), verdict="Moved")) == ["reason"]
    world.mara.fill("reason", "the control group was broken")
    assert await world.mara.submit() == {}
    await world.settle()
    both = "Verdict: moved, says @Mara Lind: the control group was broken. Computed: flat."
    for shown in (outcome(world), latest(world).shown, world.shown(world.team, "Problem:").shown):
        assert both in shown
    assert await fill(world, "Override", latest(world), verdict="As computed: flat") == {}
    for shown in (outcome(world), latest(world).shown, world.shown(world.team, "Problem:").shown):
        assert "says @Mara Lind" not in shown
        assert "Verdict: flat, by less than 2.5 % either way." in shown


async def test_whether_it_changes_what_comes_next_is_told(world: World) -> None:
    await world.launch(day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    for answer, told in {"Yes": "This changes what", "No": "This does not change what"}.items():
        await world.press(world.mara, answer, latest(world))
        assert f"{told} we build next." in outcome(world)
    await world.press(world.mara, "Undo", latest(world))
    await world.reply(world.mara, "44 %")
    assert "we build next" not in outcome(world)


async def test_an_edited_reply_corrects_the_answer_everywhere(worlds: World) -> None:
    world = worlds
    await world.launch(day=LONG_OUT)
    said = await world.mara.say(world.mara.dm, "4.4 %, a first guess")
    await world.settle()
    before = len(world.slack.messages(world.mara.dm))
    await world.mara.edit(said, "44 %, after all")
    await world.settle()
    for shown in (outcome(world), latest(world).shown, world.shown(world.team, "Problem:").shown):
        assert "40 % → 44 %" in shown
        assert "Verdict: moved" in shown
    assert "Noted: after all" in latest(world).shown
    assert len(world.slack.messages(world.mara.dm)) == before


async def test_an_edit_that_is_no_clear_answer_or_comes_too_late_changes_nothing_and_says_so(
    world: World,
) -> None:
    await world.launch(day=LONG_OUT)
    said = await world.mara.say(world.mara.dm, "44 %")
    await world.settle()
    said = await world.mara.edit(said, "44 % or 45 %")
    await world.settle()
    assert "There is more than one number here" in latest(world).shown
    assert "Your first answer stands." in latest(world).shown
    assert "[Undo]" in latest(world).shown
    await world.press(world.mara, "Keep", latest(world))
    assert "first answer stands" not in latest(world).shown
    await world.mara.edit(said, "45 %")
    await world.settle()
    assert "L-1 is decided upon. Your first answer stands." in latest(world).shown
    assert "40 % → 44 %" in outcome(world)


async def test_the_outcome_returns_to_the_message_it_was_recorded_from(world: World) -> None:
    said = await world.jonas.say(world.team, "Shipped the new onboarding")
    await world.mara.shortcut("launches.from_message", said)
    await world.mara.modal()
    fields = {"title": "New onboarding", "problem": "They give up", "audience": "new teams"}
    for name, value in {**fields, "metric": "Activation", "from_to": "40 % → 50 %", "day": LONG_OUT}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    await world.reply(world.mara, "44 %")
    told = world.shown(world.team, "Recorded by")
    assert (told.thread_ts, told.broadcast) == (said.ts, True)


async def test_an_answer_below_a_launch_that_is_looked_at(world: World) -> None:
    await world.launch(day=LONG_OUT)
    shown = await world.mara.command("/launch", "show L-1", world.team)
    assert shown is not None
    for name in ("[Record]", "[No number]", "[Ask someone else]"):
        assert name in shown.shown
    assert await fill(world, "Record", shown, value="44 %") == {}
    assert "40 % → 44 %" in outcome(world)
    shown = await world.mara.command("/launch", "show L-1", world.team)
    assert shown is not None
    assert "[Record]" not in shown.shown
