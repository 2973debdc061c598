"""The form of a launch, for each of its purposes."""

import json
from typing import Any

import pytest
from slack_sdk.models.views import View

from slackapp.core.errors import UserError
from slackapp.features.launches.blocks import FormState, Purpose, as_typed_in, launch_form
from slackapp.features.launches.rules import LaunchDraft
from slackapp.slack.reading import submission
from slackapp.slack.routes import Value
from tests.support.launched import TODAY, a_launch, kept

EIGHT = ["title", "problem", "audience", "metric", "from_to", "outcomes", "link", "day"]
MORE = [
    *["owner", "backup", "channel"],
    *["direction", "unit", "smallest_change", "checkpoints", "evidence", "guardrails"],
    *["kind", "unlocks", "felt_by", "systems", "estimated_weeks", "significant", "reworks", "rework_reason"],
    *["because", "goal", "bottleneck", "expected_value", "idea_of", "senior_id", "senior_before_spec"],
]
FROZEN = {"metric", "from_to", "day", "direction", "smallest_change", "checkpoints", "guardrails"}
NEW = FormState("C1")


def form(state: FormState = NEW, **typed: Value) -> dict[str, Any]:
    return launch_form(state, owner="U1", today=TODAY, typed=typed).to_dict()


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def stands(block: dict[str, Any]) -> dict[str, Any]:
    """What an untouched input is submitted with."""
    element = block["element"]
    kind = element["type"]
    values = {
        "plain_text_input": ("value", "initial_value"),
        "datepicker": ("selected_date", "initial_date"),
        "users_select": ("selected_user", "initial_user"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "static_select": ("selected_option", "initial_option"),
        "checkboxes": ("selected_options", "initial_options"),
    }
    name, initial = values[kind]
    return {"type": kind, name: element.get(initial, [] if kind == "checkboxes" else None)}


def submitted(view: dict[str, Any]) -> dict[str, Value]:
    """What arrives when nothing of the form is touched."""
    state = {block_id: {"value": stands(block)} for block_id, block in inputs(view).items()}
    body = {"user": {"id": "U1"}, "view": {"state": {"values": state}}}
    return dict(submission(body).values)


def test_recording_asks_the_eight_inputs_and_more_the_rest() -> None:
    assert list(inputs(form())) == EIGHT
    assert list(inputs(form(NEW.opened()))) == EIGHT + MORE
    assert form()["title"]["text"] == "Record a launch"
    assert form()["submit"]["text"] == "Record"


def test_all_of_more_has_a_default_that_says_nothing() -> None:
    needed = {"title": "New onboarding", "problem": "They give up", "audience": "new teams"}
    untouched = LaunchDraft.read(submitted(form(NEW.opened(), **needed)), owner="U1", today=TODAY)
    hidden = LaunchDraft.read(submitted(form(NEW, **needed)), owner="U1", today=TODAY)
    assert untouched.channel == "C1"
    assert hidden.channel is None
    assert kept(untouched).__dict__.keys() == kept(hidden).__dict__.keys()
    for name in LaunchDraft.__dataclass_fields__.keys() - {"channel"}:
        assert getattr(untouched, name) == getattr(hidden, name), name


def test_more_keeps_whatever_was_typed() -> None:
    typed: dict[str, Value] = {
        "title": "x" * 3000,
        "problem": "a\nb",
        "audience": "<!channel>",
        "metric": "",
        "from_to": "forty",
        "outcomes": "",
        "link": "the dashboard",
        "day": "1999-12-31",
        "owner": "U2",
        "backup": "U1",
        "channel": "C2",
        "direction": "hold_up",
        "unit": "days",
        "smallest_change": "some",
        "checkpoints": ["90"],
        "evidence": "staged",
        "guardrails": "Churn",
        "kind": "technical",
        "unlocks": "x",
        "felt_by": "users",
        "systems": "a, b",
        "estimated_weeks": "?",
        "significant": ["yes"],
        "reworks": "the old one",
        "rework_reason": "miscommunication",
        "because": "y",
        "goal": "z",
        "bottleneck": "pricing",
        "expected_value": "€1",
        "idea_of": "data",
        "senior_id": "U2",
        "senior_before_spec": "no",
    }
    assert set(typed) == {*EIGHT, *MORE}
    for known in (typed, {**typed, "checkpoints": [], "significant": [], "backup": None, "senior_id": None}):
        shown = submitted(form(NEW.opened(), **known))
        assert shown == {name: value or ([] if value == [] else None) for name, value in known.items()}


@pytest.mark.parametrize(
    ("typed", "focus"),
    [({}, "title"), ({"title": "x"}, "problem"), ({"title": "x", "problem": "y"}, "audience")],
)
def test_writing_begins_where_nothing_stands_yet(typed: dict[str, Value], focus: str) -> None:
    focused = [
        name for name, block in inputs(form(NEW, **typed)).items() if block["element"].get("focus_on_load")
    ]
    assert focused == [focus]


def editing(typed: dict[str, object] | None = None, purpose: Purpose = Purpose.EDIT) -> dict[str, Any]:
    launch = a_launch(typed)
    return form(FormState.of(launch, purpose), **as_typed_in(launch, [], reworks_label=None))


def test_editing_opens_with_everything_as_it_stands() -> None:
    view = editing({"kind": "reliability", "systems": "billing"})
    assert list(inputs(view)) == EIGHT + [name for name in MORE if name != "channel"]
    assert (view["title"]["text"], view["submit"]["text"]) == ("Edit L-42", "Save")
    launch = a_launch({"kind": "reliability", "systems": "billing"})
    again = LaunchDraft.read(submitted(view), owner="U2", today=TODAY)
    assert (again.owner, again.kind, again.systems) == ("U1", "reliability", ("billing",))
    assert (again.baseline, again.target, again.smallest_change) == (
        launch.baseline,
        launch.target,
        launch.smallest_change,
    )


def test_what_is_fixed_says_that_a_change_of_it_is_told() -> None:
    hinted = {
        name
        for name, block in inputs(editing()).items()
        if "makes a new version" in block.get("hint", {}).get("text", "")
    }
    assert hinted == FROZEN
    assert "makes a new version" not in json.dumps(editing({"day": "2026-12-01"}))


def test_a_planned_launch_that_is_out_asks_what_is_missing() -> None:
    view = editing({"day": "2026-12-01", "metric": "", "from_to": ""}, Purpose.OUT)
    assert (view["title"]["text"], view["submit"]["text"]) == ("L-42 is out", "It is out")
    assert list(inputs(view)) == EIGHT
    assert inputs(view)["metric"]["element"]["focus_on_load"] is True
    assert inputs(view)["day"]["element"]["initial_date"] == TODAY.isoformat()


def test_a_day_that_has_come_stays_the_day_it_was_out() -> None:
    state = FormState.of(a_launch({"day": "2026-12-01"}), Purpose.OUT)
    assert inputs(form(state, day="2026-09-03"))["day"]["element"]["initial_date"] == "2026-09-03"


@pytest.mark.parametrize(
    "state",
    [
        FormState("C1"),
        FormState("C1", more=True, thread_ts="1757232000.000100"),
        FormState.of(a_launch(), Purpose.EDIT),
        FormState.of(a_launch({"day": "2026-12-01"}), Purpose.OUT),
    ],
)
def test_what_the_form_remembers_comes_back(state: FormState) -> None:
    assert FormState.read(form(state)["private_metadata"]) == state
    assert FormState.read(state.opened().write()) == state.opened()


def test_a_form_that_was_open_during_an_upgrade_is_still_understood() -> None:
    assert FormState.read('{"channel": "C1", "more": false}') == FormState("C1")


def test_only_channels_are_offered_as_channels() -> None:
    chosen = inputs(form(NEW.opened()))["channel"]["element"]
    assert set(chosen["filter"]["include"]) == {"public", "private"}
    assert chosen["initial_conversation"] == "C1"


def test_the_form_is_one_kind_of_view() -> None:
    views: list[View] = [
        launch_form(FormState.of(a_launch(), purpose), owner="U1", today=TODAY, typed={})
        for purpose in Purpose
    ]
    assert {view.callback_id for view in views} == {"launches.record"}


@pytest.mark.parametrize(
    "metadata", ["", "{]", "3", "{}", '{"channel": 3}', '{"channel": "C1", "purpose": "x"}']
)
def test_what_no_form_remembers_is_a_sentence(metadata: str) -> None:
    with pytest.raises(UserError, match="another version"):
        FormState.read(metadata)
