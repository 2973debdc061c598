"""A person's App Home: what waits, their launches, what came of them, and who sees what of it."""

import pytest
from sqlalchemy import event

from slackapp import wiring
from slackapp.core.transaction import Tx
from slackapp.features.prompts.queries import open_for
from slackapp.features.workspaces.rules import AppHome
from slackapp.playground.slack import Person, View
from slackapp.playground.slack.checks import check_view
from slackapp.slack.blocks import header, markdown
from tests.support.launched import a_launch
from tests.support.private_board import MARK, private_board
from tests.support.world import LAUNCH, World

LONG_OUT = "2026-08-01"
#: The event's key is noted besides: who, the questions, the settings, three lists, the rates, action items.
MOST_STATEMENTS = 9
HOSTILE = "<!channel> *bold* <@U1> <https://evil.example|a> & `code`"


async def home(world: World, person: Person) -> View:
    """What stands on their Home once they have opened it."""
    await person.open_home()
    await world.settle()
    assert person.home is not None
    return person.home


def standing(person: Person) -> str:
    """What stands there now, without opening it again."""
    assert person.home is not None
    return person.home.shown


def between(shown: str, title: str) -> list[str]:
    """The lines below this heading, up to the next section."""
    lines = shown.split("\n")
    after = lines[lines.index(title) + 1 :]
    return after[: after.index("---")] if "---" in after else after


async def fill(world: World, who: Person, /, **fields: object) -> None:
    await who.modal()
    for name, value in fields.items():
        who.fill(name, value)
    assert await who.submit() == {}
    await world.settle()


async def add_many(world: World, numbers: range) -> None:
    """Launches of Mara's with these numbers, as rows: recording them takes too long."""
    app, mara = world.app, world.mara.id
    async with app.transactions.begin(app.installation.workspace_id) as tx:
        for number in numbers:
            row = {"id": number, "number": number, "workspace_id": tx.workspace_id}
            people = {"channel_id": world.team.id, "owner_id": mara, "recorder_id": mara}
            tx.session.add(a_launch(None, **row, **people))


async def test_a_newcomer_reads_one_sentence_and_records_a_launch_from_there(worlds: World) -> None:
    world, mara = worlds, worlds.mara
    shown = (await home(world, mara)).shown
    assert shown.split("\n")[:2] == [
        "Record what your team shipped, and later you are asked what happened to its metric.",
        "[Record a launch] [Settings]",
    ]
    assert "Waiting for you" not in shown
    await mara.press("Record a launch")
    await fill(world, mara, title="Search", channel=world.team, **LAUNCH)
    assert world.card("L-1 Search").channel == world.team.id
    assert between(standing(mara), "Your launches") == [
        "L-1 Search",
        "Activation 40 % → 50 % · asked about on 14 Sep 2026 [More]",
    ]
    assert "later you are asked" not in standing(mara)


async def test_the_channel_chosen_before_more_is_kept_and_asked_once(world: World) -> None:
    await home(world, world.mara)
    await world.mara.press("Record a launch")
    await world.mara.modal()
    world.mara.fill("channel", world.team)
    await world.open_more(world.mara)
    form = await world.mara.modal()
    assert [block["block_id"] for block in form.blocks].count("channel") == 1
    await fill(world, world.mara, title="Search", goal="Q4", **LAUNCH)
    assert world.card("L-1 Search").channel == world.team.id
    assert "L-1 Search" in standing(world.mara)


async def test_a_question_is_answered_and_decided_upon_from_home(worlds: World) -> None:
    world, mara = worlds, worlds.mara
    await world.launch("Search", day=LONG_OUT)
    asked = between((await home(world, mara)).shown, "Waiting for you")
    assert asked == [
        "What happened to Activation after Search shipped?",
        "L-1, out since 1 Aug 2026 · it was 40 % · we hoped for 50 % · the final check, after 30 days",
        "[Record] [No number]",
        "[Snooze ▾] [Ask someone else]",
    ]
    await mara.press("Record", mara.home)
    await fill(world, mara, value="44 %", learning="People like lists")
    assert between(standing(mara), "Waiting for you") == ["No question is open for you."]
    assert between(standing(mara), "What came of yours") == [
        "L-1 Search",
        "Activation 40 % → 44 %, 37 days later. Verdict: moved.",
        "Learned: People like lists",
        "What do you do about it? [More]",
        "[Keep] [Iterate] [Roll back] [Look again] [Stop]",
    ]
    await mara.press("Iterate", mara.home)
    await world.settle()
    assert between(standing(mara), "What came of yours")[1:3] == [
        "Activation 40 % → 44 %, 37 days later. Verdict: moved. Decision: iterate.",
        "Learned: People like lists [More]",
    ]
    assert "Decision: Iterate" in world.shown(world.team, "Recorded by").shown


