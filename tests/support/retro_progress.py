"""Retros that run, in any phase and as far as people could bring them, and all that is said of them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from slack_sdk.models.views import View

from slackapp.features.launches.models import Launch
from slackapp.features.retros.blocks import waiting
from slackapp.features.retros.blocks.facilitate import facilitate, over
from slackapp.features.retros.blocks.status import status, status_for
from slackapp.features.retros.models import PhaseEntry, Retro, Topic
from slackapp.features.retros.queries import Discussed, Progress
from slackapp.features.retros.queries.facilitating import Facilitating
from slackapp.features.retros.rules import Doing, Phase, Role, Stop, Template, may
from slackapp.features.retros.rules.draft import MOST_HELPERS, MOST_LAUNCHES
from slackapp.features.retros.rules.templates import MOST_COLUMNS
from slackapp.slack.blocks import Message
from slackapp.slack.replies import Whisper

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

Said = Message | View | Whisper
Words = Callable[[int], st.SearchStrategy[str]]


def some_retros(line: Words) -> st.SearchStrategy[Retro]:
    moments = st.none() | st.integers(-(10**5), 10**5).map(lambda minutes: NOW + timedelta(minutes=minutes))
    return st.builds(
        Retro,
        id=st.integers(1, 10**9),
        number=st.integers(1, 10**9),
        channel_id=st.just("C1"),
        facilitator_id=st.sampled_from(["U1", "U2"]),
        template=st.sampled_from(Template),
        columns=st.lists(line(60), min_size=1, max_size=MOST_COLUMNS),
        is_anonymous=st.booleans(),
        is_live=st.booleans(),
        whole_channel=st.booleans(),
        phase=st.sampled_from(Phase),
        step=st.integers(0, 10**4),
        phase_began_at=st.just(NOW),
        phase_ends_at=moments,
        late_since=moments,
        collect_minutes=st.integers(1, 43_200),
        vote_minutes=st.integers(1, 43_200),
        topic_minutes=st.none() | st.integers(1, 120),
        votes_each=st.none() | st.integers(1, 50),
        votes_cap=st.integers(1, 50),
        series_id=st.none() | st.just(1),
    )


def some_progress(line: Words) -> st.SearchStrategy[Progress]:
    counts = st.sampled_from([0, 1, 2, 100, 10**6])
    entries = st.builds(
        PhaseEntry, step=st.just(0), phase=st.sampled_from(Phase), began_at=st.just(NOW), began_by=st.none()
    )
    topics = st.builds(
        Topic, name=line(150), place=st.none() | st.integers(1, 500), discussed_from=st.none() | st.just(NOW)
    )
    return st.builds(
        Progress,
        some_retros(line),
        st.lists(entries, min_size=1, max_size=4),
        _launches(line),
        facilitator=line(255),
        is_abandoned=st.booleans(),
        co_facilitators=st.lists(line(255), max_size=MOST_HELPERS),
        meant=st.none() | counts,
        handed_in=counts,
        notes=counts,
        topics=counts,
        voters=counts,
        stop=st.none() | st.sampled_from(Stop),
        discussed=st.none() | st.builds(Discussed, topics, counts),
    )


def _launches(line: Words) -> st.SearchStrategy[list[Launch]]:
    one = st.builds(Launch, id=st.integers(1, 10**6), number=st.integers(1, 10**6), title=line(150))
    return st.builds(
        lambda launch, count: [
            Launch(id=launch.id + i, number=launch.number + i, title=launch.title) for i in range(count)
        ],
        one,
        st.sampled_from([0, 1, 5, MOST_LAUNCHES]),
    )


def said(line: Words) -> Mapping[Callable[..., Any], st.SearchStrategy[Said]]:
    """What each function that says something of a running retro may come to say."""
    progress, retros = some_progress(line), some_retros(line)
    open_ones = retros.filter(lambda retro: Phase(retro.phase).is_open)
    timed = retros.filter(lambda retro: retro.phase in {Phase.COLLECT, Phase.VOTE})
    doings = st.sampled_from(Role).map(lambda role: frozenset(doing for doing in Doing if may(doing, role)))
    people = st.sampled_from([[], ["U1"]])
    known = st.builds(Facilitating, progress, doings, people, people, _launches(line))
    stopped = progress.filter(lambda found: Phase(found.retro.phase) is Phase.COLLECT)
    return {
        status: progress.map(status),
        status_for: st.builds(status_for, progress, doings),
        facilitate: known.map(facilitate),
        over: retros.map(over),
        waiting.stopped: st.builds(
            lambda found, stop, cancels: waiting.stopped(found, stop, may_cancel=cancels),
            stopped,
            st.sampled_from(Stop),
            st.booleans(),
        ),
        waiting.time_is_up: st.builds(waiting.time_is_up, stopped, st.sampled_from(Stop)),
        waiting.over: retros.map(waiting.over),
        waiting.waits: retros.map(waiting.waits),
        waiting.only_by_button: retros.map(waiting.only_by_button),
        waiting.taken_over: st.builds(waiting.taken_over, open_ones, line(255)),
        waiting.reminder: timed.map(waiting.reminder),
    }
