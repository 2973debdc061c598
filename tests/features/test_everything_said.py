"""Everything the app can say: Slack takes it whatever people wrote, and nothing they wrote pings or links."""

import functools
import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

import slackapp
from slackapp.core.errors import UserError
from slackapp.core.words import plain, tidy
from slackapp.core.working_time import Calendar
from slackapp.features.action_items import blocks as action_items
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import LONGEST_ABOUT, LONGEST_REASON, ActionState, Helped
from slackapp.features.follow_ups import blocks as follow_ups
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer, Learned, Offer, Story, Watched
from slackapp.features.follow_ups.rules import MOST_IN_CHANNEL, FollowUpState, NoNumber
from slackapp.features.home import blocks as home
from slackapp.features.home.queries import Overview
from slackapp.features.home.queries import Page as HomePage
from slackapp.features.home.queries import Row as HomeRow
from slackapp.features.home.rules import MOST_CHANNELS, Listed
from slackapp.features.launches import blocks as launches
from slackapp.features.launches.models import Guardrail, Launch, LaunchVersion
from slackapp.features.launches.queries import MOST_NAMED, Page, Rate
from slackapp.features.launches.rules import (
    CHECKPOINTS,
    Bottleneck,
    Decision,
    Evidence,
    FeltBy,
    Kind,
    LaunchState,
    ReworkReason,
    Took,
)
from slackapp.features.learnings import blocks as learnings
from slackapp.features.learnings.models import Learning
from slackapp.features.learnings.queries import MOST_OFFERED, Found
from slackapp.features.learnings.queries import Page as LearningsPage
from slackapp.features.learnings.queries import Row as LearningsRow
from slackapp.features.learnings.rules import LONGEST, LONGEST_WORD, Stance
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Direction, Verdict
from slackapp.features.prompts import blocks as prompts
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import MOST_ASKS, MOST_NEWS, MOST_SNOOZES, Pace
from slackapp.features.retros.blocks import close as retro_close
from slackapp.features.retros.blocks import collect as retro_notes
from slackapp.features.retros.blocks import confide as retro_words
from slackapp.features.retros.blocks import history as retro_history
from slackapp.features.retros.blocks import summary as retro_summary
from slackapp.features.retros.blocks import trends as retro_trends
from slackapp.features.retros.models import Note, Retro, Score, Series
from slackapp.features.retros.queries.history import Page as RetroPage
from slackapp.features.retros.queries.looked_back import ON_A_PAGE, Closing, Scored
from slackapp.features.retros.rules import Phase, Template
from slackapp.features.retros.rules.history import Actions, Held, History
from slackapp.features.retros.rules.notes import LONGEST_CONFIDED, LONGEST_NOTE, MOST_OWN
from slackapp.features.retros.rules.record import Mark
from slackapp.features.retros.rules.scores import LONGEST_IMPACT
from slackapp.features.retros.rules.templates import LONGEST_COLUMN, MOST_COLUMNS
from slackapp.features.workspaces import blocks as workspaces
from slackapp.features.workspaces.blocks import scopes_missing
from slackapp.features.workspaces.rules import COUNTRY_NAMES, MORNINGS, Function, Settled
from slackapp.playground.slack.checks import check_message, check_view
from slackapp.slack import answering
from slackapp.slack.blocks import CardPart, Message, button, paragraph
from slackapp.slack.replies import Whisper
from tests.support import (
    discovery_said,
    poll_surfaces,
    reports,
    retro_beginnings,
    retro_boards,
    retro_progress,
)
from tests.support.retro_records import some_looked_back_on, some_records

Said: TypeAlias = Message | View | Whisper

#: What people can write into Slack to annoy each other or to break an app.
NASTY = [
    "<!channel>", "<!here> <!everyone>", "<@U1>", "<@U2|you>", "<#C1>", "<!subteam^S1>",
    "<https://evil.example|a>", "https://evil.example", "@channel", ":tada:", "> quote", "*_~", "`code`",
    "```",
    "&amp; &lt;!channel&gt;", "\"quotes\" “and” 'more'", "\u0645\u0631\u062d\u0628\u0627", "\u202eevil\u202c",
    "e\u0301\u0301\u0301", "👩\u200d👩\u200d👧\u200d👦", "ß", "\x00\x07", "a\nb\r\n\nc", "\ud800", "x", "",
]  # fmt: skip
#: A few characters of each kind there is in Unicode.
ODD = [
    "".join(itertools.islice((c for c in map(chr, range(0x3000)) if category(c) == kind), 1, 60, 20))
    for kind in sorted({category(chr(code)) for code in range(0x3000)})
]
PIECES = ["", *NASTY, *filter(None, ODD)]


