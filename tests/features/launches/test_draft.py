"""A launch as people fill it in: what is accepted, what is asked about, and where."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.launches.rules import (
    CHECKPOINTS,
    NOT_SAID,
    Bottleneck,
    Evidence,
    FeltBy,
    Kind,
    LaunchDraft,
    ReworkReason,
)
from slackapp.features.metrics.rules import Direction
from slackapp.features.workspaces.rules import Function

TODAY = date(2026, 9, 7)
NEEDED = {"title": "New onboarding", "problem": "They give up", "audience": "New teams"}
MEASURED = {**NEEDED, "metric": "Activation", "from_to": "40 % → 50 %"}
FIELDS = frozenset(MEASURED) | {
    "outcomes", "link", "day", "owner", "because", "direction", "unit", "smallest_change", "checkpoints",
    "backup", "channel", "kind", "evidence", "guardrails", "systems", "estimated_weeks", "goal", "bottleneck",
    "expected_value", "idea_of", "senior_id", "senior_before_spec", "significant", "reworks", "rework_reason",
    "unlocks", "felt_by",
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
        ({"day": "2500-01-01"}, "day", "next two years"),
        ({"day": "2028-09-07"}, "day", "next two years"),
        ({"day": "someday"}, "day", "Please choose"),
        ({"link": "our dashboard"}, "link", "https://"),
        ({"link": "javascript:alert(1)"}, "link", "https://"),
        ({"link": "https://example.com/" + "😀" * 300}, "link", "characters"),
        ({"checkpoints": "7"}, "checkpoints", "Please choose"),
        ({"guardrails": "Churn: 3 %"}, "guardrails", "“Churn: 3 %”"),
        ({"guardrails": "activation: 40 %, over 39 %"}, "guardrails", "judged by already"),
        ({"systems": ",".join(f"system {n}" for n in range(11))}, "systems", "at most 10"),
        ({"systems": f"billing, {'x' * 41}"}, "systems", "40 characters"),
        ({"estimated_weeks": "0"}, "estimated_weeks", "above 0"),
        ({"estimated_weeks": "-2"}, "estimated_weeks", "above 0"),
        ({"estimated_weeks": "521"}, "estimated_weeks", "up to 520"),
        ({"estimated_weeks": "3 days"}, "estimated_weeks", "in weeks"),
        ({"estimated_weeks": "some"}, "estimated_weeks", "in weeks, like 3 or 1.5"),
        ({"goal": "x" * 81}, "goal", "80 characters"),
        ({"expected_value": "x" * 201}, "expected_value", "200 characters"),
        ({"unlocks": "x" * 201}, "unlocks", "200 characters"),
        ({"because": "x" * 301}, "because", "300 characters"),
        ({"reworks": "the old one"}, "reworks", "L-42"),
        ({"reworks": "L-0"}, "reworks", "L-42"),
        ({"rework_reason": "miscommunication"}, "rework_reason", "Which launch"),
        ({"kind": "gadget"}, "kind", "Please choose"),
        ({"evidence": "proof"}, "evidence", "Please choose"),
        ({"significant": ["no"]}, "significant", "Please choose"),
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


@pytest.mark.parametrize("day", ["2026-09-08", "2028-09-06"])
def test_a_day_to_come_makes_it_planned(day: str) -> None:
    draft = read(**NEEDED, day=day)
    assert (draft.day, draft.planned) == (date.fromisoformat(day), True)
    assert not read(**NEEDED).planned


def test_what_is_out_did_not_come_out_on_a_day_to_come() -> None:
    with pytest.raises(FieldError) as refused:
        LaunchDraft.read({**NEEDED, "day": "2026-09-08"}, owner="U1", today=TODAY, planned_ok=False)
    assert list(refused.value.fields) == ["day"]
    assert "still to come" in refused.value.fields["day"]
    assert not LaunchDraft.read(NEEDED, owner="U1", today=TODAY, planned_ok=False).planned


def test_a_day_that_stands_already_may_be_long_ago() -> None:
    long_ago = date(2020, 2, 29)
    values = {**NEEDED, "day": long_ago.isoformat()}
    assert LaunchDraft.read(values, owner="U1", today=TODAY, stands=long_ago).day == long_ago
    with pytest.raises(FieldError):
        LaunchDraft.read(values, owner="U1", today=TODAY, stands=date(2020, 3, 1))


def test_all_under_more_is_kept_as_it_was_chosen() -> None:
    draft = read(
        **MEASURED,
        kind="technical",
        evidence="staged",
        bottleneck="pricing",
        idea_of="design",
        senior_id="U3",
        senior_before_spec="no",
        significant=["yes"],
        reworks="L-42",
        rework_reason="changed_requirement",
        unlocks="price tests",
        felt_by="engineering",
        goal="Q4 retention",
        expected_value="unlocks €120k",
        channel="C2",
        backup="U2",
    )
    assert (draft.kind, draft.evidence, draft.bottleneck) == (
        Kind.TECHNICAL,
        Evidence.STAGED,
        Bottleneck.PRICING,
    )
    assert (draft.idea_of, draft.senior_id, draft.senior_before_spec) == (Function.DESIGN, "U3", False)
    assert (draft.significant, draft.reworks) == (True, 42)
    assert (draft.rework_reason, draft.felt_by) == (ReworkReason.CHANGED_REQUIREMENT, FeltBy.ENGINEERING)
    assert (draft.unlocks, draft.goal, draft.expected_value) == (
        "price tests",
        "Q4 retention",
        "unlocks €120k",
    )
    assert (draft.channel, draft.backup) == ("C2", "U2")


def test_what_is_not_said_is_nothing() -> None:
    unsaid = dict.fromkeys(
        ["evidence", "bottleneck", "idea_of", "senior_before_spec", "felt_by", "rework_reason"], NOT_SAID
    )
    assert read(**NEEDED, **unsaid, significant=[], senior_id=None) == read(**NEEDED)
    assert read(**NEEDED).kind == Kind.FEATURE


@pytest.mark.parametrize("written", ["L-42", "l42", "42", "#42", " L - 42 "])
def test_the_launch_it_reworks_is_named_as_people_do(written: str) -> None:
    assert read(**NEEDED, reworks=written).reworks == 42


@pytest.mark.parametrize(
    ("written", "weeks"),
    [("3", "3"), ("1.5", "1.5"), ("0,25 weeks", "0.25"), ("1 week", "1"), ("520", "520")],
)
def test_weeks_are_estimated_as_finely_as_anybody_likes(written: str, weeks: str) -> None:
    assert read(**NEEDED, estimated_weeks=written).estimated_weeks == Decimal(weeks)


def test_systems_are_named_once_each() -> None:
    draft = read(**NEEDED, systems=" Billing,search\n\nbilling , ,Price  engine\r\nSEARCH")
    assert draft.systems == ("Billing", "search", "Price engine")
    assert len(read(**NEEDED, systems=",".join(f"{'x' * 38}{n}" for n in range(10))).systems) == 10


def test_guardrails_come_in_their_order() -> None:
    draft = read(**MEASURED, guardrails="Churn: 3 %, under 3.5 %\nNPS: 40, over 38")
    assert [each.metric for each in draft.guardrails] == ["Churn", "NPS"]


def test_the_owner_is_not_their_own_backup() -> None:
    assert read(**NEEDED, owner="U2", backup="U2").backup is None


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
        "2026-12-01",
        "L-42",
        "Churn: 3 %, under 4 %",
        "technical",
        "miscommunication",
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
    assert abs(TODAY - draft.day) <= timedelta(days=730)
    assert draft.planned == (draft.day > TODAY)
    assert draft.checkpoints == tuple(sorted(draft.checkpoints))
    assert set(draft.checkpoints) <= set(CHECKPOINTS)
    if draft.baseline is not None:
        assert draft.metric
        assert draft.smallest_change is not None
        assert draft.smallest_change > 0
