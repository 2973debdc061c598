"""Closed retros as they are told and exported: one with all there is in it, and any there could be."""

from datetime import UTC, date, datetime
from typing import TypeVar

from hypothesis import strategies as st

from slackapp.features.action_items.rules import ActionState, Helped
from slackapp.features.metrics.rules import Verdict
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.record import (
    ActionRecord,
    DecisionRecord,
    LookedBackOn,
    Mark,
    Noted,
    PhaseRecord,
    Record,
    TopicRecord,
)

T = TypeVar("T")

FACILITATOR, JONAS = "Mara Lind", "Jonas Bell"
SLOW, FIRST_DAY = "Deploys take too long", "The first day is lonely"

SAMPLE = Record(
    label="R-7",
    template="Post-launch review",
    channel="team-onboarding",
    facilitator=FACILITATOR,
    is_anonymous=True,
    is_live=False,
    opened_at=datetime(2026, 9, 7, 8, 0, tzinfo=UTC),
    closed_at=datetime(2026, 9, 10, 9, 30, tzinfo=UTC),
    impact="Teams invite a second person in their first week.\nSupport hears “how do I begin” half as often.",
    handed_in=5,
    invited=6,
    launches=[
        LookedBackOn(
            "L-3",
            "New onboarding",
            works=Mark.of([4, 5, 4]),
            needed=Mark.of([3, 4]),
            metric="Activation",
            before="40 %",
            hoped="50 %",
            after="44 %",
            days=30,
            verdict="moved",
            guardrail_loss=True,
        ),
        LookedBackOn("L-5", "Faster search", Mark.of([]), Mark.of([]), metric="Searches a week"),
        LookedBackOn(
            "L-6", "Quiet hours", Mark.of([]), Mark.of([]), metric="Replies", unanswered="The data is missing"
        ),
    ],
    topics=[
        TopicRecord(
            SLOW,
            5,
            [
                Noted("A deploy takes 40 minutes, so we batch changes", "Could be better"),
                Noted(
                    "Rollback took an hour\nand nobody knew who decides",
                    "Could be better",
                    is_late=True,
                    source="https://slack.com/archives/C1/p1789000000000100",
                ),
            ],
        ),
        TopicRecord(FIRST_DAY, 2, [Noted("Whoever starts alone stops on day one", "Lessons for the future")]),
        TopicRecord(
            "=cmd|' /C calc'!A0", 0, [Noted("| a | <b>table</b> | *or* `not` [here](x)", "Went well")]
        ),
    ],
    decisions=[DecisionRecord("We deploy from main, twice a day", SLOW), DecisionRecord("No more Fridays")],
    actions=[
        ActionRecord(
            "A-4",
            "Split the pipeline in two",
            JONAS,
            date(2026, 9, 21),
            ActionState.DONE,
            if_then="If it is Friday, then ask Ines",
            helped=Helped.YES,
            topic=SLOW,
        ),
        ActionRecord(
            "A-5", "Greet whoever is alone", FACILITATOR, date(2026, 9, 28), ActionState.OPEN, topic=FIRST_DAY
        ),
        ActionRecord(
            "A-6",
            "Buy a bell",
            JONAS,
            date(2026, 9, 14),
            ActionState.DROPPED,
            reason="Nobody wants to hear it",
        ),
    ],
    carried_over=[
        ActionRecord(
            "A-1", "Write the runbook", FACILITATOR, date(2026, 9, 1), ActionState.OPEN, topic="On call"
        )
    ],
    phases=[
        PhaseRecord(Phase.COLLECT, datetime(2026, 9, 7, 8, 0, tzinfo=UTC), FACILITATOR),
        PhaseRecord(Phase.VOTE, datetime(2026, 9, 9, 8, 0, tzinfo=UTC)),
        PhaseRecord(Phase.DISCUSS, datetime(2026, 9, 10, 8, 0, tzinfo=UTC)),
        PhaseRecord(Phase.CLOSE, datetime(2026, 9, 10, 9, 0, tzinfo=UTC), FACILITATOR),
        PhaseRecord(Phase.CLOSED, datetime(2026, 9, 10, 9, 30, tzinfo=UTC), FACILITATOR),
    ],
)

_SCORES = st.lists(st.integers(1, 5), max_size=6)
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside it


def some_looked_back_on(words: st.SearchStrategy[str]) -> st.SearchStrategy[LookedBackOn]:
    """`words`: what people write into one line."""
    marks = _SCORES.map(Mark.of)
    shown = st.just("") | words.map(lambda text: text[:60])
    return st.builds(
        LookedBackOn,
        label=st.integers(1, 10**9).map(lambda number: f"L-{number}"),
        title=words,
        works=marks,
        needed=marks,
        metric=shown,
        before=shown,
        hoped=shown,
        after=shown,
        days=st.integers(0, 700),
        verdict=st.just("") | st.sampled_from(Verdict),
        guardrail_loss=st.booleans(),
        unanswered=st.sampled_from(["", "The data is missing"]),
    )


def some_records(
    words: st.SearchStrategy[str], lines: st.SearchStrategy[str], *, most: int = 1
) -> st.SearchStrategy[Record]:
    """`lines`: what people write into several lines. `most`: how often it may say a thing."""
    none_or_words = st.none() | words
    source = st.sampled_from([None, "https://slack.com/archives/C1/p1"])
    notes = st.lists(st.builds(Noted, lines, words, st.booleans(), source, none_or_words), max_size=2)
    topics = st.builds(TopicRecord, words, st.integers(0, 500), notes if most == 1 else st.just(()))
    actions = st.builds(
        ActionRecord,
        label=st.integers(1, 10**9).map(lambda number: f"A-{number}"),
        text=words,
        owner=words,
        due_on=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        state=st.sampled_from(ActionState),
        if_then=st.just("") | words,
        reason=st.just("") | lines,
        helped=st.none() | st.sampled_from(Helped),
        topic=none_or_words,
    )
    decisions = st.builds(DecisionRecord, words, none_or_words)
    phases = st.builds(PhaseRecord, st.sampled_from(Phase), _MOMENTS, none_or_words)
    return st.builds(
        Record,
        label=st.integers(1, 10**9).map(lambda number: f"R-{number}"),
        template=words,
        channel=st.just("") | words,
        facilitator=words,
        is_anonymous=st.booleans(),
        is_live=st.booleans(),
        opened_at=_MOMENTS,
        closed_at=_MOMENTS,
        impact=st.just("") | lines,
        handed_in=st.integers(0, 100),
        invited=st.none() | st.integers(1, 100),
        launches=_some(some_looked_back_on(words), most),
        topics=_some(topics, most),
        loose=notes,
        decisions=_some(decisions, most),
        actions=_some(actions, most),
        carried_over=_some(actions, most),
        phases=_some(phases, 1),
    )


def _some(one: st.SearchStrategy[T], most: int) -> st.SearchStrategy[list[T]]:
    """None, a few, or the same again and again: that is as good as many different ones."""
    if most == 1:
        return st.lists(one, max_size=2)
    return st.just([]) | one.map(lambda each: [each] * most)