def spelled(number: int) -> str:
    """Up to four pieces: each number has its own, so that a text is drawn at once, and not by the letter."""
    pieces = []
    while number:
        number, piece = divmod(number, len(PIECES))
        pieces.append(PIECES[piece])
    return " ".join(pieces)


WORDS = st.integers(0, len(PIECES) ** 4 - 1).map(spelled)
LONG = st.tuples(WORDS, st.integers(1, 400)).map(lambda pair: pair[0] * pair[1])


@functools.cache
def line(longest: int) -> st.SearchStrategy[str]:
    """What a one-line field lets through."""
    return (WORDS | LONG).map(lambda text: plain(text[: 2 * longest])[:longest].strip() or "x")


@functools.cache
def lines(longest: int) -> st.SearchStrategy[str]:
    """What a field of several lines lets through."""
    return (WORDS | LONG).map(lambda text: tidy(text[: 2 * longest])[:longest].strip() or "x")


NUMBERS = st.decimals(-(10**15), 10**15, places=6, allow_nan=False, allow_infinity=False)
DAY = date(2026, 9, 7)
NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
LINKS = st.sampled_from(
    [None, "https://numbers.example.com/a?b=c&d=<e>|f", "https://a.example/" + "%20" * 660]
)
#: What a launch has under More.
UNDER_MORE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Kind),
        "evidence": st.none() | st.sampled_from(Evidence),
        "systems": st.lists(line(40), max_size=10),
        "estimated_weeks": st.none() | st.decimals("0.000001", 520, places=6),
        "goal": line(80) | st.just(""),
        "bottleneck": st.none() | st.sampled_from(Bottleneck),
        "expected_value": line(200) | st.just(""),
        "idea_of": st.none() | st.sampled_from(Function),
        "senior_id": st.sampled_from([None, "U1"]),
        "senior_before_spec": st.sampled_from([None, True, False]),
        "significant": st.booleans(),
        "rework_reason": st.none() | st.sampled_from(ReworkReason),
        "unlocks": line(200) | st.just(""),
        "felt_by": st.none() | st.sampled_from(FeltBy),
        "backup_id": st.sampled_from([None, "U1"]),
        "first_day": st.sampled_from([None, DAY]),
        "slips": st.integers(0, 10**6),
        "guardrail_loss": st.booleans(),
        "override_reason": lines(500),
        "overridden_by": st.sampled_from([None, "U2"]),
        "changes_next": st.sampled_from([None, True, False]),
    }
)


@st.composite
def some_launches(draw: st.DrawFn, *, measured: bool) -> Launch:
    numbers = measured and draw(st.booleans())
    unmeasured = [LaunchState.PLANNED, LaunchState.OUT, LaunchState.DROPPED]
    state = draw(st.sampled_from(LaunchState if measured else unmeasured))
    over = state in {LaunchState.MEASURED, LaunchState.CLOSED}
    return Launch(
        id=draw(st.integers(1, 2**31 - 1)),
        workspace_id=1,
        number=draw(st.integers(1, 10**9)),
        channel_id="C1",
        recorder_id="U1",
        owner_id="U2",
        title=draw(line(150)),
        problem=draw(lines(1000)),
        audience=draw(line(200)),
        outcomes=draw(lines(1000) | st.just("")),
        because=draw(line(300) | st.just("")),
        link=draw(LINKS),
        day=DAY,
        metric=draw(line(80)) if measured else None,
        direction=draw(st.sampled_from(Direction)) if measured else None,
        unit=draw(line(20) | st.just("")),
        baseline=draw(NUMBERS) if numbers else None,
        target=draw(NUMBERS) if numbers else None,
        smallest_change=abs(draw(NUMBERS)) + 1 if numbers else None,
        checkpoints=sorted(draw(st.sets(st.sampled_from(CHECKPOINTS), min_size=1))),
        state=state,
        recorded_at=NOW,
        frozen_at=None if state == LaunchState.PLANNED else NOW,
        verdict=draw(st.sampled_from(Verdict)) if over else None,
        override=draw(st.none() | st.sampled_from(Verdict)) if over else None,
        decision=draw(st.sampled_from(Decision)) if state == LaunchState.CLOSED else None,
        dropped_by="U2" if state == LaunchState.DROPPED else None,
        dropped_at=NOW if state == LaunchState.DROPPED else None,
        **draw(UNDER_MORE),
    )


