"""The instruments as the server has them: the clock's buttons, faults, the tour, what Slack saw."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from slackapp.playground.pages.instruments.clock import moment
from slackapp.playground.slack import Fault
from slackapp.playground.slack.errors import ImpossibleError
from tests.playground.pages.conftest import Answer, Playground
from tests.support.world import LAUNCH


async def work(playground: Playground, desk: str, **fields: str) -> Answer:
    return await playground.post(f"/as/{playground.mara.id}/{desk}", fields)


async def turned(playground: Playground, by: str) -> datetime:
    answer = await work(playground, "clock", by=by)
    assert (answer.status, answer.text) == (200, "{}")
    await playground.world.slack.until(lambda: not playground.world.turning.under_way, 20)
    return playground.world.clock.now()


async def launch(playground: Playground) -> None:
    await playground.mara.command("/launch", "A new onboarding", playground.team)
    await playground.mara.modal()
    for field, value in LAUNCH.items():
        playground.mara.fill(field, value)
    assert await playground.mara.submit() == {}
    await playground.world.turning.settle()


async def test_the_clock_goes_by_an_hour_a_day_a_week_and_to_the_next_morning(playground: Playground) -> None:
    start = playground.world.clock.now()
    assert await turned(playground, "hour") == start + timedelta(hours=1)
    # Tuesday, half past nine in Stockholm.
    assert await turned(playground, "morning") == datetime(2026, 9, 8, 7, 30, tzinfo=UTC)
    assert await turned(playground, "day") == datetime(2026, 9, 9, 7, 30, tzinfo=UTC)
    assert await turned(playground, "week") == datetime(2026, 9, 16, 7, 30, tzinfo=UTC)


async def test_a_day_later_it_is_the_same_time_of_day_where_one_is(playground: Playground) -> None:
    playground.world.clock.turn(datetime(2026, 10, 24, 8, 0, tzinfo=UTC))
    later = await moment(playground.world, playground.mara, "day")
    # The night between has an hour more in Stockholm.
    assert later == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)


async def test_to_the_next_thing_due_and_nowhere_where_there_is_none(playground: Playground) -> None:
    nowhere = await work(playground, "clock", by="next")
    assert nowhere.status == 409
    assert "Nothing comes by itself" in nowhere.text
    await launch(playground)
    await playground.world.slack.until(lambda: playground.world.outlook.upcoming)
    page = (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text
    assert "Next, Mon 14 Sep, 9:30 AM:</span> Mara Lind is asked: What happened to Activation" in page
    assert await turned(playground, "next") == datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
    assert "What happened to" in playground.world.slack.messages(playground.mara.dm)[-1].shown


async def test_a_second_turn_is_refused_and_a_turn_can_be_halted(playground: Playground) -> None:
    await launch(playground)
    assert (await work(playground, "clock", by="week")).status == 200
    second = await work(playground, "clock", by="day")
    assert second.status == 409
    assert json.loads(second.text)["error"] == "The clock is being turned already. Wait until it stands."
    page = (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text
    assert re.search(r'data-clock="week" aria-disabled="true"', page)
    assert "Turning to Mon 14 Sep, 10:00 AM" in page
    assert (await work(playground, "clock", by="halt")).status == 200
    await playground.world.slack.until(lambda: not playground.world.turning.under_way, 20)


async def test_before_it_is_known_what_comes_next_nobody_is_told_that_nothing_does(
    playground: Playground,
) -> None:
    async def said(text: str) -> bool:
        return text in (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text

    await launch(playground)
    await playground.world.slack.until(lambda: playground.world.outlook.upcoming)
    # Past what was to come, and not yet looked again.
    await playground.world.turning.to(playground.world.clock.now() + timedelta(days=10))
    assert not await said("Nothing comes by itself yet.")
    assert not await said('data-clock="next" aria-disabled="true"')


async def test_while_the_history_is_made_nobody_is_told_of_each_turn(playground: Playground) -> None:
    await launch(playground)
    await playground.world.slack.until(lambda: playground.world.outlook.upcoming)
    playground.world.has_come(3, 100, "Monday 4 May")
    playground.world.turning.begin(playground.world.clock.now() + timedelta(days=40))
    page = (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text
    assert playground.world.turning.under_way
    assert not any(words in page for words in ("Turning to", "Stop here", "Next, ", "Nothing comes"))


async def test_while_the_history_is_made_the_clock_and_faults_are_left_alone(playground: Playground) -> None:
    playground.world.has_come(3, 100, "Monday 4 May")
    for desk, fields in (("clock", {"by": "day"}), ("faults", {"name": "slow"})):
        answer = await work(playground, desk, **fields)
        assert answer.status == 409
        assert "still being made" in answer.text
    playground.world.is_made()
    assert (await work(playground, "clock", by="hour")).status == 200
    await playground.world.turning.close()


@pytest.mark.parametrize(("desk", "field"), [("clock", "by"), ("faults", "name"), ("tour", "do")])
async def test_what_no_button_sends_is_refused(playground: Playground, desk: str, field: str) -> None:
    for nonsense in ("year", "\x00", "é", "skip ", "__class__"):
        answer = await work(playground, desk, **{field: nonsense})
        assert answer.status == 404
        assert "error" in json.loads(answer.text)


async def test_whoever_cannot_record_is_led_to_somebody_who_can(playground: Playground) -> None:
    guest = playground.world.slack.add_person("Dana Whitlock", tz="America/New_York", guest=True)
    playground.world.slack.add_channel("team-platform", [guest])
    playground.world.tour.start()
    first = playground.world.tour.steps(guest)[0]
    assert (first.who, first.where) == (playground.mara, playground.team)
    assert playground.world.tour.steps(playground.jonas)[0].who is None


async def test_a_step_that_there_is_not_cannot_be_skipped(playground: Playground) -> None:
    playground.world.tour.start()
    for step in ("", "0", "6", "99", "²", "-1"):
        assert (await work(playground, "tour", do="skip", step=step)).status == 200
    assert [each.skipped for each in playground.world.tour.steps(playground.mara)] == [False] * 5


async def test_each_fault_can_be_switched_on_and_off(playground: Playground) -> None:
    async def page() -> str:
        return (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text

    for name, banner in (
        ("slow", "Slow."),
        ("limited", "Rate limited."),
        ("dropping", "Losing answers."),
        ("gone", "Out of reach."),
    ):
        assert (await work(playground, "faults", name=name)).status == 200
        assert playground.world.faults.on == name
        assert f"<strong>{banner}</strong>" in await page()
    assert (await work(playground, "faults", name="")).status == 200
    assert "Make Slack well again" not in await page()
    playground.world.slack.faults.next("auth.test", Fault.ERROR_BEFORE)
    assert (await work(playground, "faults", name="")).status == 200
    assert playground.world.faults.on == ""


async def test_what_slack_saw_is_a_page_and_each_exchange_a_document(playground: Playground) -> None:
    await playground.mara.command("/launch", "help", playground.team)
    with pytest.raises(ImpossibleError):
        await playground.ines.say(playground.team, "I am not in here")
    here = f"/as/{playground.mara.id}/traffic"
    listed = await playground.get(f"{here}?words=launch+help&refused=&page=0")
    assert "<strong>command</strong> /launch" in listed.text
    number = re.findall(r'data-exchange="(\d+)"', listed.text)[0]
    document = await playground.get(f"{here}/{number}")
    assert "&#34;text&#34;: &#34;help&#34;" in document.text
    assert (await playground.get(f"{here}/999999")).status == 404
    assert "Nothing like that." in (await playground.get(f"{here}?words=zzzz&page=x")).text


async def test_a_playground_says_what_it_is(playground: Playground) -> None:
    assert json.loads((await playground.get("/playground")).text)["is"] == "afterlaunch-playground"
