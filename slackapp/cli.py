"""The command line: `afterlaunch …`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from sqlalchemy.engine import make_url

from slackapp.core import logging, schema
from slackapp.core.database import create_engine
from slackapp.core.manifest import EVENTS_PATH, as_yaml, manifest
from slackapp.core.schema import SchemaError
from slackapp.core.settings import DatabaseSettings, Settings, SettingsError, load
from slackapp.core.words import plain
from slackapp.deliveries.commands import deliveries
from slackapp.doctor.examination import examine
from slackapp.doctor.findings import Finding
from slackapp.installation import StartError
from slackapp.playground import command as playground
from slackapp.playground.demo import StoryError, play
from slackapp.server import serve

cli = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
database = typer.Typer(no_args_is_help=True, help="Look after the database's schema.")
cli.add_typer(database, name="db")
cli.add_typer(deliveries, name="deliveries")


@contextmanager
def _saying_what_is_wrong() -> Iterator[None]:
    """What a person can mend ends in a sentence and status 1, without a traceback."""
    try:
        yield
    except (SettingsError, SchemaError, StartError) as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        raise typer.Exit(1) from None


cli.add_typer(playground.build(_saying_what_is_wrong), name="playground")


def _say_version(asked: bool) -> None:  # noqa: FBT001 - typer hands an option's value over
    if asked:
        typer.echo(f"afterlaunch {version('afterlaunch')}")
        raise typer.Exit


@cli.callback()
def of_all_commands(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Say which version this is.", callback=_say_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Afterlaunch asks what happened after the launch, until someone answers."""


def _load_database_settings() -> DatabaseSettings:
    settings = load(DatabaseSettings)
    logging.configure(level=settings.log_level, log_format=settings.log_format)
    return settings


@cli.command()
def run() -> None:
    """Run the app against Slack, with the settings in the environment or `.env`.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN for Socket Mode, or SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET for
    HTTP at /slack/events. Health is at /healthz and /readyz. The README lists every setting.
    """
    with _saying_what_is_wrong():
        settings = load(Settings)
        logging.configure(level=settings.log_level, log_format=settings.log_format)
        asyncio.run(serve(settings))


@cli.command()
def demo(
    record: Annotated[
        Path | None,
        typer.Option(help="Write every call to Slack into this file, a JSON object a line."),
    ] = None,
) -> None:
    """Play two launches from their first day to their end, in seconds and without Slack.

    The app is the real one; Slack is a stand-in on this machine that is as strict as Slack. Ends with
    status 0 only if the story came out.
    """
    logging.configure(level="warning")
    if record is not None:
        try:
            record.write_text("", encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{record}: {error.strerror}.", param_hint="--record") from None
    console = Console(highlight=False)
    try:
        asyncio.run(play(console, record))
    except StoryError as error:
        console.print(f"\n[red]The story did not come out:[/red] {error}")
        raise typer.Exit(1) from None


@cli.command(name="manifest")
def print_manifest(
    url: Annotated[
        str | None,
        typer.Option(help="Where Slack reaches the app over HTTP, such as https://afterlaunch.example.com."),
    ] = None,
) -> None:
    """Print the manifest to make the Slack app from: for Socket Mode, or with --url for HTTP."""
    if url is not None and not url.startswith("https://"):
        raise typer.BadParameter("Slack calls only addresses that begin with https://.", param_hint="--url")
    if url is not None and not _is_an_address(url):
        raise typer.BadParameter(
            f"{url} is no address to append {EVENTS_PATH} to: give one such as https://afterlaunch.example.com.",
            param_hint="--url",
        )
    typer.echo(as_yaml(manifest(url)), nl=False)


def _is_an_address(url: str) -> bool:
    """Whether there is a host in it, and nothing behind its path."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port, or an IPv6 address, that is none
        return False
    return named and not (parts.query or parts.fragment) and not any(c.isspace() for c in url)


@cli.command()
def doctor() -> None:
    """Look at everything the app needs, and say what to do where something is wrong.

    Tokens, scopes, clocks, the way to Slack, database and schema, the channels it is meant to post to,
    messages that were refused. Nothing is changed, and the app may run meanwhile. Ends with status 1 if
    something is wrong.
    """

    async def look() -> bool:
        well = True
        async for finding in examine():
            _show(finding)
            well = well and finding.ok
        return well

    logging.configure(level="error")
    if not asyncio.run(look()):
        raise typer.Exit(1)


def _show(finding: Finding) -> None:
    mark = (
        typer.style("ok   ", fg=typer.colors.GREEN)
        if finding.ok
        else typer.style("wrong", fg=typer.colors.RED)
    )
    said = logging.redact(plain(f"{finding.words} {finding.remedy}"))
    typer.echo(f"{mark}  {finding.name:14}  {said}")


@database.command()
def upgrade() -> None:
    """Bring the schema up to date. Safe to run from several replicas at once."""

    async def bring_up_to_date() -> None:
        engine = create_engine(_load_database_settings().database_url, statement_timeout=None)
        try:
            await schema.check_reachable(engine)
            before = await schema.current(engine)
            await schema.upgrade(engine)
            after = await schema.current(engine)
        finally:
            await engine.dispose()
        typer.echo(f"Already at {after}." if before == after else f"From {before or 'empty'} to {after}.")

    with _saying_what_is_wrong():
        asyncio.run(bring_up_to_date())


@database.command()
def current() -> None:
    """Say which revision the database is at, and which this version needs. Status 1 if they differ."""

    async def look() -> str | None:
        url = _load_database_settings().database_url
        _require_file(url)
        engine = create_engine(url)
        try:
            await schema.check_reachable(engine)
            return await schema.current(engine)
        finally:
            await engine.dispose()

    with _saying_what_is_wrong():
        found, needed = asyncio.run(look()), schema.newest()
    typer.echo(f"The database is at {found or 'no revision'}; this version needs {needed}.")
    if found != needed:
        is_newer = found is not None and found not in schema.known()
        typer.echo("A newer version upgraded it: use that." if is_newer else "Run `afterlaunch db upgrade`.")
        raise typer.Exit(1)


def _require_file(database_url: str) -> None:
    """A look at a SQLite database makes none."""
    url = make_url(database_url)
    file = url.database or ""
    if url.get_backend_name() == "sqlite" and not file.startswith("file:") and not Path(file).exists():
        raise SchemaError(
            f"{file} is not there yet. The app makes it when it starts, or `afterlaunch db upgrade` does; "
            "if it should be there, check AFTERLAUNCH_DATABASE_URL."
        )


def main() -> None:
    cli()