@st.composite
def some_answers(draw: st.DrawFn, states: Iterable[FollowUpState] = FollowUpState) -> Answer:
    state = draw(st.sampled_from(list(states)))
    answered = state in {FollowUpState.ANSWERED, FollowUpState.NO_NUMBER}
    follow_up = FollowUp(
        id=draw(st.integers(1, 2**31 - 1)),
        workspace_id=1,
        launch_id=1,
        days=draw(st.sampled_from(CHECKPOINTS)),
        final=draw(st.booleans()),
        due_on=DAY + timedelta(days=30),
        state=state,
        no_number=draw(st.sampled_from(NoNumber)) if state == FollowUpState.NO_NUMBER else None,
        answered_by="U2" if answered else None,
        echo="prompts:U2:reply:1" if answered and draw(st.booleans()) else None,
        else_changed=draw(lines(1000) | st.just("")),
        users_said=draw(lines(1000) | st.just("")),
    )
    if state != FollowUpState.ANSWERED:
        return Answer(follow_up, None)
    reading = Reading(
        value=draw(NUMBERS),
        unit=draw(line(20) | st.just("")),
        observed_on=DAY + timedelta(days=draw(st.integers(0, 700))),
        note=draw(lines(40_000) | st.just("")),
    )
    return Answer(follow_up, reading)


#: Ids of their own, as rows have them.
PROMPT_IDS = itertools.count(1)
PROMPTS = st.builds(
    lambda state, snoozes: Prompt(id=next(PROMPT_IDS), workspace_id=1, state=state, snoozes=snoozes),
    st.sampled_from(PromptState),
    st.integers(0, MOST_SNOOZES),
)
COUNTS = st.integers(0, 5)
RATES = st.builds(Rate, st.just("C1"), COUNTS, COUNTS, COUNTS)
MEASURED = some_launches(measured=True)
LAUNCHES = MEASURED | some_launches(measured=False)
ANSWERS = some_answers()
ANSWERED = some_answers([FollowUpState.ANSWERED, FollowUpState.NO_NUMBER])
LEARNINGS = st.builds(
    lambda id_, text, stance, about_id: Learning(id=id_, text=text, stance=stance, about_id=about_id),
    st.integers(1, 10**6),
    line(LONGEST),
    st.sampled_from(Stance),
    st.none() | st.integers(1, 10**6),
)
FOUND = st.builds(Found, LEARNINGS, LAUNCHES)
GUARDRAIL_IDS = itertools.count(1)
GUARDRAILS = st.builds(
    lambda metric, direction, unit, baseline, change: Guardrail(
        id=next(GUARDRAIL_IDS),
        metric=metric,
        direction=direction,
        unit=unit,
        baseline=baseline,
        smallest_change=change,
    ),
    line(80),
    st.sampled_from([Direction.HOLD_UP, Direction.HOLD_DOWN]),
    line(20) | st.just(""),
    NUMBERS,
    NUMBERS.map(lambda number: abs(number) + 1),
)
WATCHED = st.builds(Watched, GUARDRAILS, ANSWERS.map(lambda answer: answer.reading))
OTHERS = st.lists(LAUNCHES, max_size=MOST_NAMED)


READERS = st.sampled_from([None, "U1", "U2"])


def some_stories(answers: st.SearchStrategy[Answer]) -> st.SearchStrategy[Story]:
    return st.builds(
        Story,
        MEASURED,
        answers,
        st.lists(WATCHED, max_size=5),
        OTHERS,
        st.none() | st.builds(Learned, LEARNINGS, st.none() | FOUND),
        RATES,
        st.booleans(),
        READERS,
    )


