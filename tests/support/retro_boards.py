"""Retros whose notes are grouped, voted for and discussed, and all that is said of them."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from slackapp.features.action_items.models import ActionItem
from slackapp.features.retros.blocks import boards, discuss, group, vote
from slackapp.features.retros.models import Decision, Note, Retro, Topic
from slackapp.features.retros.queries.topics import Ballot, Board, Outcome, TopicView
from slackapp.features.retros.rules.notes import LONGEST_NOTE
from slackapp.features.retros.rules.topics import LONGEST_NAME
from slackapp.features.retros.service.noting import LONGEST_DECISION
from slackapp.slack.blocks import paragraph
from tests.support.retro_progress import Said, Words, some_retros

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
DAY = date(2026, 9, 7)
SOURCE = "https://slack.com/archives/C1/p1789000000000100"


def a_board(
    retro: Retro,
    texts: Sequence[str],
    topics: int,
    *,
    name: str = "",
    late: bool = False,
    source: str | None = None,
) -> Board:
    """The notes in so many topics, one after the other, and the last of them in none."""
    notes = [
        Note(
            id=f"{place:032x}",
            column=place % (len(retro.columns) + 1) - 1,
            text=text,
            is_late=late,
            position=place,
            author_id=None if retro.is_anonymous else f"U{place % 9}",
            source_link=source,
        )
        for place, text in enumerate(texts)
    ]
    each = len(notes) // (topics + 1) if topics else 0
    views = [
        TopicView(
            Topic(
                id=number + 1,
                name=name or notes[number].text[:LONGEST_NAME],
                is_draft=number % 3 == 0,
                is_single=number % 5 == 4 and each == 1,
                place=number + 1,
                discussed_from=NOW if number == 0 else None,
            ),
            notes[number * each : (number + 1) * each],
        )
        for number in range(topics)
    ]
    names = {} if retro.is_anonymous else {f"U{number}": f"Person {number}" for number in range(9)}
    return Board(retro, views, notes[topics * each :], names)


def some_boards(line: Words, lines: Words) -> st.SearchStrategy[Board]:
    return st.builds(
        lambda retro, texts, topics, name, late, source: a_board(
            retro, texts, topics if texts else 0, name=name, late=late, source=source
        ),
        some_retros(line),
        st.tuples(st.lists(lines(LONGEST_NOTE), max_size=3), st.sampled_from([1, 5, 40])).map(
            lambda few: few[0] * few[1]
        ),
        st.sampled_from([0, 1, 2, 20]),
        line(LONGEST_NAME),
        st.booleans(),
        st.sampled_from([None, SOURCE]),
    )


def some_outcomes(line: Words, lines: Words) -> st.SearchStrategy[Outcome]:
    ids = itertools.count(1)
    actions = st.builds(
        lambda text, days: ActionItem(
            id=next(ids),
            number=next(ids),
            channel_id="C1",
            owner_id="U1",
            text=text,
            if_then="",
            due_on=DAY + timedelta(days=days),
            state="open",
            reason="",
        ),
        line(300),
        st.integers(-9, 9),
    )
    decisions = st.builds(lambda text: Decision(id=next(ids), topic_id=1, text=text), lines(LONGEST_DECISION))
    return st.builds(
        lambda items, decided: Outcome([(1, item) for item in items], decided),
        st.lists(actions, max_size=3),
        st.lists(decisions, max_size=3),
    )


def said(line: Words, lines: Words) -> Mapping[Callable[..., Said], st.SearchStrategy[Said]]:
    all_boards = some_boards(line, lines)
    pages, sizes = st.integers(0, 12), st.integers(0, 5)
    votings = st.builds(
        lambda board, mine, left, may_merge, page, notice: vote.Voting(
            Ballot(board, {1: mine} if mine else {}, budget=mine + left, remaining=left, cap=3),
            may_merge,
            page,
            notice,
        ),
        all_boards,
        sizes,
        sizes,
        st.booleans(),
        pages,
        st.just("") | line(255),
    )
    discussions = st.builds(
        lambda board, outcome, facilitates, notes, page: discuss.Discussion(
            board,
            {1: 3},
            board.topics[0].topic if board.topics and page % 2 == 0 else None,
            outcome,
            DAY,
            facilitates,
            notes,
            page,
        ),
        all_boards,
        some_outcomes(line, lines),
        st.booleans(),
        st.booleans(),
        pages,
    )
    topics = st.none() | st.builds(Topic, id=st.just(5), name=line(LONGEST_NAME))
    outcomes = some_outcomes(line, lines)
    items = outcomes.map(lambda outcome: outcome.actions[0][1] if outcome.actions else None)
    decided = outcomes.map(lambda outcome: outcome.decisions[0] if outcome.decisions else None)
    made: dict[Any, st.SearchStrategy[Any]] = {
        group.group: st.builds(group.Grouping, all_boards, pages, pages, st.just("") | line(200)).map(
            group.group
        ),
        vote.vote: votings.map(vote.vote),
        vote.merge: st.builds(
            lambda board: vote.merge(board, page=0), all_boards.filter(lambda board: bool(board.topics))
        ),
        discuss.discuss: discussions.map(discuss.discuss),
        discuss.action_form: st.builds(
            lambda retro, topic, item: discuss.action_form(retro, topic, item, by="U1", due_on=DAY),
            some_retros(line),
            topics,
            items,
        ),
        discuss.decision_form: st.builds(discuss.decision_form, some_retros(line), topics, decided),
        discuss.listed_before: st.builds(discuss.listed_before),
        discuss.not_listed: st.builds(discuss.not_listed, some_retros(line)),
        boards.sheet: line(200).map(lambda text: boards.sheet(text, [paragraph(text)], metadata="1")),
    }
    return made
