"""What retros begin with, little and far too much of it, and all that is said then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from slackapp.features.action_items.models import ActionItem
from slackapp.features.follow_ups.queries import Answer
from slackapp.features.launches.models import Launch
from slackapp.features.retros.blocks import beginnings, commands, offer, start
from slackapp.features.retros.blocks.first_screen import first_screen
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.beginnings import Offered
from slackapp.features.retros.queries.first_screen import Action, Asked, FirstScreen, Pending, Told
from slackapp.features.retros.rules import MOST_LAUNCHES, Template, Weekday

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

S = st.SearchStrategy


@dataclass(frozen=True)
class Made:
    """What other features make, for any test of what is said of it."""

    launches: S[Launch]
    #: With a metric.
    measured: S[Launch]
    answers: S[Answer]
    actions: S[ActionItem]
    line: Callable[[int], S[str]]
    lines: Callable[[int], S[str]]


def said(made: Made) -> Mapping[Callable[..., Any], S[Any]]:
    """Every function that says something of a beginning, with what it says."""
    retros = st.builds(
        Retro, id=st.just(7), number=st.integers(1, 10**6), channel_id=st.just("C1"), ended_at=st.just(NOW)
    )
    offered = st.builds(Offered, made.launches, st.booleans())
    about = made.launches
    return {
        first_screen: _screens(made, retros).map(first_screen),
        start.where_form: st.builds(start.where_form),
        start.start_form: st.builds(start.start_form, _views(offered), _typed(made)),
        commands.help_text: st.builds(commands.help_text, st.just("") | made.line(3000)),
        beginnings.too_few: st.builds(beginnings.too_few, retros, st.integers(1, 2)),
        beginnings.without_facilitator: made.line(255).map(beginnings.without_facilitator),
        offer.offer: st.builds(
            lambda launch, has_reading: offer.offer(launch, has_reading=has_reading), about, st.booleans()
        ),
        offer.declined: st.builds(offer.declined, about, made.line(255)),
        offer.taken_up: st.builds(offer.taken_up, about, st.just("R-7")),
        offer.added: st.builds(offer.added, about, st.just("R-7")),
        offer.there_already: st.builds(offer.there_already, about, st.just("R-7")),
        offer.waits: about.map(offer.waits),
        offer.waits_already: about.map(offer.waits_already),
    }


def _few_or_many(one: S[Any]) -> S[list[Any]]:
    """None, or one of them thirty times."""
    return st.just([]) | one.map(lambda it: [it]) | one.map(lambda it: [it] * 30)


def _screens(made: Made, retros: S[Retro]) -> S[FirstScreen]:
    actions = _few_or_many(st.builds(Action, made.actions, made.line(255)))
    read = made.answers.filter(lambda answer: answer.reading is not None)
    return st.builds(
        FirstScreen,
        retros,
        st.none() | retros,
        st.just(date(2026, 9, 7)),
        actions,
        actions,
        _few_or_many(st.builds(Told, made.measured, made.answers)),
        _few_or_many(st.builds(Asked, made.measured, st.booleans())),
        _few_or_many(st.builds(Pending, made.launches, st.none() | read)),
        _few_or_many(made.lines(1000)),
    )


def _views(offered: S[Offered]) -> S[start.StartView]:
    many = offered.map(lambda one: [_numbered(one, number) for number in range(1, MOST_LAUNCHES + 1)])
    return st.builds(
        start.StartView,
        st.builds(start.StartState, st.just("C1"), st.just(0), st.booleans()),
        st.just("U1"),
        st.sampled_from(Weekday),
        st.just([]) | offered.map(lambda one: [one]) | many,
    )


def _numbered(one: Offered, number: int) -> Offered:
    return Offered(Launch(id=number, number=number, title=one.launch.title), one.is_chosen)


def _typed(made: Made) -> S[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "template": st.sampled_from([template.value for template in Template]),
            "columns": made.lines(1000),
            "launches": st.just(["1", "3"]),
            "people": st.just(["U1", "U2"]),
            "anonymity": st.sampled_from(["anonymous", "named"]),
            "pace": st.sampled_from(["live", "slow"]),
            "collect": made.line(150),
            "votes_cap": made.line(150),
            "co_facilitators": st.just(["U2"]),
            "recurs": st.sampled_from(["never", "2"]),
            "weekday": st.just("4"),
            "at": st.just("15:30"),
        },
    )
