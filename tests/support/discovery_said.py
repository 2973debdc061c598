"""All that discovery says but its report, made of whatever people can write."""

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st
from slack_sdk.models.views import View

from slackapp.features.discovery.blocks import came, commands, considerations, log
from slackapp.features.discovery.models import Activity, Consideration
from slackapp.features.discovery.queries import Logged
from slackapp.features.discovery.rules import LONGEST_NOTE, ActivityKind, Contributed
from slackapp.features.discovery.rules.considerations import LONGEST
from slackapp.features.launches import blocks as launches
from slackapp.features.launches.models import Launch
from slackapp.features.workspaces import blocks as workspaces
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import Message, paragraph
from slackapp.slack.replies import Whisper

Said: TypeAlias = Message | View | Whisper
Words: TypeAlias = Callable[[int], st.SearchStrategy[str]]

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
DAY = date(2026, 9, 7)
MOST_OFFERED = 99


def _logged(launches: st.SearchStrategy[Launch], lines: Words) -> st.SearchStrategy[Logged]:
    activities = st.builds(
        lambda kind, before, note, weeks: Activity(
            id=7,
            channel_id="C1",
            kind=kind,
            day=DAY,
            before_spec=before,
            note=note,
            weeks_saved=weeks,
            logged_by="U1",
        ),
        st.sampled_from(ActivityKind),
        st.sampled_from([None, True, False]),
        st.just("") | lines(LONGEST_NOTE),
        st.sampled_from([None, Decimal(1), Decimal("2.5")]),
    )
    return st.builds(
        Logged,
        activities,
        st.sampled_from([[], [Function.DATA], list(Function)]),
        st.sampled_from([[], list(Contributed)]),
        st.none() | launches,
        st.sampled_from([None, "P-3"]),
    )


def _typed(lines: Words) -> st.SearchStrategy[dict[str, Any]]:
    """What stands in the form while it is filled in."""
    written = st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(ActivityKind).map(lambda kind: kind.value),
            "day": st.just("2026-09-01"),
            "launch": st.sampled_from(["1", "none", "12345"]),
            "present": st.sampled_from([[], ["engineering", "data"]]),
            "came": st.sampled_from([[], ["cheaper"]]),
            "weeks_saved": lines(3000),
            "note": lines(3000),
        },
    )
    return st.just({}) | written


def said(
    some_launches: st.SearchStrategy[Launch], line: Words, lines: Words
) -> Mapping[Callable[..., Said], st.SearchStrategy[Said]]:
    """Each function that makes something a person reads, and what it can be made of."""
    logged = _logged(some_launches, lines)
    words = st.builds(
        lambda text, echo: Consideration(text=text, said_by="U1", said_at=NOW, echo=echo),
        lines(LONGEST),
        st.sampled_from([None, "prompts:U1:reply:1.2"]),
    )
    ids = itertools.count(1)
    offered = st.builds(
        lambda launch, number: [_numbered(launch, next(ids)) for _ in range(number)],
        some_launches,
        st.sampled_from([0, 1, MOST_OFFERED]),
    )
    views = st.builds(
        log.LogView,
        st.sampled_from([log.LogState(""), log.LogState("C1"), log.LogState("C1", 7)]),
        st.just(DAY),
        st.none() | st.sampled_from(Function),
        offered,
        st.booleans(),
    )
    readers = st.sampled_from(["U1", "U2"])
    return {
        log.log_form: st.builds(log.log_form, views, _typed(lines)),
        log.logged_message: logged.map(log.logged_message),
        log.removed: st.builds(log.removed, st.sampled_from(ActivityKind), st.just(DAY), st.just("U1")),
        came.question: st.builds(
            lambda found, is_open: came.question(found, is_open=is_open), st.none() | logged, st.booleans()
        ),
        came.noted: logged.map(came.noted),
        came.not_taken: line(300).map(came.not_taken),
        considerations.question: st.builds(
            considerations.question, some_launches, st.none() | words, readers
        ),
        considerations.said_message: st.builds(
            lambda launch, found, buttons, notice: considerations.said_message(
                launch, found, buttons=buttons, notice=notice
            ),
            some_launches,
            words,
            st.booleans(),
            st.just("") | line(300),
        ),
        considerations.taken_back: some_launches.map(considerations.taken_back),
        considerations.not_taken: st.builds(considerations.not_taken, some_launches, line(300)),
        considerations.consider_form: st.builds(
            considerations.consider_form, some_launches, st.just("") | lines(LONGEST)
        ),
        commands.help_text: st.builds(commands.help_text, st.just("") | line(8000)),
        workspaces.function_form: st.builds(
            lambda text: workspaces.function_form([paragraph(text)]), line(150)
        ),
        launches.whose_function: some_launches.map(launches.whose_function),
    }


def _numbered(launch: Launch, row_id: int) -> Launch:
    """Another with the same words: options of one menu each carry an id of their own."""
    return Launch(id=row_id, number=launch.number, title=launch.title)
