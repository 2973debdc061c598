"""The card in the channel, and everything else that is known of a launch."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from slackapp.features.launches.blocks import CardPart, card, details
from slackapp.features.launches.models import Guardrail, Launch, LaunchVersion
from slackapp.features.launches.rules import Decision, LaunchState
from slackapp.slack.blocks import bold, button
from tests.support.launched import NOW, TODAY, a_launch, a_view, read

BUTTONS = "[I worked on this] [I was in before the spec] [Edit] [More]"


def lines(launch: Launch, parts: Sequence[CardPart] = (), **known: object) -> list[str]:
    return read(card(a_view(launch, **known), parts).blocks)


def text(launch: Launch, parts: Sequence[CardPart] = (), **known: object) -> str:
    return "\n".join(lines(launch, parts, **known))


def version(number: int, before: dict[str, str], after: dict[str, str]) -> LaunchVersion:
    return LaunchVersion(number=number, changed_by="U1", changed_at=NOW, before=before, after=after)


def test_a_card_says_what_is_believed_and_what_is_fixed() -> None:
    assert lines(a_launch()) == [
        "L-42 New onboarding",
        (
            "We believe New onboarding for new teams will raise Activation from 40 % to 50 % by 7 Oct 2026, "
            "because six of eight asked."
        ),
        "- Problem: New teams give up",
        "- Out since 7 Sep 2026 · owner @Mara",
        "Fixed: 40 % → 50 % · under 2.5 % is no change · asked after 7 and 30 days",
        BUTTONS,
    ]


def test_a_planned_launch_says_when_and_fixes_nothing() -> None:
    planned = a_launch({"day": "2026-12-12"})
    assert lines(planned)[1] == "Planned for 12 Dec 2026"
    assert "by 11 Jan 2027" in lines(planned)[2]
    assert "- Owner @Mara" in lines(planned)
    assert "Fixed" not in text(planned)
    assert "Out since" not in text(planned)
    assert lines(planned)[-1] == BUTTONS


@pytest.mark.parametrize(("slips", "says"), [(1, "moved once"), (2, "moved twice"), (5, "moved 5 times")])
def test_a_launch_that_slipped_says_from_where_and_how_often(slips: int, says: str) -> None:
    slipped = a_launch({"day": "2026-12-12"}, first_day=TODAY, slips=slips)
    assert lines(slipped)[1] == f"Planned for 12 Dec 2026 · first planned for 7 Sep 2026, {says}"


def test_a_change_after_the_freeze_is_told_with_who_made_it() -> None:
    changed = [version(2, {"target": "50 %"}, {"target": "45 %"})]
    assert "- Version 2: target 50 % → 45 %, changed by @Mara on 7 Sep 2026" in lines(
        a_launch(), versions=changed
    )


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ({"metric": "Activation"}, {}, "metric removed: Activation, "),
        ({}, {"guardrails": "Churn: 3 %, under 4 %"}, "guardrails added: Churn: 3 %, under 4 %, "),
        ({"numbers": ""}, {"numbers": "40 % → 50 %"}, "numbers added: 40 % → 50 %, "),
        ({"numbers": "40 % → 50 %"}, {"numbers": "40 % → 45 %"}, "numbers 40 % → 50 %, now 40 % → 45 %, "),
        ({"a": "1", "b": "2"}, {"a": "3", "b": "4"}, "a 1 → 3, b 2 → 4, "),
    ],
)
def test_what_came_and_what_went_is_told_as_clearly(
    before: dict[str, str], after: dict[str, str], says: str
) -> None:
    assert f"- Version 2: {says}changed by @Mara" in text(a_launch(), versions=[version(2, before, after)])


def test_of_many_changes_the_latest_three_are_told() -> None:
    many = [version(number, {"target": "50 %"}, {"target": f"{number} %"}) for number in range(2, 7)]
    told = [line[2:11] for line in lines(a_launch(), versions=many) if "Version" in line]
    assert told == ["Version 6", "Version 5", "Version 4"]
    assert "- and 2 earlier changes" in lines(a_launch(), versions=many)


def test_guardrails_evidence_and_what_is_reworked_are_told() -> None:
    rail = Guardrail(
        metric="Churn", direction="hold_down", unit="%", baseline=Decimal(3), smallest_change=Decimal("0.5")
    )
    launch = a_launch({"evidence": "staged", "reworks": "L-12", "rework_reason": "changed_requirement"})
    shown = lines(launch, guardrails=[rail], reworks_label="L-12")
    assert "- Guardrail: Churn should stay under 3.5 %; it was 3 %" in shown
    assert "- How well the numbers can tell: Staged rollout" in shown
    assert "- Reworks L-12: changed requirement" in shown


@pytest.mark.parametrize(
    ("worked", "before_spec", "says"),
    [
        (3, 2, "3 worked on it · 2 were in before the spec"),
        (1, 1, "1 worked on it · 1 was in before the spec"),
        (0, 2, "2 were in before the spec"),
    ],
)
def test_it_is_counted_who_had_part_and_never_named(worked: int, before_spec: int, says: str) -> None:
    assert says in lines(a_launch(), worked=worked, before_spec=before_spec)
    assert "worked on it" not in text(a_launch())


def test_technical_work_is_shown_both_cases_and_asked_what_it_lacks() -> None:
    shown = text(a_launch({"kind": "technical", "title": "A price queue"}))
    assert "A weak case: We should do A price queue: the code needs it." in shown
    assert "A strong case: A price queue unlocks (which outcome?) for new teams, seen in Activation." in shown
    assert "Worth an answer in this thread: Which outcome does this work unlock? Will users feel it" in shown
    assert "A strong case" not in text(a_launch())


@pytest.mark.parametrize(
    ("felt_by", "says"), [("users", "Users will feel it."), ("engineering", "For engineering's comfort.")]
)
def test_technical_work_says_who_feels_it(felt_by: str, says: str) -> None:
    shown = lines(a_launch({"kind": "technical", "unlocks": "price tests", "felt_by": felt_by}))
    assert f"- {says}" in shown
    assert "Worth an answer" not in "\n".join(shown)


def test_an_experiment_without_people_from_business_says_so() -> None:
    alone = "Nobody from business is known to take part in this experiment."
    experiment = a_launch({"kind": "experiment"})
    assert alone in lines(experiment)
    assert alone not in lines(experiment, business_known=True)
    assert alone not in lines(a_launch())


def test_a_launch_without_a_metric_is_asked_for_one() -> None:
    shown = text(a_launch({"metric": "", "from_to": ""}))
    assert "No metric is named yet, so that is asked later." in shown


def test_other_features_add_lines_and_buttons() -> None:
    part = CardPart([["Outcome: ", bold("44 %")]], [button("x", "Predict", "7")])
    closed = a_launch(state=LaunchState.CLOSED, verdict="moved", decision=Decision.KEEP)
    shown = lines(closed, [part])
    assert "- Outcome: 44 %" in shown
    assert "- Decision: Keep" in shown
    assert shown[-1] == f"[Predict] {BUTTONS}"


def test_slack_is_never_given_more_buttons_than_it_takes() -> None:
    many = CardPart([], [button(f"x.{n}", f"Button {n}", "7") for n in range(40)])
    [row] = [block.to_dict() for block in card(a_view(a_launch()), [many]).blocks if block.type == "actions"]
    assert len(row["elements"]) == 25
    assert row["elements"][-1]["text"]["text"] == "More"


def test_a_cancelled_launch_says_by_whom_and_offers_nothing() -> None:
    dropped = a_launch(state=LaunchState.DROPPED, dropped_by="U2", dropped_at=NOW)
    shown = lines(dropped, [CardPart([["Asked about on 7 Oct 2026"]], [button("x", "Predict", "7")])])
    assert "- Cancelled by @Jonas on 7 Sep 2026." in shown
    assert not any("[" in line or "Asked about" in line for line in shown)


def test_a_planned_launch_that_was_cancelled_was_never_out() -> None:
    planned = {"day": "2026-12-12"}
    shown = lines(a_launch(planned, state=LaunchState.DROPPED, dropped_by="U2", dropped_at=NOW))
    assert "- Was planned for 12 Dec 2026 · owner @Mara" in shown
    assert "Out since" not in "\n".join(shown)


def test_the_longest_card_fits_into_one_message() -> None:
    rails = [
        Guardrail(
            metric="m" * 80,
            direction="hold_up",
            unit="u" * 20,
            baseline=Decimal(-(10**15)) + Decimal("0.000001"),
            smallest_change=Decimal(10**15),
        )
    ] * 5
    longest = a_launch(
        {
            "title": "t" * 150,
            "problem": "p" * 1000,
            "audience": "a" * 200,
            "metric": "k" * 80,
            "outcomes": "o" * 1000,
            "because": "b" * 300,
            "unlocks": "u" * 200,
            "kind": "technical",
        }
    )
    changes = [version(n, {"l" * 500: "b" * 5000}, {"l" * 500: "a" * 5000}) for n in range(50)]
    outcome = CardPart([["w" * 500]] * 6)
    assert len(text(longest, [outcome], guardrails=rails, versions=changes)) < 12_000


def detailed(launch: Launch, **known: object) -> list[str]:
    return read(details(a_view(launch, **known)).blocks or [])


def test_details_show_what_was_filled_in_and_nothing_else() -> None:
    assert detailed(a_launch({"because": ""})) == [
        "L-42 New onboarding",
        "Who and where",
        "- Owner: @Mara",
        "- Recorded by @Mara on 7 Sep 2026",
        "- Channel: #team-onboarding",
        "The numbers",
        "- Activation should rise",
        "- Asked after 7 and 30 days",
        "- Under 2.5 % is no change",
        "The work",
        "- Kind: Feature",
    ]


def test_details_show_all_that_was_filled_in() -> None:
    full = a_launch(
        {
            "backup": "U2",
            "evidence": "anecdote",
            "kind": "technical",
            "unlocks": "price tests",
            "felt_by": "users",
            "systems": "billing, search",
            "estimated_weeks": "1.5",
            "significant": ["yes"],
            "reworks": "L-12",
            "rework_reason": "miscommunication",
            "goal": "retention",
            "bottleneck": "pricing",
            "expected_value": "unlocks €120k",
            "idea_of": "design",
            "senior_id": "U2",
            "senior_before_spec": "no",
        }
    )
    shown = detailed(full, reworks_label="L-12", worked=2)
    for line in (
        "Backup: @Jonas",
        "2 worked on it",
        "How well the numbers can tell: Anecdote",
        "Unlocks: price tests",
        "Users will feel it",
        "Systems touched: billing, search",
        "Estimated: 1.5 weeks",
        "A significant launch",
        "Reworks L-12",
        "Why it is reworked: miscommunication",
        "Because: six of eight asked",
        "Goal: retention",
        "Goes for the bottleneck: pricing",
        "Expected value: unlocks €120k",
        "The idea came from design",
        "Senior engineer: @Jonas",
        "A senior engineer did not see it before the spec",
    ):
        assert f"- {line}" in shown


def test_details_show_the_whole_history() -> None:
    many = [version(number, {"target": "50 %"}, {"target": f"{number} %"}) for number in range(2, 7)]
    assert [line[2:11] for line in detailed(a_launch(), versions=many) if "Version" in line] == [
        f"Version {number}" for number in (6, 5, 4, 3, 2)
    ]
    assert "and 8 earlier" in detailed(a_launch(), versions=[*many] * 7 + many[:3])
