"""Every table, and every statement that touches one, belongs to a workspace."""

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint

import slackapp.wiring  # noqa: F401 - every table is known once the wiring is
from slackapp.core.database import Base, UtcDateTime
from tests.support.source import FEATURES, PACKAGE, calls, imported, modules, name, tree

TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)

#: Functions with a statement over all workspaces, and why it is right there.
EVERYWHERE = {
    "slackapp/core/due.py:workspaces": "finds the workspaces with something due",
    "slackapp/features/polls/jobs/asking.py:people": "finds these people",
    "slackapp/features/polls/jobs/asking.py:under_way": "finds the workspaces with messages on their way",
    "slackapp/features/polls/jobs/reminders.py:rooms": "finds the channels of these rounds",
    "slackapp/features/polls/jobs/reminders.py:people": "finds whom they mean",
    "slackapp/features/polls/jobs/roll.py:channels": "finds the channels of these rounds",
    "slackapp/features/polls/jobs/roll.py:people": "finds who was in these channels",
    "slackapp/features/polls/jobs/rounds.py:rooms": "finds the channels of these polls",
    "slackapp/features/polls/jobs/rounds.py:people": "finds whom they ask by name",
    "slackapp/features/prompts/jobs/mornings.py:due": "finds the workspaces with somebody to be asked",
    "slackapp/features/prompts/jobs/mornings.py:rooms": "finds the channels of what is asked",
    "slackapp/features/prompts/jobs/mornings.py:people": "finds the people to be asked",
    "slackapp/features/retros/jobs/reminders.py:rooms": "finds the channels of these retros",
    "slackapp/features/retros/jobs/reminders.py:people": "finds who was invited to them",
    "slackapp/features/retros/jobs/roll.py:channels": "finds the channels of these retros",
    "slackapp/features/retros/jobs/roll.py:people": "finds who was in these channels",
    "slackapp/features/retros/jobs/series.py:rooms": "finds the channels to open one in",
    "slackapp/features/retros/jobs/series.py:people": "finds who is to facilitate these",
    "slackapp/slack/inbound.py:old": "finds the workspaces with old keys",
    "slackapp/outbox/stale.py:stale": "finds the workspaces with something to draw",
    "slackapp/outbox/queue.py:_among_oldest": "a relay delivers for all workspaces",
    "slackapp/outbox/queue.py:_heads": "the same: each workspace has its turn",
    "slackapp/outbox/queue.py:_these": "the same, for those that were found",
    "slackapp/outbox/queue.py:_take": "the same",
    "slackapp/outbox/queue.py:_eligible": "the same: whatever workspace a row is of",
    "slackapp/outbox/queue.py:_direct": "joins the row's own workspace",
    "slackapp/outbox/batches.py:_announcing": "writes in each claimed row's own workspace",
    "slackapp/outbox/batches.py:_arriving": "the same",
    "slackapp/outbox/pace.py:not_yet": "joins the row's own workspace",
    "slackapp/outbox/pace.py:among": "lists workspaces, in which the row looks for its own",
    "slackapp/outbox/pace.py:closed": "joins the row's own workspace",
    "slackapp/outbox/jumps.py:jumped": "reads the database's clock",
    "slackapp/outbox/jumps.py:make_good": "a clock jumps for all workspaces",
    "slackapp/outbox/pace.py:in_trouble": "joins the row's own workspace",
    "slackapp/outbox/pace.py:probe": "looks for several workspaces by their ids",
    "slackapp/outbox/overview.py:counts": "whoever looks after the app looks after all workspaces",
    "slackapp/outbox/overview.py:messages": "the same: they name messages by their ids",
    "slackapp/outbox/overview.py:wire_clock": "reads the database's clock",
    "slackapp/features/prompts/queries.py:count_set_aside": "the same: counts for /metrics",
    "slackapp/features/workspaces/service.py:install": "makes the workspace",
    "slackapp/features/workspaces/queries.py:installations": "lists the workspaces",
}


