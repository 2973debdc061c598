"""What a channel's retros come to over time, and which of them are listed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackapp.core.transaction import Tx
from slackapp.features.action_items.rules import ActionDraft, ActionState, Helped
from slackapp.features.action_items.service import add
from slackapp.features.retros.blocks.trends import chart, over_time
from slackapp.features.retros.models import Retro, RetroAction, RetroPerson, Score, Topic
from slackapp.features.retros.queries.history import page
from slackapp.features.retros.queries.trends import history
from slackapp.features.retros.rules import Part, Phase
from slackapp.features.retros.rules.history import MOST_RETROS, Actions, Held, History, pooled, returning
from slackapp.features.retros.rules.record import Mark
from slackapp.features.retros.service import notes, stepping
from slackapp.features.retros.service.charting import send_chart
from slackapp.playground.slack.checks import check_message
from tests.support.recorded import messages, recorded
from tests.support.retros import collecting

NONE = Actions(0, 0, 0, 0, 0, 0)
HELD = Held(
    label="R-1",
    closed_on=date(2026, 9, 7),
    handed_in=5,
    invited=6,
    is_answered=True,
    topics=(),
    works=Mark.of([4, 4, 4]),
    needed=Mark.of([3, 3, 3]),
)


def held(*topics: Sequence[str]) -> list[Held]:
    return [replace(HELD, label=f"R-{n}", topics=of) for n, of in enumerate(topics, 1)]


def test_topics_that_are_alike_come_back_by_their_latest_name() -> None:
    found = returning(
        held(
            ["Deploys take too long", "Nobody reads the docs"],
            ["Lunch"],
            ["Deploys take far too long"],
            ["The docs nobody reads", "Deploys take long"],
        )
    )
    assert [(each.name, list(each.labels)) for each in found] == [
        ("Deploys take long", ["R-1", "R-3", "R-4"]),
        ("The docs nobody reads", ["R-1", "R-4"]),
    ]


def test_twice_in_one_retro_is_not_coming_back() -> None:
    assert returning(held(["Deploys take too long", "Deploys take long"], ["Lunch"])) == []


@given(st.lists(st.lists(st.integers(1, 5), max_size=6), max_size=4))
def test_a_retros_mark_is_of_those_launches_alone_whose_mark_is_shown(scores: list[list[int]]) -> None:
    shown = [score for of_launch in scores if len(of_launch) >= 3 for score in of_launch]
    mark = pooled([Mark.of(of_launch) for of_launch in scores])
    assert mark.answers == len(shown)
    assert mark.mean == (pytest.approx(sum(shown) / len(shown), abs=0.02) if shown else None)


def test_fewer_than_three_retros_say_nothing_yet() -> None:
    for few in range(3):
        said = over_time(History(held(*[[]] * few), NONE))
        assert said.text.startswith("Not enough yet")
    assert over_time(History(held([], [], []), NONE)).text.startswith("Retros of this channel over time")


_MARKS = st.lists(st.integers(1, 5), max_size=5).map(Mark.of)
_HELD = st.builds(
    Held,
    st.just("R-1"),
    st.just(date(2026, 9, 7)),
    st.integers(0, 5),
    st.sampled_from([None, 6]),
    st.booleans(),
    st.just(()),
    _MARKS,
    _MARKS,
)


@settings(max_examples=40)
@given(st.lists(_HELD, min_size=3, max_size=MOST_RETROS))
def test_slack_takes_the_chart_and_the_words_in_its_place(retros: list[Held]) -> None:
    named = [replace(each, label=f"R-{number}") for number, each in enumerate(retros, 1)]
    message = chart(History(named, Actions(9, 5, 2, 3, 1, 0)))
    fallback = message.fallback_documents()
    assert fallback
    for blocks in (message.documents(), fallback):
        assert check_message({"channel": "D1", "text": message.text, "blocks": blocks}) == []
    assert not [block for block in fallback if block["type"] == "data_visualization"]


async def closed(tx: Tx, *, skipped: bool = False, topics: Sequence[str] = (), channel: str = "C1") -> Retro:
    """A retro of three people, two of whom handed in."""
    retro = await collecting(tx, channel=channel)
    for user_id in ("U1", "U2", "U3"):
        tx.session.add(
            RetroPerson(workspace_id=tx.workspace_id, retro_id=retro.id, user_id=user_id, part=Part.INVITED)
        )
    for user_id in ("U1", "U2"):
        await notes.hand_in(tx, user_id, retro.id, [(0, "It helped")], {})
    for place, name in enumerate(topics, 1):
        tx.session.add(Topic(workspace_id=tx.workspace_id, retro_id=retro.id, name=name, place=place))
    await stepping.step_to(tx, retro, Phase.CLOSED, by="U1")
    retro.impact_skipped = skipped
    await tx.session.flush()
    return retro


async def test_history_counts_the_closed_retros_of_its_channel(tx: Tx) -> None:
    first = await closed(tx, topics=["Deploys take too long"])
    await closed(tx, skipped=True)
    last = await closed(tx, topics=["Deploys take long"])
    await closed(tx, channel="C2", topics=["Deploys take long"])
    cancelled = await collecting(tx)
    await stepping.step_to(tx, cancelled, Phase.CANCELLED, by="U1")
    await collecting(tx)
    launch = await recorded(tx)
    for voter in ("a", "b", "c"):
        tx.session.add(
            Score(
                workspace_id=tx.workspace_id,
                retro_id=last.id,
                launch_id=launch.id,
                voter=voter,
                works=4,
                needed=None if voter == "c" else 1,
            )
        )
    for state, helped in ((ActionState.DONE, Helped.YES), (ActionState.DONE, None), (ActionState.OPEN, None)):
        draft = ActionDraft(text="Split it", owner="U1", due_on=tx.now.date() + timedelta(days=7))
        item = await add(tx, draft, channel_id="C1", by="U1")
        item.state, item.helped = state, helped
        tx.session.add(
            RetroAction(workspace_id=tx.workspace_id, action_id=item.id, retro_id=first.id, topic_id=None)
        )
    await tx.session.flush()
    found = await history(tx, "C1")
    assert [(each.label, each.handed_in, each.invited, each.is_answered) for each in found.held] == [
        ("R-1", 2, 3, True),
        ("R-2", 2, 3, False),
        ("R-3", 2, 3, True),
    ]
    assert (found.held[-1].works, found.held[-1].needed) == (Mark(3, 4.0), Mark(0, None))
    assert found.actions == Actions(3, 2, 0, 1, 0, 0)
    assert [(each.name, list(each.labels)) for each in returning(found.held)] == [
        ("Deploys take long", ["R-1", "R-3"])
    ]
    assert [await send_chart(tx, "U2", channel) for channel in ("C1", "C1", "C2")] == [True, True, False]
    [sent] = await messages(tx, "U2")
    assert [block["type"] for block in sent.blocks].count("data_visualization") == 1
    assert sent.fallback is not None
    assert "data_visualization" not in {block["type"] for block in sent.fallback}


async def test_the_list_is_of_one_channel_the_open_one_first(tx: Tx) -> None:
    for _ in range(11):
        await closed(tx)
    await closed(tx, channel="C2")
    await collecting(tx)
    first, second = await page(tx, "C1"), await page(tx, "C1", 10)
    assert [retro.number for retro in first.retros] == [13, *range(11, 2, -1)]
    assert ([retro.number for retro in second.retros], first.has_more, second.has_more) == (
        [2, 1],
        True,
        False,
    )
