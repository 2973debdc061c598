"""Whatever a button carries or a form holds: it is done, or refused in a sentence, and nothing else."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import product

import pytest

from slackapp.core.errors import UserError
from slackapp.core.transaction import Failed, Tx
from slackapp.features.action_items import listeners as action_items
from slackapp.features.retros import listeners
from slackapp.features.retros.rules import Phase
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, OnAction, OnSubmit, Submission, Value
from tests.support.topics import with_notes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

JUNK = [None, "x", "1:1:1", "1:x:\N{ARABIC-INDIC DIGIT THREE}", "9" * 400]
ROUTES = [*listeners.ROUTES, *action_items.ROUTES]
FIELDS = (
    *("new_x_0", "new_9_9", "new_", "note_x", "lines", "nothing", "text", "column", "channel", "template"),
    *(
        "columns",
        "people",
        "launches",
        "collect",
        "vote",
        "votes_each",
        "votes_cap",
        "at",
        "weekday",
        "recurs",
    ),
    *("notes_0", "topics_0", "into_0", "name_0", "topics", "name", "works_1", "needed_x", "impact", "then"),
    *("recurs", "ends_in", "endless", "invited", "helpers", "facilitator", "anonymous", "decision", "reason"),
    *("due_on", "owner", "if_then", "pace", "names"),
)
FORMS: list[dict[str, Value]] = [
    {},
    dict.fromkeys(FIELDS),
    dict.fromkeys(FIELDS, "x"),
    dict.fromkeys(FIELDS, "1"),
    {name: ["x", "1", ""] for name in FIELDS},
]


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.VOTE, Phase.CLOSE])
async def test_no_click_and_no_form_comes_to_an_error(tx: Tx, phase: Phase) -> None:
    await with_notes(tx, ["Cake", "Pricing", "Handover"], to=phase)
    wrong = []
    for use in [partial(handle, tx, what) for handle, what in tried()]:
        done = await tx.attempt(use)
        if isinstance(done, Failed) and not isinstance(done.error, UserError):
            wrong.append((use, done.error))
    assert wrong == []


def tried() -> Iterator[tuple[Callable[..., Awaitable[Reply]], Click | Submission]]:
    for route, junk in product(ROUTES, JUNK):
        if isinstance(route, OnAction):
            for channel in (None, "C1"):
                yield route.handle, Click("U1", route.action_id, junk, channel, metadata=junk or "")
        elif isinstance(route, OnSubmit):
            for form in FORMS:
                yield route.handle, Submission("U1", form, junk or "")