OFFERS = st.builds(
    Offer,
    MEASURED,
    ANSWERS,
    st.lists(WATCHED, max_size=5),
    OTHERS,
    st.none() | LEARNINGS,
    st.none() | st.lists(FOUND, max_size=3) | FOUND.map(lambda found: [found] * (MOST_OFFERED + 1)),
)
LISTED = st.builds(LearningsRow, FOUND, st.none() | FOUND, COUNTS, COUNTS)
LEARNINGS_PAGES = st.builds(
    LearningsPage,
    st.lists(LISTED, max_size=10),
    st.just("") | line(LONGEST_WORD),
    st.sampled_from([0, 10]),
    st.booleans(),
).filter(lambda page: bool(page.rows) or not page.offset)
QUESTIONS = st.builds(follow_ups.question, some_stories(ANSWERS))
ASKS = st.lists(
    st.builds(prompts.Asking, PROMPTS, QUESTIONS, st.none() | st.just(DAY)), min_size=1, max_size=MOST_ASKS
)
#: News are as short as `docs/prompts.md` asks.
NEWS = st.lists(
    st.builds(lambda text: Message("News", [paragraph(text[:400])]), lines(400)), max_size=MOST_NEWS
)
PARTS = st.builds(
    lambda launch, answers: [
        follow_ups.card_part(launch, answers),
        CardPart([["2 of 5 expected it"]], [button("x", "x")]),
    ],
    MEASURED,
    st.lists(ANSWERS, max_size=5),
)
STOOD = st.dictionaries(line(40), line(100) | st.just(""), max_size=5)
VERSIONS = st.builds(
    lambda number, before, after: LaunchVersion(
        number=number, changed_by="U2", changed_at=NOW, before=before, after=after
    ),
    st.integers(2, 10**6),
    STOOD,
    STOOD,
)
VIEWS = st.builds(
    launches.CardView,
    LAUNCHES,
    st.lists(GUARDRAILS, max_size=5),
    st.lists(VERSIONS, max_size=5) | st.lists(VERSIONS, min_size=1, max_size=1).map(lambda few: few * 60),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from([None, "L-12"]),
)
PAGES = st.builds(
    Page, st.lists(LAUNCHES, min_size=1, max_size=10), st.sampled_from([0, 10, 25]), st.booleans()
)
TYPED = st.dictionaries(
    st.sampled_from(["title", "problem", "audience", "metric", "from_to", "outcomes", "link", "guardrails"]),
    LONG.map(lambda text: text[:3000]),
)
FORMS = st.builds(
    lambda state, typed: launches.launch_form(state, owner="U1", today=DAY, typed=typed),
    st.builds(launches.FormState, st.sampled_from(["C1", ""]), st.booleans()),
    TYPED,
) | st.builds(
    lambda view, purpose: launches.launch_form(
        launches.FormState.of(view.launch, purpose),
        owner="U1",
        today=DAY,
        typed=launches.as_typed_in(view.launch, view.guardrails, reworks_label=view.reworks_label),
    ),
    VIEWS,
    st.sampled_from([launches.Purpose.EDIT, launches.Purpose.OUT]),
)
ONLY = st.sampled_from(["here", "mine", "open", "due"])

COUNTRIES = st.none() | st.sampled_from([*COUNTRY_NAMES, "XX"])
OWN_MORNINGS = st.none() | st.sampled_from(MORNINGS)
SETTLED = st.builds(
    Settled,
    country=COUNTRIES,
    morning=OWN_MORNINGS,
    function=st.none() | st.sampled_from(Function),
    channel_id=st.sampled_from([None, "C1"]),
    channel_known=st.booleans(),
    channel_country=COUNTRIES,
    workspace_country=COUNTRIES,
    workspace_morning=OWN_MORNINGS,
    is_admin=st.booleans(),
    calendar=st.builds(
        Calendar, st.sampled_from(["UTC", "America/Argentina/ComodRivadavia"]).map(ZoneInfo), COUNTRIES
    ),
)

HOME_ROWS = st.builds(
    HomeRow, LAUNCHES, st.none() | st.just(DAY), st.none() | ANSWERS, st.none() | line(LONGEST)
)


