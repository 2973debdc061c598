"""What is asked weekly: four times, and then not any more."""

from datetime import date

from slackapp.features.prompts import service
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.rules import Ladder
from tests.support.asking import KIND, Asking

MONDAYS = [date(2026, 9, day) for day in (7, 14, 21, 28)]


async def test_it_is_asked_on_its_day_and_weekly_three_times(feature: Asking) -> None:
    await feature.ask(ladder=Ladder.WEEKLY, owner="U1")
    await feature.turn(days=27)
    assert feature.asked() == [("U1", day) for day in MONDAYS]
    assert feature.expired[1] == 0
    await feature.turn(days=30)
    assert feature.asked() == [("U1", day) for day in MONDAYS]
    assert (feature.channel[1], feature.expired[1]) == (0, 1)


async def test_an_answer_ends_it_and_taken_back_it_goes_on(feature: Asking) -> None:
    await feature.ask(ladder=Ladder.WEEKLY, owner="U1")
    await feature.turn(days=8)
    await feature.do(lambda tx: service.answered(tx, KIND, 1, "U1"))
    await feature.turn(days=30)
    assert len(feature.asked()) == 2
    assert await feature.do(lambda tx: service.reopen(tx, KIND, 1))
    await feature.turn(days=30)
    assert len(feature.asked()) == 4


async def test_whoever_it_was_passed_on_to_leaves_and_the_owner_is_asked_once_more(feature: Asking) -> None:
    await feature.ask(ladder=Ladder.WEEKLY, owner="U1")
    await feature.turn(hours=1)
    prompt = await feature.prompt()
    await feature.do(lambda tx: service.pass_on(tx, "U1", prompt.id, "U2"))
    await feature.turn(days=2)
    await feature.know("U2", deleted=True)
    await feature.turn(days=30)
    assert [user for user, _ in feature.asked()] == ["U1", "U2", "U1"]
    assert feature.expired[1] == 1


async def test_an_owner_who_leaves_ends_it(feature: Asking) -> None:
    await feature.ask(ladder=Ladder.WEEKLY, owner="U1")
    await feature.turn(days=1)
    await feature.know("U1", deleted=True)
    await feature.turn(days=30)
    assert len(feature.asked()) == 1
    assert (await feature.prompt()).state == PromptState.EXPIRED
