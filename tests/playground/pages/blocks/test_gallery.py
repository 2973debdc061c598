"""One sample of everything: accepted by the stand-in, rendered as its golden file says, nothing unknown."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from slackapp.playground.pages.blocks import blocks_html
from slackapp.playground.pages.blocks.gallery import READER, Sample, gallery
from slackapp.playground.slack.blockkit import Json, placed
from slackapp.playground.slack.checks import blocks as known_blocks
from slackapp.playground.slack.checks import check_message, check_view
from slackapp.playground.slack.checks import elements as known_elements
from slackapp.playground.slack.checks import rich_text as known_rich_text
from tests.playground.pages.blocks.dom import Element, harmless, read
from tests.playground.pages.blocks.golden import FOLDER, path, written

SAMPLES = pytest.mark.parametrize("sample", gallery(), ids=lambda sample: sample.name)
CONTROLS = ("button", "input", "select", "textarea")


def rendered(sample: Sample) -> Element:
    return read(blocks_html(sample.blocks, READER, sample.surface))


def types(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield str(node.get("type"))
        node = list(node.values())
    if isinstance(node, Sequence) and not isinstance(node, str):
        for value in node:
            yield from types(value)


@SAMPLES
def test_golden(sample: Sample) -> None:
    assert written(sample) == path(sample).read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(path(sample) for sample in gallery())


@SAMPLES
def test_slack_would_take_it(sample: Sample) -> None:
    label = {"type": "plain_text", "text": "t"}
    modal = {"type": "modal", "title": label, "submit": label}
    blocks: list[Any] = list(sample.blocks)
    found = (
        check_message({"blocks": blocks})
        if sample.kind == "message"
        else check_view({**modal, "blocks": blocks})
    )
    assert found == []


def test_everything_the_stand_in_takes_has_a_sample() -> None:
    shown = {kind for sample in gallery() for kind in types(sample.blocks)}
    taken = {
        *known_blocks._blocks("message"),
        *known_blocks._blocks("modal"),
        *known_elements.actions_elements("modal"),
        *known_elements.actions_elements("message"),
        *known_elements.input_elements("modal"),
        *known_elements.CONTEXT_ACTIONS_ELEMENTS,
        *known_rich_text._CONTAINERS,
    }
    assert taken <= shown


@SAMPLES
def test_it_is_known_and_harmless(sample: Sample) -> None:
    root = rendered(sample)
    assert "unknown" not in "".join(element.get("class") for element in root.all())
    harmless(root)


@SAMPLES
def test_ids_are_unique_and_every_reference_leads_somewhere(sample: Sample) -> None:
    elements = list(rendered(sample).all())
    ids = [element.get("id") for element in elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    for element in elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set(element.get(name).split()) <= set(ids), element


@SAMPLES
def test_every_control_has_a_name(sample: Sample) -> None:
    root = rendered(sample)
    named = {label.get("for") for label in root.all("label")}
    within = [control for label in root.all("label") for control in label.all(*CONTROLS)]
    for control in root.all(*CONTROLS):
        spoken = control.get("aria-label") or control.text.strip()
        assert spoken or control.get("id") in named or control in within, control


@SAMPLES
def test_every_element_can_be_addressed(sample: Sample) -> None:
    root = rendered(sample)
    found = [
        (element.get("data-block"), element.get("data-action"), element.get("data-type"))
        for element in root.all()
        if "data-action" in element.attributes
    ]
    assert found == [
        (element.block_id, element.action_id, element.type)
        for element in placed(list(sample.blocks))
        if "visible_to_user_ids" not in element.element
    ]


@SAMPLES
def test_who_may_not_press_finds_everything_disabled(sample: Sample) -> None:
    surface = replace(sample.surface, active=False)
    for control in read(blocks_html(sample.blocks, READER, surface)).all(*CONTROLS):
        assert "disabled" in control.attributes, control


@pytest.mark.parametrize(
    "block",
    [
        {"type": "from_the_future", "answer": ["<b>", 42]},
        {"type": "actions", "elements": [{"type": "dial", "answer": ["<b>", 42]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_poem", "answer": ["<b>", 42]}]},
        {"type": "table", "rows": [[{"type": "knob", "answer": ["<b>", 42]}]]},
        {"type": "data_visualization", "title": "t", "chart": {"type": "radar", "answer": ["<b>", 42]}},
    ],
    ids=lambda block: str(block["type"]),
)
def test_what_nobody_knows_is_shown_as_such(block: Json) -> None:
    root = read(blocks_html([block], READER, gallery()[0].surface))
    (shown,) = (element for element in root.all("details") if element.get("class") == "b-unknown")
    (source,) = shown.all("pre")
    assert json.loads(source.text) in (block, *list(block.values())[1][:1], *block.get("rows", [[]])[0])