#: Every row is made the same way, so a few of them are as good as many.
HOME_PAGES = st.builds(
    HomePage,
    st.lists(HOME_ROWS, max_size=1),
    st.sampled_from(Listed),
    st.sampled_from([0, 10]),
    st.integers(0, 500),
)
OVERVIEWS = st.builds(
    Overview,
    st.sampled_from(["U1", "U2"]),
    st.just(DAY),
    SETTLED,
    HOME_PAGES,
    HOME_PAGES,
    HOME_PAGES,
    st.lists(RATES, max_size=MOST_CHANNELS),
)
WAITING = st.lists(st.builds(home.Waiting, PROMPTS, QUESTIONS, st.none() | st.just(DAY)), max_size=1)
SECTIONS = st.lists(st.just([paragraph("Of another feature")] * 30), max_size=4)


#: Ids of their own, as rows have them.
ACTION_IDS = itertools.count(1)


@st.composite
def some_actions(draw: st.DrawFn) -> ActionItem:
    state = draw(st.sampled_from(ActionState))
    is_closed = state is not ActionState.OPEN
    return ActionItem(
        id=next(ACTION_IDS),
        workspace_id=1,
        number=draw(st.integers(1, 10**6)),
        channel_id="C1",
        owner_id=draw(st.sampled_from(["U1", "U2"])),
        created_by="U1",
        created_at=NOW,
        text=draw(line(LONGEST)),
        if_then=draw(line(LONGEST) | st.just("")),
        about=draw(line(LONGEST_ABOUT) | st.just("")),
        due_on=DAY + timedelta(days=draw(st.integers(-400, 400))),
        state=state,
        reason=draw(lines(LONGEST_REASON)) if state is ActionState.DROPPED else "",
        closed_by="U2" if is_closed else None,
        closed_at=NOW if is_closed else None,
        helped=draw(st.none() | st.sampled_from(Helped)) if state is ActionState.DONE else None,
    )


ACTIONS = some_actions()
ACTION_PAGES = st.builds(
    lambda rows, here, offset, left: action_items.Page(
        rows, here, DAY, offset=offset, open=len(rows), total=offset + len(rows) + left
    ),
    st.lists(st.builds(action_items.Row, ACTIONS, line(80)), max_size=action_items.PAGE),
    st.sampled_from([None, "C1"]),
    st.sampled_from([0, 10, 500]),
    st.sampled_from([0, 1, 10**6]),
)

MESSAGE_LINK = "https://slack.com/archives/C1/p1789000000000100"
COLLECTING = st.builds(
    lambda number, columns, is_anonymous: Retro(
        id=number, number=number, channel_id="C1", columns=columns, is_anonymous=is_anonymous
    ),
    st.integers(1, 10**6),
    st.lists(line(LONGEST_COLUMN), min_size=1, max_size=MOST_COLUMNS),
    st.booleans(),
)
#: Ids of their own, as rows have them.
NOTE_IDS = itertools.count(1)
NOTES = st.builds(lambda text: Note(id=f"{next(NOTE_IDS):032x}", column=0, text=text), lines(LONGEST_NOTE))
WRITINGS = st.builds(
    retro_notes.Writing,
    COLLECTING,
    st.lists(NOTES, max_size=2) | st.lists(NOTES, min_size=MOST_OWN, max_size=MOST_OWN),
    st.booleans(),
    st.booleans(),
    st.just("C1"),
    st.integers(0, 99),
    st.sampled_from(["", "3 notes kept."]),
)

