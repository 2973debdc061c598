"""Blocks on a surface, and every way to spoil one of them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem, check_message, check_view

Json: TypeAlias = dict[str, Any]


@pytest.fixture(scope="session")
def problems_on() -> Callable[[str, Json], list[Problem]]:
    """What Slack has against one block on a surface."""

    def problems(surface: str, block: Json) -> list[Problem]:
        title = {"type": "plain_text", "text": "t"}
        if surface == "message":
            return check_message({"blocks": [block]})
        if surface == "home":
            return check_view({"type": "home", "blocks": [block]})
        return check_view({"type": "modal", "title": title, "submit": title, "blocks": [block]})

    return problems


@pytest.fixture(scope="session")
def spoiled() -> Callable[[Json], Iterator[tuple[str, Json, bool]]]:
    """Each place of a block (a pointer) with the block in which that place holds what it must not.

    The last part says whether the place is an object, spoiled by one field more.
    """

    def walk(holder: Any, at: str, whole: Json) -> Iterator[tuple[str, Json, bool]]:  # noqa: ANN401 - JSON
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            for junk in (None, {"surprise": 1}):
                holder[key] = junk
                yield f"{at}/{key}", copy.deepcopy(whole), False
            holder[key] = value
            if isinstance(value, dict):
                value["surprise"] = 1
                yield f"{at}/{key}", copy.deepcopy(whole), True
                del value["surprise"]
            if isinstance(value, dict | list):
                yield from walk(value, f"{at}/{key}", whole)

    def every_way(block: Json) -> Iterator[tuple[str, Json, bool]]:
        block = copy.deepcopy(block)
        yield "", {**block, "surprise": 1}, True
        yield from walk(block, "", block)

    return every_way
