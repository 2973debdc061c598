"""A launch as people fill it in: what is accepted, what is asked about, and where."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.launches.rules import CHECKPOINTS, LaunchDraft
from slackapp.features.metrics.rules import Direction

TODAY = date(2026, 9, 7)
NEEDED = {"title": "New onboarding", "problem": "They give up", "audience": "New teams"}
MEASURED = {**NEEDED, "metric": "Activation", "from_to": "40 % → 50 %"}
FIELDS = frozenset(MEASURED) | {
    "outcomes", "link", "day", "owner", "because", "direction", "unit", "smallest_change", "checkpoints"
}  # fmt: skip


def read(**values: object) -> LaunchDraft:
    return LaunchDraft.read(values, owner="U1", today=TODAY)


def wrong(**values: object) -> Mapping[str, str]:
    """What is asked about a launch that is all right but for these values."""
    with pytest.raises(FieldError) as refused:
        read(**(MEASURED | values))
    return refused.value.fields


def test_the_first_three_inputs_are_enough() -> None:
    draft = read(**NEEDED)
    assert (draft.metric, draft.direction, draft.baseline, draft.smallest_change) == (None,) * 4
    assert (draft.day, draft.owner, draft.checkpoints) == (TODAY, "U1", (7, 30))


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b", "\u200d", None])
def test_each_of_the_first_three_has_to_say_something(name: str, blank: str | None) -> None:
    assert list(wrong(**{name: blank})) == [name]


def test_the_smallest_change_is_a_quarter_of_the_gap_unless_said_otherwise() -> None:
    assert read(**MEASURED).smallest_change == Decimal("2.5")
    assert read(**MEASURED, smallest_change="4").smallest_change == 4


@pytest.mark.parametrize(
    ("written", "direction", "baseline", "target", "unit"),
    [
        ("40->50", Direction.UP, "40", "50", ""),
        ("from 40 to 50", Direction.UP, "40", "50", ""),
        ("41 % → 38 %", Direction.DOWN, "41", "38", "%"),
        ("€12k → €15k", Direction.UP, "12000", "15000", "€"),
        ("1,234.5 → 1,300.5", Direction.UP, "1234.5", "1300.5", ""),
        ("1.234,5 → 1.200,5", Direction.DOWN, "1234.5", "1200.5", ""),
    ],
)
def test_direction_and_unit_are_read_from_the_numbers(
    written: str, direction: Direction, baseline: str, target: str, unit: str
) -> None:
    draft = read(**NEEDED, metric="Activation", from_to=written)
    assert (draft.direction, draft.unit) == (direction, unit)
    assert (draft.baseline, draft.target) == (Decimal(baseline), Decimal(target))


@pytest.mark.parametrize("direction", ["hold_up", "hold_down"])
def test_a_metric_may_be_meant_to_stay_where_it_is(direction: str) -> None:
    draft = read(**NEEDED, metric="Uptime", from_to="99 % → 99 %", direction=direction, smallest_change="1")
    assert draft.direction == direction
    assert list(wrong(from_to="99 % → 99 %", direction=direction)) == ["smallest_change"]


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"title": "x" * 3000}, "title", "150 characters"),
        ({"problem": "x" * 1001}, "problem", "1000 characters"),
        ({"from_to": "40 %"}, "from_to", "two numbers"),
        ({"from_to": "forty to fifty"}, "from_to", "two numbers"),
        ({"from_to": "1,234 → 5,678"}, "from_to", "can mean two numbers"),
        ({"from_to": "40 % → 50 days"}, "from_to", "same unit"),
        ({"from_to": "40 % → 40 %"}, "from_to", "Both numbers are the same"),
        ({"metric": ""}, "metric", "name it"),
        ({"direction": "down"}, "direction", "goes up"),
        ({"direction": "sideways"}, "direction", "choose"),
        ({"smallest_change": "0"}, "smallest_change", "above zero"),
        ({"smallest_change": "11"}, "smallest_change", "at most that"),
        ({"smallest_change": "2 days"}, "smallest_change", "in %"),
        ({"smallest_change": "a bit"}, "smallest_change", "does not begin with a number"),
        ({"unit": "days"}, "unit", "in %"),
        ({"unit": "<!channel>"}, "unit", "not clearly a unit"),
        ({"day": "1970-01-01"}, "day", "last two years"),
        ({"day": "2500-01-01"}, "day", "still to come"),
        ({"day": "2026-09-08"}, "day", "still to come"),
        ({"day": "someday"}, "day", "Please choose"),
        ({"link": "our dashboard"}, "link", "https://"),
        ({"link": "javascript:alert(1)"}, "link", "https://"),
        ({"link": "https://example.com/" + "😀" * 300}, "link", "characters"),
        ({"checkpoints": "7"}, "checkpoints", "Please choose"),
    ],
)
def test_what_is_not_clear_is_asked_about_at_its_field(
    values: dict[str, object], field: str, says: str
) -> None:
    fields = wrong(**values)
    assert list(fields) == [field]
    assert says in fields[field]


def test_all_unreadable_inputs_are_named_at_once() -> None:
    assert set(wrong(title=" ", from_to="many → more", link="x", day="x")) == {
        "title",
        "from_to",
        "link",
        "day",
    }


def test_checkpoints_are_asked_in_order_and_only_those_offered() -> None:
    assert read(**MEASURED, checkpoints=["90", "7", "30", "7"]).checkpoints == (7, 30, 90)
    assert read(**MEASURED, checkpoints=["8"]).checkpoints == (7, 30)


def test_what_people_type_loses_control_characters_and_nothing_else() -> None:
    draft = read(
        title=" Neue\x00 Anmeldung\u202e\n👩\u200d💻 ",
        problem=" one\r\n\x07two\n\n\n\nthree ",
        audience="\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    )
    assert draft.title == "Neue Anmeldung 👩\u200d💻"
    assert draft.problem == "one\ntwo\n\nthree"
    assert draft.audience == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


TYPED = st.text(max_size=60) | st.sampled_from(
    [
        "40 % → 50 %",
        "50→40",
        "40-50",
        "up",
        "hold_up",
        "numbers",
        "%",
        "5",
        "0",
        "-3 %",
        "https://a.example",
        "2026-09-01",
    ]
)


@given(
    st.dictionaries(st.sampled_from(sorted(FIELDS)), TYPED, max_size=3),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=2),
)
def test_any_strings_give_a_draft_or_an_error_at_a_known_field(
    known: dict[str, str], unknown: dict[str, str]
) -> None:
    draft, fields = None, {}
    try:
        draft = read(**(unknown | MEASURED | known))
    except FieldError as error:
        fields = error.fields
    assert bool(draft) != bool(fields)
    assert set(fields) <= FIELDS
    assert all(fields.values())
    if draft is not None:
        check(draft)


def check(draft: LaunchDraft) -> None:
    assert draft.title
    assert draft.problem
    assert draft.audience
    assert TODAY - timedelta(days=730) <= draft.day <= TODAY
    assert draft.checkpoints == tuple(sorted(draft.checkpoints))
    assert set(draft.checkpoints) <= set(CHECKPOINTS)
    if draft.baseline is not None:
        assert draft.metric
        assert draft.smallest_change is not None
        assert draft.smallest_change > 0
