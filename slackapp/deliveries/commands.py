"""`afterlaunch deliveries …`: list, show, retry, drop, recheck."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from slackapp.core import logging
from slackapp.core.schema import SchemaError
from slackapp.core.settings import DatabaseSettings, SettingsError, load
from slackapp.core.words import counted
from slackapp.deliveries import changing, words
from slackapp.deliveries.registry import DeliveriesError, Registry, opened
from slackapp.outbox import overview

T = TypeVar("T")

deliveries = typer.Typer(
    no_args_is_help=True,
    help="Look after messages: what waits, what Slack would not take, and what to do about it.",
)

Ids = Annotated[list[str], typer.Argument(help="Messages, by the ids that `list` shows.", metavar="ID")]
Workspace = Annotated[str | None, typer.Option(help="The Slack team: its id or its name.", metavar="TEAM")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]


def _with_database(use: Callable[[Registry], Awaitable[T]]) -> T:
    """What can be mended ends in a sentence and status 1, without a traceback."""

    async def run() -> T:
        settings = load(DatabaseSettings)
        logging.configure(level="error", log_format=settings.log_format)
        async with opened(settings) as registry:
            return await use(registry)

    try:
        return asyncio.run(run())
    except (SettingsError, SchemaError, DeliveriesError) as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        raise typer.Exit(1) from None


async def _moment(registry: Registry) -> words.Moment:
    async with registry.transactions.everywhere() as session:
        return words.Moment(registry.transactions.clock.now(), await overview.wire_clock(session))


@deliveries.command(name="list")
def list_(
    *,
    dead: Annotated[bool, typer.Option("--dead", help="Only what Slack would not take.")] = False,
    workspace: Workspace = None,
    limit: Annotated[int, typer.Option(help="At most so many of each.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """List what waits, in the order in which it is due, and what is dead, the newest first."""

    async def look(registry: Registry) -> list[str]:
        within = registry.workspace_id(workspace)
        async with registry.transactions.everywhere() as session:
            rows = [] if dead else list(await overview.waiting(session, limit, workspace_id=within))
            rows += await overview.dead(session, limit, workspace_id=within)
        teams = {each.id: each.team_id for each in registry.workspaces.values()}
        if as_json:
            return [json.dumps([words.document(row, teams[row.workspace_id]) for row in rows])]
        if not rows:
            return ["Nothing is dead." if dead else "Nothing waits, and nothing is dead."]
        return words.listed(rows, teams, await _moment(registry))

    for line in _with_database(look):
        typer.echo(line)


@deliveries.command()
def show(
    message: Annotated[str, typer.Argument(help="The message, by the id that `list` shows.", metavar="ID")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show all about one message: what it says, what happens next, and what to do."""

    async def look(registry: Registry) -> list[str]:
        [row] = await registry.messages([message])
        team = registry.workspaces[row.workspace_id]
        if as_json:
            return [json.dumps(words.document(row, team.team_id))]
        async with registry.transactions.everywhere() as session:
            paused_until = await overview.paused_until(session, row.workspace_id)
        named = f"{team.team_id} ({team.name})"
        return list(words.shown(row, named, await _moment(registry), paused_until))

    for line in _with_database(look):
        typer.echo(line)


@deliveries.command()
def retry(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Messages, by the ids that `list` shows.", metavar="ID")
    ] = None,
    *,
    all_dead: Annotated[bool, typer.Option("--all-dead", help="All that are dead in the workspace.")] = False,
    reason: Annotated[str | None, typer.Option(help="Of these only those with this reason.")] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Try dead messages again from the beginning, as the button in Slack does: all that are named, or none.

    The running app takes them up within a second.
    """
    if bool(ids) == all_dead:
        raise typer.BadParameter("Name messages, or say --all-dead.", param_hint="ID")
    if reason is not None and not all_dead:
        raise typer.BadParameter("It goes with --all-dead.", param_hint="--reason")
    if workspace is not None and not all_dead:
        raise typer.BadParameter("It goes with --all-dead.", param_hint="--workspace")

    async def change(registry: Registry) -> list[int]:
        if ids:
            return await changing.retry(registry, ids)
        return await changing.retry_all(registry, registry.only_workspace(workspace), reason)

    _tell(_with_database(change), "tried again", as_json=as_json)


@deliveries.command()
def drop(ids: Ids, *, as_json: AsJson = False) -> None:
    """Give dead messages up: all that are named, or none.

    What they tell of stays recorded. If it changes later, it is told anew.
    """
    _tell(_with_database(lambda registry: changing.drop(registry, ids)), "dropped", as_json=as_json)


@deliveries.command()
def recheck() -> None:
    """Have every message that is due looked for in Slack before it is posted.

    For after a back-up was restored: what was posted since then is not posted again. Stop the app first.
    """
    found = _with_database(changing.recheck)
    typer.echo(f"{counted(found, 'message')} will be looked for in Slack first.")


def _tell(done: list[int], what: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({what.replace(" ", "_"): done}))
    elif not done:
        typer.echo("Nothing is dead.")
    else:
        verb = "is" if len(done) == 1 else "are"
        typer.echo(f"{counted(len(done), 'message')} {verb} {what}: {', '.join(map(str, done))}.")
