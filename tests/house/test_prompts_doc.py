"""What the page about asking people shows is what can be called, and all of it."""

import ast
import inspect
import re

from slackapp.features.prompts import rules, service
from slackapp.features.prompts.rules import LADDERS
from tests.support.source import ROOT

PAGE = (ROOT / "docs" / "prompts.md").read_text(encoding="utf-8")
[CODE] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
#: What the prompts themselves do, and no feature asks of them.
OWN = {"climb", "open_prompt", "pass_on", "pass_over", "put", "reply"} | {
    "set_aside",
    "set_weekly",
    "snooze",
    "undeliverable",
}


def called() -> list[ast.Call]:
    code = ast.parse(CODE.replace("…", "None"))
    return [node for node in ast.walk(code) if isinstance(node, ast.Call)]


def test_what_is_shown_can_be_called() -> None:
    for call in called():
        name = ast.unparse(call.func)
        found = getattr(service, name.removeprefix("prompts."), None) or getattr(rules, name)
        given = {keyword.arg: None for keyword in call.keywords if keyword.arg}
        inspect.signature(found).bind(*call.args, **given)


def test_all_that_a_feature_may_call_is_shown() -> None:
    shown = {ast.unparse(call.func).removeprefix("prompts.") for call in called()}
    assert shown >= set(service.__all__) - OWN


def test_every_ladder_is_in_the_table() -> None:
    when = PAGE.partition("## When")[2]
    assert set(re.findall(r"^\| `(\w+)` \|", when, re.MULTILINE)) == {ladder.value for ladder in LADDERS}