async def test_what_is_put_off_says_until_when_and_stands_last(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await world.launch("Filters", day="2026-08-02")
    await home(world, world.mara)
    await world.mara.choose("prompts:1", "3 days", world.mara.home)
    await world.settle()
    asked = between(standing(world.mara), "Waiting for you")
    assert asked[0] == "What happened to Activation after Filters shipped?"
    assert "Put off until 10 Sep 2026." in standing(world.mara)


async def test_what_is_passed_on_leaves_home(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await home(world, world.mara)
    await world.mara.press("Ask someone else")
    await fill(world, world.mara, person=world.jonas)
    assert between(standing(world.mara), "Waiting for you") == ["No question is open for you."]


async def test_a_planned_launch_and_one_without_a_metric_wait_there_too(world: World) -> None:
    await world.launch("Export", day="2026-09-08")
    await world.launch("Filters", day=LONG_OUT, metric="", from_to="")
    await world.turn(days=1, hours=2)
    shown = (await home(world, world.mara)).shown
    assert "Is Export out?" in shown
    assert "How will we know whether Filters worked?" in shown
    await world.mara.press("It cannot be measured")
    await world.settle()
    assert between(standing(world.mara), "What came of yours") == [
        "L-2 Filters",
        "It was never measured: no metric was named. [More]",
    ]
    await world.mara.press("Dropped")
    await world.settle()
    assert "Export" not in standing(world.mara)


async def test_only_three_questions_stand_there_and_the_next_come_up(world: World) -> None:
    for each in range(5):
        await world.launch(f"Launch {each}", day=LONG_OUT)
    shown = (await home(world, world.mara)).shown
    assert shown.count("What happened to") == 3
    assert "and 2 more, once these are answered." in shown
    await world.mara.press("Record", world.mara.home, value="1")
    await fill(world, world.mara, value="44 %")
    assert "after Launch 3 shipped?" in standing(world.mara)
    assert "and 1 more, once these are answered." in standing(world.mara)


async def test_what_one_worked_on_tells_what_it_changed(world: World) -> None:
    card = await world.launch("Search", day=LONG_OUT)
    await world.press(world.jonas, "I worked on this", card)
    assert between((await home(world, world.jonas)).shown, "What you worked on")[1].startswith(
        "Activation 40 % → 50 % · asked about since"
    )
    await world.reply(world.mara, "44 %")
    assert between((await home(world, world.jonas)).shown, "What you worked on") == [
        "L-1 Search",
        "Activation 40 % → 44 %, 37 days later. Verdict: moved. [More]",
    ]
    # It is nobody else's to decide.
    assert "[Keep]" not in standing(world.jonas)


async def test_the_rate_of_a_channel_is_told_once_there_are_two_outcomes(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await world.reply(world.mara, "44 %")
    assert "measured launch" not in (await home(world, world.mara)).shown
    await world.launch("Filters", day=LONG_OUT)
    await world.reply(world.mara, "40 %")
    shown = (await home(world, world.mara)).shown
    assert between(shown, "Your teams") == ["- In #team-onboarding: 1 of 2 measured launches moved."]


async def test_two_hundred_launches_are_read_in_as_many_statements_as_two_and_turned_in_pages(
    worlds: World,
) -> None:
    world, mara = worlds, worlds.mara
    await home(world, mara)
    await add_many(world, range(1, 3))
    few = await statements(world, mara)
    await add_many(world, range(3, 201))
    assert await statements(world, mara) == few <= MOST_STATEMENTS
    assert mara.home is not None
    assert check_view(mara.home.content) == []
    await mara.press("195 more")
    numbers: list[str] = []
    for turn in range(20):
        await world.settle()
        page = await mara.modal()
        numbers += [line for line in page.shown.split("\n") if line.startswith("L-")]
        if turn < 19:
            await mara.press(f"{190 - 10 * turn} more")
    assert len(set(numbers)) == len(numbers) == 200
    await mara.press("Back")
    await world.settle()
    assert numbers[180] in (await mara.modal()).shown


async def statements(world: World, person: Person) -> int:
    """How often the database is asked to draw their Home."""
    seen: list[str] = []

    def note(*what: object) -> None:
        seen.append(str(what[2]))

    event.listen(world.app.engine.sync_engine, "before_cursor_execute", note)
    await person.open_home()
    await world.slack.quiet()
    await world.app.frame.finish()
    event.remove(world.app.engine.sync_engine, "before_cursor_execute", note)
    return sum("SELECT" in statement for statement in seen)


async def test_what_people_wrote_is_shown_as_they_wrote_it(world: World) -> None:
    await world.launch(HOSTILE, day=LONG_OUT, metric="<!here> metric")
    view = await home(world, world.mara)
    rows = [block for block in view.blocks if block["type"] == "section"]
    assert {block["text"]["type"] for block in rows} == {"plain_text"}
    assert f"L-1 {HOSTILE}" in view.shown
    assert check_view(view.content) == []


async def test_home_opened_twice_at_once_stands_there_once(world: World) -> None:
    world.expected_refusals = {"hash_conflict"}
    await home(world, world.mara)
    await world.launch("Search", day=LONG_OUT)
    for _ in range(2):
        await world.mara.open_home()
    await world.settle()
    assert standing(world.mara).count("What happened to Activation after Search shipped?") == 1


async def test_a_button_that_came_too_late_is_answered_over_home_which_is_drawn_anew(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    await home(world, world.mara)
    await world.reply(world.mara, "44 %")
    await world.mara.press("Record", world.mara.home)
    assert "You have already recorded 44 %" in (await world.mara.modal()).shown
    await world.settle()
    assert between(standing(world.mara), "Waiting for you") == ["No question is open for you."]


async def test_a_form_with_an_error_stays_and_home_is_as_it_was(world: World) -> None:
    await world.launch("Search", day=LONG_OUT)
    before = (await home(world, world.mara)).hash
    await world.mara.press("Record", world.mara.home)
    await world.mara.modal()
    world.mara.fill("value", "many")
    assert set(await world.mara.submit()) == {"value"}
    await world.settle()
    assert world.mara.home is not None
    assert world.mara.home.hash == before


async def test_settings_are_opened_and_what_was_settled_is_said_there(world: World) -> None:
    await home(world, world.mara)
    await world.mara.press("Settings")
    await world.mara.modal()
    world.mara.fill("morning", "10:00")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Saved. You are asked at 10:00" in (await world.mara.modal()).shown
    assert "You are asked at 10:00 in Europe/Stockholm" in standing(world.mara)


async def test_all_about_a_launch_is_one_press_away(world: World) -> None:
    await world.launch("Search", day=LONG_OUT, goal="Q4")
    await home(world, world.mara)
    await world.mara.press("More")
    assert "Goal: Q4" in (await world.mara.modal()).shown


async def test_what_was_recorded_in_a_private_channel_is_shown_to_its_members_alone(world: World) -> None:
    async with private_board(world) as story:
        await story.secret(by=story.nele, owner=world.mara)
        await story.secret("other", by=story.nele, owner=world.mara)
        card = world.card(f"{MARK} other", story.board)
        await world.press(world.jonas, "I worked on this", card)
        for person in (world.mara, story.nele, world.jonas):
            assert MARK in (await home(world, person)).shown
        for person in story.outsiders:
            assert MARK not in (await home(world, person)).shown
        for person in (world.mara, story.nele, world.jonas):
            story.leave(person)
            await world.settle()
            assert MARK not in (await home(world, person)).shown


async def test_guests_and_people_of_other_organisations_see_what_they_were_asked(world: World) -> None:
    gil, sol = world.slack.add_person("Gil", guest=True), world.slack.add_person("Sol", stranger=True)
    for person in (gil, sol):
        world.slack.join(world.team, person)
        assert (await home(world, person)).shown == "Waiting for you\nNo question is open for you."
    await world.launch("Search", day=LONG_OUT)
    await world.launch("Filters", day=LONG_OUT)
    await make_asked(world, gil)
    shown = (await home(world, gil)).shown
    assert shown.startswith("Waiting for you\nWhat happened to Activation after Search shipped?")
    assert "Filters" not in shown
    assert "Record a launch" not in shown


async def make_asked(world: World, person: Person) -> None:
    """Let the first question be this person's, who became a guest only after they were asked."""
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        [first, *_] = await open_for(tx, world.mara.id)
        first.user_id = person.id


async def test_another_feature_adds_its_section(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def section(tx: Tx, shown: AppHome) -> list[object]:
        del tx
        return [header("Your forecasts"), markdown(f"Of {shown.user_id}")]

    monkeypatch.setitem(wiring.PARTS, AppHome, (section,))
    shown = (await home(world, world.mara)).shown
    assert shown.endswith(f"Your forecasts\nOf {world.mara.id}")
