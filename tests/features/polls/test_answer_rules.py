"""What people answer is read where it is an answer, and else there is a sentence at its field."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.polls.rules import Answer, Kind, QuestionDraft, check_answer, read_answer
from slackapp.features.polls.rules.answers import FIELD, LONGEST_TEXT

Value = str | list[str] | None

FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]
SINGLE = QuestionDraft(Kind.SINGLE, "Which one?", options=FIVE)
SOME = QuestionDraft(Kind.MULTIPLE, "Which ones?", options=FIVE, fewest=2, most=3)
SCALE = QuestionDraft(Kind.SCALE, "How sure are you?", options=["Not at all", "Very"])
YES_NO = QuestionDraft(Kind.YES_NO, "Did you?")
WEEKS = QuestionDraft(Kind.NUMBER, "How long?", unit="weeks", lowest=Decimal(1), highest=Decimal(20))
COUNT = QuestionDraft(Kind.NUMBER, "How many?")
TEXT = QuestionDraft(Kind.TEXT, "Why?")
ALL = (SINGLE, SOME, SCALE, YES_NO, WEEKS, COUNT, TEXT)


def read(question: QuestionDraft, value: Value) -> Answer:
    return read_answer(question, {FIELD: value})


def refused(question: QuestionDraft, value: Value) -> str:
    with pytest.raises(FieldError) as error:
        read(question, value)
    assert set(error.value.fields) == {FIELD}
    return error.value.fields[FIELD]


@pytest.mark.parametrize(
    ("question", "value", "answer"),
    [
        (SINGLE, "4", Answer(option=4)),
        (SOME, ["3", "0", "3"], Answer(choices=(0, 3))),
        (SCALE, "5", Answer(option=5)),
        (YES_NO, "0", Answer(option=0)),
        (WEEKS, "2,5", Answer(number=Decimal("2.5"))),
        (WEEKS, "3 weeks", Answer(number=Decimal(3))),
        (WEEKS, " 1 week ", Answer(number=Decimal(1))),
        (COUNT, "-12k", Answer(number=Decimal(-12000))),
        (TEXT, "  Because\n\n\n\nof it ", Answer(text="Because\n\nof it")),
        (TEXT, "x" * LONGEST_TEXT, Answer(text="x" * LONGEST_TEXT)),
    ],
)
def test_an_answer_is_read(question: QuestionDraft, value: Value, answer: Answer) -> None:
    assert read(question, value) == answer


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (SINGLE, None, "choose one"),
        (SINGLE, "5", "not one of the options"),
        (SINGLE, "-1", "not one of the options"),
        (SINGLE, "٣", "not one of the options"),
        (SINGLE, "9" * 5000, "not one of the options"),
        (SINGLE, ["1", "2"], "not one of the options"),
        (SOME, [], "choose what fits"),
        (SOME, ["1"], "at least 2 options; here 1 is chosen"),
        (SOME, ["1", "1"], "at least 2 options; here 1 is chosen"),
        (SOME, ["0", "1", "2", "3"], "at most 3 options; here 4 are chosen"),
        (SOME, ["0", "5"], "not one of the options"),
        (SCALE, "0", "not one of the options"),
        (SCALE, "6", "not one of the options"),
        (YES_NO, "yes", "not one of the options"),
        (YES_NO, "", "yes or no"),
        (WEEKS, "abc", "in digits"),
        (WEEKS, "0", "at least 1 and at most 20\N{NO-BREAK SPACE}weeks"),
        (WEEKS, "20.5", "at least 1 and at most 20\N{NO-BREAK SPACE}weeks"),
        (WEEKS, "3 days", "asked in weeks"),
        (WEEKS, "1 or 2", "more than one number"),
        (COUNT, "3 days", "without “days”: 3"),
        (COUNT, "nan", "in digits"),
        (COUNT, "1e400", "in digits|unit|number"),
        (TEXT, " \n ", "few words"),
        (TEXT, "x" * (LONGEST_TEXT + 1), "500 characters; these are 501"),
    ],
)
def test_what_is_none_is_said_at_its_field(question: QuestionDraft, value: Value, words: str) -> None:
    said = refused(question, value)
    assert any(each.lower() in said.lower() for each in words.split("|")), said


@pytest.mark.parametrize(
    ("lowest", "highest", "words"), [(Decimal(3), None, "at least 3"), (None, Decimal(3), "at most 3")]
)
def test_a_number_may_have_one_bound(lowest: Decimal | None, highest: Decimal | None, words: str) -> None:
    question = QuestionDraft(Kind.NUMBER, "How many?", lowest=lowest, highest=highest)
    assert words in refused(question, "2" if lowest else "4")
    assert read(question, "3") == Answer(number=Decimal(3))


typed = st.none() | st.text(max_size=30) | st.from_regex(r"[0-9]{1,3}")


@given(st.sampled_from(ALL), typed | st.lists(st.text(max_size=4), max_size=7))
def test_whatever_is_sent_is_an_answer_or_a_sentence(question: QuestionDraft, value: Value) -> None:
    try:
        answer = read(question, value)
    except FieldError as error:
        said = error.fields
    else:
        check_answer(question, answer)
        there = [
            answer.option is not None,
            bool(answer.choices),
            answer.number is not None,
            bool(answer.text),
        ]
        assert sum(there) == 1
        return
    assert set(said) == {FIELD}
    assert said[FIELD].strip()


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.text)
@pytest.mark.parametrize("other", ALL, ids=lambda question: question.text)
def test_an_answer_to_another_question_is_none_to_this_one(
    question: QuestionDraft, other: QuestionDraft
) -> None:
    """A button or a form of ours may be forged: what arrives is held to what is asked."""
    values: dict[Kind, Value] = {Kind.MULTIPLE: ["1", "2"], Kind.TEXT: "words", Kind.NUMBER: "2"}
    answer = read(other, values.get(other.kind, "1"))
    chosen = {Kind.SINGLE, Kind.SCALE, Kind.YES_NO}
    if question.kind == other.kind or {question.kind, other.kind} <= chosen:
        check_answer(question, answer)
    else:
        with pytest.raises(FieldError):
            check_answer(question, answer)
