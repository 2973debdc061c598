"""Everything polls say, made of whatever people write, and of the most that they can write."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from slackapp.features.polls.blocks import answering, called_off, charts, form, listing, managing, pages
from slackapp.features.polls.blocks import looking_after as after
from slackapp.features.polls.blocks import round as rounds
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.listed import PAGE, Listed, OverTime, Page
from slackapp.features.polls.queries.rounds import Progress
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import (
    Answer,
    Audience,
    Every,
    Kind,
    Results,
    Shows,
    Stage,
    Way,
)
from slackapp.features.polls.rules.answers import LONGEST_TEXT
from slackapp.features.polls.rules.form import Today, proposed
from slackapp.features.polls.rules.labels import labels
from slackapp.features.polls.rules.question_form import (
    LONGEST_DETAILS,
    LONGEST_END,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_UNIT,
    typed_in,
)
from slackapp.features.polls.rules.tally import Numbers, withheld
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.rules import Function

Text = Callable[[int], st.SearchStrategy[str]]

_NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
_MANY = 10_000


def said(line: Text, lines: Text) -> dict[Callable[..., Any], st.SearchStrategy[Any]]:
    """Every function of the blocks of polls that says something, and what it can be made of."""
    views = some_views(line, lines)
    asked = views.map(lambda view: (view.poll, view.question))
    over_time = st.builds(_over_time, views, st.integers(0, 30), st.booleans())
    drawn = over_time.filter(listing.has_chart)
    managed = st.builds(
        lambda view, notice, has_last: managing.Managing(
            view.poll, view.question, view if has_last else None, notice
        ),
        views,
        st.sampled_from(["", "Stopped."]),
        st.booleans(),
    )
    answers = views.flatmap(lambda view: st.tuples(st.just(view), _answers(view.question, lines)))
    return {
        rounds.in_channel: views.map(rounds.in_channel),
        rounds.ask: views.map(rounds.ask),
        rounds.reminder: views.map(rounds.reminder),
        rounds.reminded: views.map(rounds.reminded),
        rounds.closed: st.builds(
            lambda of, is_posted: rounds.closed(*of, is_posted=is_posted), asked, st.booleans()
        ),
        rounds.results: views.map(rounds.results),
        rounds.first_word: views.map(lambda view: rounds.first_word(view.poll)),
        after.progress: st.builds(
            lambda view, posted: after.progress(view, Progress(640, 1000, 211), is_posted=posted),
            views,
            st.booleans(),
        ),
        after.held: st.builds(
            lambda view, meant: after.held(view.poll, view.question, view.round, meant),
            views,
            st.integers(1, 4),
        ),
        called_off.nobody_to_ask: asked.map(lambda of: called_off.nobody_to_ask(*of)),
        called_off.nobody_at_work: asked.map(lambda of: called_off.nobody_at_work(*of)),
        called_off.too_many_to_ask: asked.map(lambda of: called_off.too_many_to_ask(*of)),
        called_off.skipped: st.builds(
            lambda view, several: called_off.skipped(view.poll, view.question, _NOW.date(), several=several),
            views,
            st.booleans(),
        ),
        called_off.went_on: asked.map(lambda of: called_off.went_on(*of)),
        called_off.called_off: asked.map(lambda of: called_off.called_off(*of, by_hand=True)),
        answering.answer_form: st.builds(
            lambda of, has_own, wants: answering.answer_form(
                answering.Answering(of[0], of[1] if has_own else None, wants, "C1")
            ),
            answers,
            st.booleans(),
            st.booleans(),
        ),
        answering.function_form: answers.map(lambda of: answering.function_form(*of)),
        answering.answered: answers.map(lambda of: answering.answered(*of, of[0].results)),
        answering.answered_sheet: answers.map(lambda of: answering.answered_sheet(*of, of[0].results)),
        answering.withdrawn: st.booleans().map(lambda there: answering.withdrawn(was_there=there)),
        answering.withdrawn_sheet: st.booleans().map(
            lambda there: answering.withdrawn_sheet(was_there=there)
        ),
        pages.results_sheet: st.builds(
            lambda view, page: pages.results_sheet(view, view.results, "Not yet.", page=page, here="C1"),
            views,
            st.integers(0, 700),
        ),
        managing.manage_sheet: managed.map(managing.manage_sheet),
        managing.reword_form: views.map(
            lambda view: managing.reword_form(view.poll, view.question, typed_in(view.question))
        ),
        listing.listing: st.builds(
            lambda view, count, offset, more: listing.listing(
                Page(
                    [
                        Listed(Poll(**{**_columns(view.poll), "id": n}), view.question, view)
                        for n in range(count)
                    ],
                    offset,
                    more,
                )
            ),
            views,
            st.sampled_from([0, 1, PAGE]),
            st.sampled_from([0, PAGE]),
            st.booleans(),
        ),
        listing.over_time: over_time.map(listing.over_time),
        charts.chart: drawn.map(charts.chart),
        form.poll_form: some_forms(line, lines).map(form.poll_form),
    }


def some_forms(line: Text, lines: Text) -> st.SearchStrategy[form.FormView]:
    typed = st.fixed_dictionaries(
        {"kind": st.sampled_from([each.value for each in Kind])},
        optional={
            "question": line(3000),
            "options": lines(3000),
            "details": lines(3000),
            "thread": lines(3000),
            "low_end": line(200),
            "naming": st.sampled_from(["named", "anonymous"]),
            "audience": st.sampled_from([each.value for each in Audience]),
            "people": st.just(["U1", "U2"]),
            "functions": st.just(["engineering"]),
            "way": st.sampled_from([each.value for each in Way]),
            "recurs": st.sampled_from(["never", "week", "month"]),
        },
    )
    today = Today(_NOW, ZoneInfo("Europe/Stockholm"))
    return st.builds(
        lambda template, typed, state, meant: form.FormView(
            state, {**proposed(template, today), **typed}, meant
        ),
        st.sampled_from(Template),
        typed,
        st.builds(
            form.FormState,
            st.sampled_from(["C1", ""]),
            st.integers(0, 9),
            st.booleans(),
            st.integers(0, 4),
            own=st.sampled_from([(), ("question", "kind"), tuple(proposed(Template.OWN, today))]),
        ),
        st.sampled_from([None, 0, 1, 1000]),
    )


@st.composite
def some_views(draw: st.DrawFn, line: Text, lines: Text) -> RoundView:
    question = draw(_questions(line, lines))
    stage = draw(st.sampled_from(Stage))
    poll = Poll(
        id=7, workspace_id=1, number=draw(st.sampled_from([1, 10**6])), channel_id="C1", created_by="U1",
        template="", thread=draw(lines(1000)), is_anonymous=draw(st.booleans()),
        way=draw(st.sampled_from(Way)), audience=draw(st.sampled_from(Audience)), functions=[],
        shows=draw(st.sampled_from(Shows)), by_function=draw(st.booleans()), open_minutes=60, reminds=True,
        every=Every.MONTH, at=time(10, 0), zone="America/Argentina/ComodRivadavia",
        in_own_zone=draw(st.booleans()), next_at=draw(st.sampled_from([None, _NOW])),
        next_on=date(2026, 9, 7),
    )  # fmt: skip
    closed = stage in {Stage.CLOSED, Stage.CALLED_OFF}
    round_ = Round(
        id=9, workspace_id=1, poll_id=7, number=draw(st.integers(1, 99)), question_id=question.id,
        stage=stage, opened_at=_NOW, closes_at=_NOW, closed_at=_NOW if closed else None,
    )  # fmt: skip
    answered = draw(st.sampled_from([0, 1, 4, 300, _MANY]))
    meant = draw(st.sampled_from([None, 1000]))
    results = draw(st.none() | _results(question, answered, meant, lines)) if stage == Stage.OPEN else None
    if stage == Stage.CLOSED:
        results = draw(_results(question, answered, meant, lines))
    return RoundView(poll, question, round_, answered, meant, results)


@st.composite
def _questions(draw: st.DrawFn, line: Text, lines: Text) -> Question:
    kind = draw(st.sampled_from(Kind))
    options: list[str] = []
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        option = draw(line(LONGEST_OPTION))
        many = draw(st.sampled_from([2, 5, 10, 11, 100]))
        options = [f"{n}{option}"[:LONGEST_OPTION].strip() for n in range(many)]
    elif kind is Kind.SCALE:
        options = draw(st.just([]) | st.tuples(line(LONGEST_END), line(LONGEST_END)).map(list))
    is_number = kind is Kind.NUMBER
    return Question(
        id=3, workspace_id=1, poll_id=7, version=1, kind=kind, text=draw(line(LONGEST_QUESTION)),
        details=draw(st.just("") | lines(LONGEST_DETAILS)), options=options,
        fewest=draw(st.sampled_from([None, 1, 2])) if kind is Kind.MULTIPLE else None,
        most=draw(st.sampled_from([None, 2])) if kind is Kind.MULTIPLE else None,
        unit=draw(st.just("") | line(LONGEST_UNIT)) if is_number else "",
        lowest=draw(st.sampled_from([None, Decimal("-1.5")])) if is_number else None,
        highest=draw(st.sampled_from([None, Decimal(10**12)])) if is_number else None,
    )  # fmt: skip


@st.composite
def _results(draw: st.DrawFn, question: Question, answered: int, meant: int | None, lines: Text) -> Results:
    kind = Kind(question.kind)
    if draw(st.booleans()) and answered < PAGE:
        return withheld(kind, answered, meant)
    counts = [answered if n == 0 else answered // (n + 1) for n in range(len(labels(question)))]
    numbers = None
    if answered and kind is Kind.SCALE:
        numbers = Numbers([(Decimal(3), answered)])
    if answered and kind is Kind.NUMBER:
        numbers = Numbers([(Decimal(n), 1) for n in range(min(answered, 50))])
    text = draw(lines(LONGEST_TEXT)) if kind is Kind.TEXT else ""
    texts = [text] * min(answered, 300) if text else []
    whole = Results(kind, answered, meant, counts=counts, numbers=numbers, texts=texts)
    parts = dict.fromkeys([*Function, None], whole) if draw(st.booleans()) and kind is not Kind.TEXT else {}
    return replace(whole, by_function=parts)


def _answers(question: Question, lines: Text) -> st.SearchStrategy[Answer]:
    match question.kind:
        case Kind.MULTIPLE:
            return st.just(Answer(choices=tuple(range(len(question.options)))))
        case Kind.NUMBER:
            return st.just(Answer(number=Decimal("12.5")))
        case Kind.TEXT:
            return lines(LONGEST_TEXT).map(lambda text: Answer(text=text))
        case _:
            return st.just(Answer(option=1))


def _over_time(view: RoundView, many: int, reworded: bool) -> OverTime:  # noqa: FBT001 - drawn
    results = view.results or withheld(Kind(view.question.kind), 3, None)
    other = Question(**{**_columns(view.question), "id": 4, "version": 2})
    rounds = [
        (
            Round(**{**_columns(view.round), "number": n, "closed_at": _NOW}),
            other if reworded and n > many // 2 else view.question,
            results,
        )
        for n in range(many)
    ]
    return OverTime(view.poll, view.question, view, rounds)


def _columns(row: Poll | Question | Round) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}
