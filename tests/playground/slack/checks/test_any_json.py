"""Whatever JSON arrives, the checks answer, and point to a place that is there."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slackapp.playground.slack.checks import check_message, check_view

WORDS = (
    *("type", "text", "blocks", "elements", "element", "accessory", "fields", "rows", "child_blocks"),
    *("section", "actions", "input", "rich_text", "table", "data_table", "container", "carousel", "card"),
    *("plain_text", "mrkdwn", "button", "static_select", "options", "option_groups", "initial_option"),
    *("block_id", "action_id", "event_type", "event_payload", "modal", "home", "title", "submit", "value"),
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=5)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6),
    max_leaves=30,
)
OBJECTS = st.dictionaries(st.sampled_from(WORDS), JSON, max_size=6)


def exists(pointer: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    for step in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return False
    return True


@settings(max_examples=300)
@given(blocks=st.lists(OBJECTS, max_size=4), metadata=JSON, attachments=JSON)
def test_any_message(blocks: list[dict[str, Any]], metadata: object, attachments: object) -> None:
    arguments = {"text": "t", "blocks": blocks, "attachments": attachments, "metadata": metadata}
    for problem in check_message(arguments):
        assert exists(problem.pointer, arguments)


@settings(max_examples=300)
@given(OBJECTS)
def test_any_view(view: dict[str, Any]) -> None:
    for problem in check_view(view):
        assert exists(problem.pointer, {"view": view})
