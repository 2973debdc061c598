"""The table of Slack's errors: the page says the same as the code, and the stand-in says nothing else."""

import ast
import re
from collections.abc import Iterator

from slackapp.features.prompts.rules import GONE
from slackapp.outbox.rules import NOT_LET_IN, OF_ONE_METHOD
from slackapp.slack.error_names import ERRORS, Means
from tests.support.source import ROOT, STAND_IN, modules, tree

PAGE = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## What Slack's errors mean")[2].partition("| an answer that names none")[0]

#: What the stand-in refuses with where none of our calls leads: lists, reactions, response URLs, the content
#: of a file, and answers to submits and to searches for options.
ELSEWHERE = {"already_reacted", "no_reaction", "bot_not_found", "invalid_name", "invalid_types"} | {
    *("expired_url", "used_url", "invalid_payload"),
    *("invalid_errors", "invalid_options", "invalid_response_action", "length_mismatch"),
}


def stated() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| (.*`.*) \| ([a-z ]+) \|$", SECTION, re.MULTILINE)
    return [(name, means) for words, means in rows for name in re.findall(r"`([a-z_]+)`", words)]


def refusals() -> Iterator[str]:
    for path in modules(STAND_IN):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(
                    func=ast.Name(id="RefusedError" | "Problem"), args=[ast.Constant(value=str(error)), *_]
                ):
                    yield error


def test_the_page_states_every_error_once_and_in_its_class() -> None:
    assert len(stated()) == len(ERRORS)
    assert dict(stated()) == ERRORS


def test_what_the_stand_in_refuses_with_is_in_the_table() -> None:
    said = set(refusals())
    assert "not_in_channel" in said
    assert said - ERRORS.keys() == ELSEWHERE


def test_errors_that_are_treated_apart_are_of_the_class_that_is() -> None:
    assert {ERRORS[name] for name in OF_ONE_METHOD} == {Means.TOKEN_TROUBLE}
    assert {ERRORS[name] for name in NOT_LET_IN | GONE} == {Means.REFUSED}
