"""The rooms of a feature, beyond what contracts on imports can say."""

import ast
import sys
from pathlib import Path

import pytest

from tests.support.source import FEATURES, PACKAGE, STAND_IN, calls, imported, modules, name, room, tree

EVERY_FEATURE = sorted(path for path in FEATURES.iterdir() if (path / "__init__.py").exists())

#: All that a room may import beside the standard library. `{own}` is the feature itself.
ALLOWED = {
    "rules": (
        "pydantic",
        # As pure as they are: which notes are alike.
        "rapidfuzz",
        "slackapp.core.errors",
        "slackapp.core.files",
        "slackapp.core.forms",
        "slackapp.core.proportions",
        "slackapp.core.recurrence",
        "slackapp.core.words",
        "slackapp.core.working_time",
        "slackapp.features.*.rules",
    ),
    "models": (
        "sqlalchemy",
        "slackapp.core.database",
        "slackapp.core.slackbot",
        "slackapp.core.working_time",
        "slackapp.features.{own}.models",
        "slackapp.features.{own}.rules",
    ),
    "blocks": (
        "slack_sdk.models",
        # What a form remembers from one of its views to the next.
        "slackapp.core.forms.FormMemory",
        "slackapp.core.proportions",
        "slackapp.core.words",
        "slackapp.features.*.blocks",
        "slackapp.features.*.models",
        "slackapp.features.*.queries",
        "slackapp.features.*.rules",
        "slackapp.slack.blocks",
        "slackapp.slack.plain",
        "slackapp.slack.charts",
        "slackapp.slack.replies",
        "slackapp.slack.routes",
        "slackapp.slack.text",
    ),
    "listeners": (
        "pydantic",
        "slackapp.core.errors",
        "slackapp.core.forms",
        "slackapp.core.transaction",
        "slackapp.core.words",
        "slackapp.features.{own}",
        "slackapp.features.*.queries",
        "slackapp.features.*.rules",
        "slackapp.slack.replies",
        "slackapp.slack.routes",
    ),
}

#: What one feature may use of a lower one.
SHARED = {"models", "queries", "rules", "service"}

CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "current_timestamp", "localtimestamp"}


def fits(dotted: str, pattern: str) -> bool:
    parts, wanted = dotted.split("."), pattern.split(".")
    return len(parts) >= len(wanted) and all(w in {"*", part} for part, w in zip(parts, wanted, strict=False))


@pytest.mark.parametrize("kind", ALLOWED)
@pytest.mark.parametrize("feature", EVERY_FEATURE, ids=lambda feature: feature.name)
def test_a_room_imports_only_what_belongs_there(feature: Path, kind: str) -> None:
    allowed = [pattern.format(own=feature.name) for pattern in ALLOWED[kind]]
    strange = {
        f"{name(path)} imports {dotted}"
        for path in room(feature, kind)
        for dotted in imported(path)
        if dotted.split(".")[0] not in sys.stdlib_module_names
        and not any(fits(dotted, pattern) for pattern in allowed)
    }
    assert strange == set()


@pytest.mark.parametrize("feature", EVERY_FEATURE, ids=lambda feature: feature.name)
def test_of_another_feature_only_the_shared_rooms_are_used(feature: Path) -> None:
    strange = {
        f"{name(path)} imports {dotted}"
        for path in modules(feature)
        for dotted in imported(path)
        if fits(dotted, "slackapp.features.*")
        and not fits(dotted, f"slackapp.features.{feature.name}")
        # What is shown may hold what a lower feature shows.
        and not (SHARED | ({"blocks"} if path in room(feature, "blocks") else set()))
        & set(dotted.split(".")[3:4])
    }
    assert strange == set()


def test_a_feature_has_no_other_rooms() -> None:
    rooms = {
        path.stem for feature in EVERY_FEATURE for path in feature.iterdir() if path.suffix in {"", ".py"}
    }
    rooms -= {"__init__", "__pycache__"}
    assert rooms <= {"blocks", "jobs", "listeners", "models", "parts", "queries", "rules", "service"}


#: Where transactions are begun and ended, and the driver that passes it on to SQLite.
ENDING = {PACKAGE / "core" / "transaction.py", PACKAGE / "core" / "sqlite_driver.py"}


def test_transactions_are_ended_where_they_are_begun_and_nowhere_else() -> None:
    ended = {
        f"{name(path)} calls {called}"
        for path in modules(PACKAGE)
        if path not in ENDING and STAND_IN not in path.parents
        for called in calls(path)
        if called.rpartition(".")[2] in {"commit", "rollback", "begin_nested"}
        or called.endswith("session.begin")
    }
    assert ended == set()


def test_queries_and_parts_change_nothing() -> None:
    readers = [
        path for feature in EVERY_FEATURE for kind in ("queries", "parts") for path in room(feature, kind)
    ]
    changes = {
        f"{name(path)} calls {called}"
        for path in [*readers, PACKAGE / "outbox" / "queries.py"]
        for called in calls(path)
        if called in {"insert", "update", "delete"}
        or called.endswith(("session.add", "session.add_all", "session.delete", "session.flush", "tx.emit"))
    }
    assert changes == set()


def test_only_the_clock_reads_a_clock() -> None:
    ours = [
        path
        for path in modules(PACKAGE)
        if path != PACKAGE / "core" / "clock.py" and STAND_IN not in path.parents
    ]
    read = {
        f"{name(path)} calls {called}"
        for path in ours
        for called in calls(path)
        if called.rpartition(".")[2] in CLOCKS and called.split(".")[0] in {"date", "datetime", "func"}
    }
    read |= {f"{name(path)} imports time" for path in ours if "time" in set(imported(path))}
    assert read == set()


@pytest.mark.parametrize("feature", EVERY_FEATURE, ids=lambda feature: feature.name)
def test_a_feature_says_in_one_sentence_what_it_is_for(feature: Path) -> None:
    [statement] = tree(feature / "__init__.py").body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    sentence = statement.value.value
    assert isinstance(sentence, str)
    assert sentence.endswith(".")
    assert sentence.count(".") == 1
    assert "\n" not in sentence