def uniques(table: Table) -> Iterator[set[str]]:
    """The columns of everything that has to be unique, the surrogate key left out."""
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            yield set(constraint.columns.keys())
    for index in table.indexes:
        if index.unique:
            yield {column.name for column in index.columns}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_belongs_to_a_workspace_and_so_does_all_that_is_unique_in_it(table: Table) -> None:
    if table.name == "workspaces":
        assert table.c.team_id.unique
        return
    assert not table.c.workspace_id.nullable
    assert "workspaces.id" in {key.target_fullname for key in table.c.workspace_id.foreign_keys}
    assert [key for key in uniques(table) if key != {"id"} and "workspace_id" not in key] == []


def test_every_moment_in_the_database_is_aware() -> None:
    naive = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.type.python_type is datetime and not isinstance(column.type, UtcDateTime)
    }
    assert naive == set()


def test_nothing_is_loaded_behind_anybodys_back() -> None:
    lazy = {
        f"{mapper.class_.__name__}.{relationship.key}"
        for mapper in Base.registry.mappers
        for relationship in mapper.relationships
        if relationship.lazy != "raise"
    }
    assert lazy == set()


def test_the_wiring_knows_every_table() -> None:
    """Migrations are compared with what the wiring imports: a table it does not reach would go unnoticed."""
    declared = {
        ast.literal_eval(statement.value)
        for path in modules(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__tablename__"
    }
    assert declared == {table.name for table in TABLES}


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> dict[str, Function]:
    return {node.name: node for node in ast.walk(tree(path)) if isinstance(node, Function)}


def statements(function: Function) -> Iterator[ast.stmt]:
    """The statements of a function that build SQL, without those that only contain others."""
    for node in ast.walk(function):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            called = {ast.unparse(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
            if called & {"select", "insert", "update", "delete", "exists"}:
                yield node


def names_a_workspace(left: str, right: str) -> bool:
    """Whether a comparison picks a workspace; two tables compared with each other pick none."""
    sides = [side for side in (left, right) if side.endswith(".workspace_id")]
    return len(sides) == 1 or "tx.workspace_id" in sides


def keeps_to_a_workspace(node: ast.AST, function: Function, around: dict[str, Function]) -> bool:
    """Whether the workspace is compared or set in the node, or in a name it uses from here or the module."""
    for inner in ast.walk(node):
        match inner:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                if names_a_workspace(ast.unparse(left), ast.unparse(right)):
                    return True
            case ast.keyword(arg="workspace_id") | ast.Dict(keys=[ast.Constant(value="workspace_id"), *_]):
                return True
            case ast.Name(id=used, ctx=ast.Load()):
                if (
                    used in around
                    and used != function.name
                    and keeps_to_a_workspace(around[used], function, {})
                ):
                    return True
                if any(keeps_to_a_workspace(value, function, {}) for value in assigned(function, used)):
                    return True
            case _:
                pass
    return False


def assigned(function: Function, variable: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and variable in {ast.unparse(target) for target in node.targets}:
            yield node.value


def unbound() -> set[str]:
    """The functions with a statement that keeps to no workspace."""
    return {
        f"{name(path)}:{function.name}"
        for path in modules(FEATURES, PACKAGE / "outbox", PACKAGE / "slack", PACKAGE / "core" / "due.py")
        for function in functions(path).values()
        for statement in statements(function)
        if not keeps_to_a_workspace(statement, function, functions(path))
    }


def test_every_statement_keeps_to_its_workspace() -> None:
    assert unbound() - set(EVERYWHERE) == set()


def test_every_exception_is_still_one() -> None:
    assert set(EVERYWHERE) - unbound() == set()


def test_nothing_goes_around_the_statements() -> None:
    """`get` finds a row by what it is given, so that has to hold the workspace; text cannot be checked."""
    ours = list(modules(FEATURES, PACKAGE / "outbox", PACKAGE / "slack"))
    around = {
        f"{name(path)}: {ast.unparse(node)}"
        for path in ours
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("session.get", "session.get_one", "session.refresh"))
        and "tx.workspace_id" not in ast.unparse(node)
    }
    around |= {f"{name(path)} writes SQL" for path in ours if "sqlalchemy.text" in set(imported(path))}
    around |= {
        f"{name(path)} calls {called}" for path in ours for called in calls(path) if "driver_sql" in called
    }
    assert around == set()