#: Nothing, or forty of it: what is between breaks no limit that these do not.
RECORDS = some_records(line(150), lines(LONGEST_IMPACT), most=40)
SCORED = st.builds(
    Scored,
    st.integers(1, 10**6),
    some_looked_back_on(line(150)),
    st.none() | st.builds(Score, works=st.none() | st.just(3), needed=st.none() | st.just(5)),
)
ENDED = st.builds(
    lambda retro, template, phase, impact: Retro(
        id=7,
        number=retro.number,
        channel_id="C1",
        template=template,
        columns=retro.columns,
        opened_at=NOW,
        ended_at=None if phase.is_open else NOW,
        phase=phase,
        step=4,
        impact=impact,
        impact_skipped=not impact,
    ),
    COLLECTING,
    st.sampled_from(Template),
    st.sampled_from(Phase),
    st.just("") | lines(LONGEST_IMPACT),
)
CLOSINGS = st.builds(
    lambda retro, scored, count, last, facilitates: Closing(
        retro,
        [replace(scored, launch_id=number) for number in range(count)],
        0,
        is_last=last or not count,
        # With nothing to score only facilitators have a form.
        facilitates=facilitates or not count,
    ),
    ENDED,
    SCORED,
    st.sampled_from([0, 1, ON_A_PAGE]),
    st.booleans(),
    st.booleans(),
)
RETRO_SERIES = st.builds(
    Series,
    id=st.just(3),
    template=st.sampled_from(Template),
    weeks=st.sampled_from([1, 2, 4]),
    next_at=st.sampled_from([None, NOW]),
)
RETRO_PAGES = st.builds(
    RetroPage,
    st.just([]) | ENDED.map(lambda retro: [retro] * 10),
    st.sampled_from([0, 10]),
    st.booleans(),
    st.none() | RETRO_SERIES,
)
MARKS = st.sampled_from([Mark(0, None), Mark(2, None), Mark(3, 4.33)])
HISTORIES = st.builds(
    lambda held, topics: History(
        [replace(one, label=f"R-{n}", topics=topics) for n, one in enumerate(held, 1)],
        Actions(9, 5, 2, 3, 1, 0),
    ),
    st.lists(
        st.builds(
            Held,
            st.just("R-1"),
            st.just(DAY),
            st.integers(0, 6),
            st.sampled_from([None, 6]),
            st.booleans(),
            st.just(()),
            MARKS,
            MARKS,
        ),
        max_size=20,
    ),
    st.lists(line(150), max_size=10),
)

