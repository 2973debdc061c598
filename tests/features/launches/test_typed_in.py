"""A launch typed into its form again reads as the same launch."""

from dataclasses import asdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.launches.blocks import as_typed_in
from slackapp.features.launches.models import Guardrail
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
from tests.support.launched import TODAY, kept


def line(longest: int) -> st.SearchStrategy[str]:
    return st.text(max_size=longest)


def one_of(choices: type[Evidence | Bottleneck | FeltBy | ReworkReason | Function]) -> st.SearchStrategy[str]:
    return st.sampled_from([NOT_SAID, *choices])


UNITS = ["", " %", " days", " m", " users", "k", " € per user"]
NUMBERS = st.decimals(-(10**9), 10**9, places=2).map(str) | st.integers(0, 100).map(str)
WRITTEN = st.builds("{}{}".format, NUMBERS, st.sampled_from(UNITS))
CHANGES = st.builds("{} → {}".format, WRITTEN, WRITTEN) | NUMBERS.map(lambda n: f"{n} → {n}")
RAILS = st.builds("{}: {}, {} {}".format, line(20), WRITTEN, st.sampled_from(["under", "over"]), WRITTEN)
OPTIONAL = {
    "metric": line(80),
    "from_to": CHANGES,
    "outcomes": line(300),
    "link": st.sampled_from(["https://a.example/b?c=d", "http://ä.example/%20"]),
    "day": st.dates(date(2024, 9, 7), date(2028, 9, 6)).map(str),
    "backup": st.sampled_from(["U1", "U2"]),
    "direction": st.sampled_from(Direction),
    "unit": st.sampled_from([unit.strip() for unit in UNITS if unit != "k"]),
    "smallest_change": WRITTEN,
    "checkpoints": st.lists(st.sampled_from(CHECKPOINTS).map(str), max_size=5),
    "evidence": one_of(Evidence),
    "guardrails": st.lists(RAILS, max_size=5).map("\n".join),
    "kind": st.sampled_from(Kind),
    "unlocks": line(200),
    "felt_by": one_of(FeltBy),
    "systems": st.lists(line(40), max_size=10).map(", ".join),
    "estimated_weeks": st.decimals("0.01", 520, places=6).map(str),
    "significant": st.sampled_from([[], ["yes"]]),
    "reworks": st.integers(1, 10**9 - 1).map("L-{}".format),
    "rework_reason": one_of(ReworkReason),
    "because": line(300),
    "goal": line(80),
    "bottleneck": one_of(Bottleneck),
    "expected_value": line(200),
    "idea_of": one_of(Function),
    "senior_id": st.just("U3"),
    "senior_before_spec": st.sampled_from([NOT_SAID, "yes", "no"]),
}
NEEDED = {"title": "New onboarding", "problem": "They give up", "audience": "New teams"}
FORMS = st.fixed_dictionaries({name: st.just(words) for name, words in NEEDED.items()}, optional=OPTIONAL)


def typed_again(draft: LaunchDraft) -> dict[str, object]:
    """What stands in the form of the rows that keep this draft."""
    guardrails = [Guardrail(**asdict(each)) for each in draft.guardrails]
    reworks = f"L-{draft.reworks}" if draft.reworks else None
    return dict(as_typed_in(kept(draft), guardrails, reworks_label=reworks))


#: Left out when it asks for another input that is not there.
ASKS = {"metric": "from_to", "smallest_change": "direction"}


def readable(values: dict[str, object]) -> LaunchDraft:
    """The draft, without what is refused: that would keep most of these forms from being read at all."""
    try:
        return LaunchDraft.read(values, owner="U1", today=TODAY)
    except FieldError as error:
        refused = {name if name in values else ASKS[name] for name in error.fields}
    return readable({name: value for name, value in values.items() if name not in refused})


@given(FORMS.map(readable))
def test_what_stands_in_the_form_gives_the_same_draft(draft: LaunchDraft) -> None:
    assert LaunchDraft.read(typed_again(draft), owner="U9", today=TODAY) == draft


def test_every_input_is_filled_in() -> None:
    needed = LaunchDraft.read(NEEDED, owner="U1", today=TODAY)
    assert set(typed_again(needed)) == {*NEEDED, "owner", *OPTIONAL}


def test_what_the_numbers_say_follows_them_when_they_change() -> None:
    values = {**NEEDED, "metric": "Activation", "from_to": "40 % → 50 %", "smallest_change": "1 %"}
    typed = typed_again(LaunchDraft.read(values, owner="U1", today=TODAY))
    assert typed["smallest_change"] == "1\N{NO-BREAK SPACE}%"
    turned = LaunchDraft.read({**typed, "from_to": "50 % → 40 %"}, owner="U1", today=TODAY)
    assert (turned.direction, turned.unit) == (Direction.DOWN, "%")


def test_a_direction_that_was_chosen_stays_chosen() -> None:
    values = {**NEEDED, "metric": "NPS", "from_to": "40 → 40", "direction": "hold_up", "smallest_change": "2"}
    assert typed_again(LaunchDraft.read(values, owner="U1", today=TODAY))["direction"] == "hold_up"
