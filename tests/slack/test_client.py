"""What Slack's answers prove: only an answer of the right form says that a message is not there."""

from datetime import UTC, datetime

import pytest

from slackapp.slack.client import EVENT_TYPE, Post, Slack, find, open_direct
from slackapp.slack.outcomes import Done, Outcome, Unknown
from tests.support.answers import Answer, answering

SENT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
OURS = {"ts": "1.20", "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": "u1"}}}


def told(**answer: object) -> Answer:
    return 200, {}, {"ok": True, **answer}


async def looked_for(*answers: Answer) -> Outcome:
    async with answering(*answers) as url:
        slack = Slack(url, 2.0)
        try:
            return await find(slack.client("xoxb-1"), Post("C1", "u1", "Hello", []), SENT)
        finally:
            await slack.close()


async def test_it_is_found_on_whatever_page_it_stands() -> None:
    first = told(messages=[{"ts": "1.30"}], has_more=True, response_metadata={"next_cursor": "2"})
    assert await looked_for(first, told(messages=[OURS])) == Done({"ts": "1.20"})


async def test_whole_pages_without_it_say_that_it_is_not_there() -> None:
    assert await looked_for(told(messages=[{"ts": "1.30", "metadata": {"event_type": "other"}}])) == Done(
        {"ts": None}
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (told(), "no_messages"),
        (told(messages=None), "no_messages"),
        (told(messages={"0": OURS}), "no_messages"),
        (told(messages=[], has_more=True), "no_cursor"),
        (told(messages=[], has_more=True, response_metadata=[]), "no_cursor"),
    ],
)
async def test_an_answer_without_them_does_not(answer: Answer, reason: str) -> None:
    assert await looked_for(answer) == Unknown(reason)


async def test_what_else_stands_there_may_have_any_form() -> None:
    strange: list[object] = [None, 5, "x", [], {"metadata": "x"}, {"metadata": {"event_type": EVENT_TYPE}}]
    assert await looked_for(told(messages=[*strange, OURS])) == Done({"ts": "1.20"})


@pytest.mark.parametrize("channel", [None, "D1", {}, {"id": None}, {"id": 5}])
async def test_a_direct_message_without_an_id_is_not_open(channel: object) -> None:
    async with answering(told(channel=channel)) as url:
        slack = Slack(url, 2.0)
        try:
            assert await open_direct(slack.client("xoxb-1"), "U1") == Unknown("no_channel")
        finally:
            await slack.close()