#: Every function that makes something a person reads, and what it can be made of.
SAID: dict[Callable[..., Said], st.SearchStrategy[Said]] = {
    launches.card: st.builds(launches.card, VIEWS, PARTS),
    launches.details: st.builds(launches.details, VIEWS),
    launches.shown: st.builds(
        lambda view, parts, below: launches.shown(view, parts, below.blocks), VIEWS, PARTS, QUESTIONS
    ),
    launches.confirm_cancel: st.builds(launches.confirm_cancel, LAUNCHES),
    launches.cancelled: st.builds(launches.cancelled, LAUNCHES),
    launches.listing: st.builds(launches.listing, PAGES | st.just(Page([], 0, has_more=False)), ONLY),
    launches.help_text: st.builds(launches.help_text, st.just("") | line(8000)),
    launches.launch_form: FORMS,
    launches.is_it_out: st.builds(launches.is_it_out, LAUNCHES, READERS),
    launches.out_now: st.builds(launches.out_now, LAUNCHES),
    launches.new_date_modal: st.builds(launches.new_date_modal, LAUNCHES, st.just(DAY)),
    launches.how_will_we_know: st.builds(launches.how_will_we_know, LAUNCHES, READERS),
    launches.metric_modal: st.builds(launches.metric_modal, LAUNCHES),
    launches.metric_named: st.builds(launches.metric_named, MEASURED),
    launches.not_understood: st.builds(launches.not_understood, LAUNCHES, line(300)),
    launches.invitation: st.builds(launches.invitation),
    launches.took_part: st.builds(launches.took_part, LAUNCHES, st.sampled_from(Took)),
    launches.left_part: st.builds(launches.left_part, LAUNCHES),
    follow_ups.question: QUESTIONS,
    follow_ups.answered: st.builds(follow_ups.answered, some_stories(ANSWERED), st.just("") | line(300)),
    follow_ups.outcome: st.builds(follow_ups.outcome, some_stories(ANSWERED), PARTS),
    follow_ups.taken_back: st.builds(follow_ups.taken_back, LAUNCHES),
    follow_ups.undone: st.builds(follow_ups.undone, LAUNCHES, ANSWERED),
    follow_ups.unclear: st.builds(follow_ups.unclear, LAUNCHES, line(300)),
    follow_ups.told: st.builds(follow_ups.told, MEASURED, ANSWERS),
    follow_ups.told_no_more: st.builds(follow_ups.told_no_more, st.none() | LAUNCHES),
    follow_ups.record_modal: st.builds(lambda offer: follow_ups.record_modal(offer, DAY, here="C1"), OFFERS),
    follow_ups.add_modal: st.builds(follow_ups.add_modal, OFFERS),
    follow_ups.override_modal: st.builds(follow_ups.override_modal, MEASURED, ANSWERED),
    home.home: st.builds(home.home, OVERVIEWS, WAITING, st.integers(0, 9), SECTIONS),
    home.for_guest: st.builds(home.for_guest, WAITING, st.integers(0, 9)),
    home.whole_list: st.builds(home.whole_list, HOME_PAGES, st.just(DAY)),
    learnings.listing: st.builds(learnings.listing, LEARNINGS_PAGES),
    follow_ups.no_number_modal: st.builds(
        lambda launch, answer: follow_ups.no_number_modal(launch, answer.follow_up), MEASURED, ANSWERS
    ),
    action_items.is_it_done: st.builds(
        lambda item, over: action_items.is_it_done(item, "U1", DAY, over=over), ACTIONS, st.booleans()
    ),
    action_items.closed: st.builds(action_items.closed, ACTIONS, st.sampled_from(["U1", "U2"])),
    action_items.did_it_help: st.builds(action_items.did_it_help, ACTIONS, st.just("U1")),
    action_items.taken: st.builds(action_items.taken, ACTIONS),
    action_items.not_understood: st.builds(action_items.not_understood, ACTIONS, line(300)),
    action_items.changed: st.builds(action_items.changed, ACTIONS),
    action_items.edit_modal: st.builds(action_items.edit_modal, ACTIONS),
    action_items.new_date_modal: st.builds(action_items.new_date_modal, ACTIONS, st.just(DAY)),
    action_items.drop_modal: st.builds(action_items.drop_modal, ACTIONS),
    action_items.listing: st.builds(action_items.listing, ACTION_PAGES),
    action_items.whole_list: st.builds(action_items.whole_list, ACTION_PAGES),
    prompts.asking: st.builds(
        lambda asks, news, left, pace, others: prompts.asking(
            asks, "prompts:U1:2026-09-07", pace=pace, others=others, news=news, left=left
        ),
        ASKS,
        NEWS,
        st.lists(
            st.just(prompts.handed_over("U2")) | st.builds(prompts.asked_again, QUESTIONS, st.just(DAY)),
            max_size=MOST_ASKS,
        ),
        st.sampled_from([None, *Pace]),
        st.booleans(),
    ),
    prompts.pass_on_modal: st.builds(prompts.pass_on_modal, PROMPTS),
    prompts.handed_over: st.builds(prompts.handed_over, st.just("U2")),
    prompts.asked_again: st.builds(prompts.asked_again, QUESTIONS, st.just(DAY)),
    prompts.not_yours: st.builds(prompts.not_yours),
    follow_ups.does_anyone_know: st.lists(
        st.tuples(MEASURED, ANSWERS), min_size=1, max_size=MOST_IN_CHANNEL
    ).map(follow_ups.does_anyone_know),
    prompts.which_one: st.builds(
        lambda question, number: prompts.which_one([question] * number), QUESTIONS, st.integers(2, 60)
    ),
    prompts.nothing_open: st.builds(prompts.nothing_open),
    prompts.nothing_asked_here: st.builds(prompts.nothing_asked_here),
    workspaces.settings: SETTLED.map(workspaces.settings),
    workspaces.saved: SETTLED.map(workspaces.saved),
    **poll_surfaces.said(line, lines),
    **reports.said(),
    **discovery_said.said(LAUNCHES, line, lines),
    **retro_progress.said(line),
    **retro_boards.said(line, lines),
    **retro_beginnings.said(
        retro_beginnings.Made(LAUNCHES, MEASURED, ANSWERS, ACTIONS, line, lines),
    ),
    retro_summary.summary: st.builds(retro_summary.summary, st.just(7), RECORDS),
    retro_summary.shown: st.builds(retro_summary.shown, st.just(7), RECORDS),
    retro_close.close_modal: st.builds(
        lambda closing, asks: retro_close.close_modal(closing, asks_again=asks), CLOSINGS, st.booleans()
    ),
    retro_close.nothing_to_score: st.just("R-7").map(retro_close.nothing_to_score),
    retro_history.listing: RETRO_PAGES.map(retro_history.listing),
    retro_history.without_record: ENDED.map(retro_history.without_record),
    retro_trends.over_time: HISTORIES.map(retro_trends.over_time),
    retro_trends.chart: HISTORIES.filter(lambda found: found.is_enough).map(retro_trends.chart),
    retro_notes.collect: WRITINGS.map(retro_notes.collect),
    retro_notes.one_note: st.builds(
        lambda retro, text, link: retro_notes.one_note(retro, text, link_to=link, metadata="C1:1.2:"),
        st.none() | COLLECTING,
        st.just("") | lines(3500),
        st.sampled_from(["", MESSAGE_LINK]),
    ),
    retro_notes.added: COLLECTING.map(lambda retro: retro_notes.added(retro, 0)),
    retro_notes.waits: st.builds(retro_notes.waits, st.just("f" * 32), st.none() | COLLECTING),
    retro_notes.taken_back: st.builds(retro_notes.taken_back),
    retro_words.confide: st.builds(retro_words.confide, COLLECTING, line(255)),
    retro_words.passed_on: st.builds(retro_words.passed_on),
    retro_words.confided: st.builds(retro_words.confided, COLLECTING, lines(LONGEST_CONFIDED)),
    scopes_missing: st.lists(st.just("channels:read"), min_size=1, max_size=20).map(scopes_missing),
    answering.alert: st.builds(answering.alert, st.builds(launches.confirm_cancel, LAUNCHES)),
    answering.said: st.builds(answering.said, line(600).map(UserError)),
}


