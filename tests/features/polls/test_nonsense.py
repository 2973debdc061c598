"""Whatever a button of polls and discovery carries or a form holds: it is done, or refused in a sentence."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import product

import pytest

from slackapp.core.errors import UserError
from slackapp.core.transaction import Failed, Tx
from slackapp.features.discovery import listeners as discovery
from slackapp.features.polls import listeners as polls
from slackapp.features.polls.rules import Kind, QuestionDraft
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, Command, OnAction, OnCommand, OnSubmit, Submission, Value
from tests.support.open_rounds import asking

ROUTES = [*polls.ROUTES, *discovery.ROUTES]
JUNK = [None, "x", "1", "1:-1", "2:999", "3:\N{ARABIC-INDIC DIGIT THREE}", "4:1:1", "5:", "9" * 400, "{}"]
FIELDS = (
    *("answer", "function", "template", "question", "kind", "options", "fewest", "most", "unit", "lowest"),
    *("highest", "low_end", "high_end", "details", "naming", "audience", "people", "functions", "until"),
    *("open_minutes", "way", "shows", "extras", "recurs", "weekday", "at", "zone", "thread", "channel"),
    *("all_the_same", "text", "day", "launch", "before_spec", "present", "contributions", "weeks_saved"),
    "note",
)
FORMS: list[dict[str, Value]] = [
    {},
    dict.fromkeys(FIELDS),
    dict.fromkeys(FIELDS, "x"),
    dict.fromkeys(FIELDS, "1"),
    dict.fromkeys(FIELDS, "9" * 400),
    {name: ["x", "1", ""] for name in FIELDS},
    {"question": "?", "kind": "yes_no", "recurs": "week", "weekday": "6", "at": "23:59", "channel": "C1"},
]
ASKED = [
    QuestionDraft(Kind.YES_NO, "Cake?"),
    QuestionDraft(Kind.MULTIPLE, "Which?", options=["Cake", "Pie"]),
    QuestionDraft(Kind.NUMBER, "How many?"),
    QuestionDraft(Kind.TEXT, "Why?"),
    QuestionDraft(Kind.SCALE, "How?"),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_click_no_form_and_no_command_comes_to_an_error(tx: Tx) -> None:
    for question in ASKED:
        await asking(tx, question)
    wrong = []
    for use in [partial(handle, tx, what) for handle, what in tried()]:
        done = await tx.attempt(use)
        if isinstance(done, Failed) and not isinstance(done.error, UserError):
            wrong.append((use.func, use.args[1], done.error))
    assert wrong == []


def tried() -> Iterator[tuple[Callable[..., Awaitable[Reply]], Click | Submission | Command]]:
    for route, junk in product(ROUTES, JUNK):
        if isinstance(route, OnAction):
            for channel in (None, "C1"):
                yield route.handle, Click("U1", route.action_id, junk, channel, metadata=junk or "")
        elif isinstance(route, OnSubmit):
            for form in FORMS:
                yield route.handle, Submission("U1", form, junk or "")
        elif isinstance(route, OnCommand):
            for verb in ("", "log", "poll", "poll list", "poll show", "report"):
                yield route.handle, Command("U1", "C1", f"{verb} {junk or ''}")