def makers() -> Iterator[Callable[..., Said]]:
    """Every public function of the app that is annotated to return something a person reads."""
    for found in pkgutil.walk_packages(slackapp.__path__, "slackapp."):
        # The pieces that all of it is made of say nothing by themselves.
        if found.name.startswith(("slackapp.playground", "slackapp.__main__", "slackapp.slack.blocks")):
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            returned = function.__annotations__.get("return")
            if function.__module__ == found.name and returned in {Message, View, Whisper} and name[0] != "_":
                yield function


def test_no_function_that_says_something_is_forgotten() -> None:
    # The follow-ups' parts only choose which of these to say.
    assert {maker for maker in makers() if not maker.__module__.endswith(".parts")} == set(SAID)


def pieces(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from pieces(value)
    elif isinstance(node, list):
        for value in node:
            yield from pieces(value)


def check_harmless(text: str, document: object) -> None:
    """Nothing in it pings or links but what we put there ourselves."""
    texts = [text]
    for piece in pieces(document):
        kind = piece.get("type")
        assert kind != "broadcast"
        if kind == "mrkdwn":
            texts.append(piece["text"])
        elif kind == "user":
            assert piece["user_id"] in {"U1", "U2"}
        elif kind == "channel":
            assert piece["channel_id"] == "C1"
        elif kind == "link":
            if piece["url"] == MESSAGE_LINK:
                assert piece["text"] == "from a message"
                continue
            assert piece["url"].startswith(("https://numbers.example.com/", "https://a.example/"))
            assert piece["text"] == "dashboard"
    for read_as_markup in texts:
        assert "<" not in read_as_markup
        assert not re.search("&(?!amp;|lt;|gt;)", read_as_markup)


@pytest.mark.parametrize("maker", SAID, ids=lambda maker: f"{maker.__module__}.{maker.__name__}")
def test_slack_takes_it_and_it_pings_nobody(maker: Callable[..., Said]) -> None:
    @settings(max_examples=40)
    @given(SAID[maker])
    def holds(said: Said) -> None:
        if isinstance(said, View):
            document = said.to_dict()
            assert check_view(document) == []
            check_harmless("", document)
            return
        blocks = [block.to_dict() for block in said.blocks]
        assert said.text
        assert check_message({"channel": "C1", "text": said.text, "blocks": blocks}) == []
        check_harmless(said.text, blocks)

    holds()
