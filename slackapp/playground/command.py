"""`afterlaunch playground`: serves a playground until it is interrupted."""

import asyncio
import gc
import ipaddress
import os
import sys
import urllib.request
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackapp.core import logging
from slackapp.core.schema import SchemaError
from slackapp.core.shipped import shipped
from slackapp.installation import StartError
from slackapp.playground import history
from slackapp.playground.keeping import Files, kept, story_of
from slackapp.playground.making import found, make_history
from slackapp.playground.pages.instruments.routes import MARK
from slackapp.playground.pages.serving import serving
from slackapp.playground.slack import StateError
from slackapp.playground.slack import cli as stand_in
from slackapp.playground.slack.listening import bound, whose
from slackapp.playground.slack.stopping import stopping
from slackapp.playground.slack.traffic import KEPT
from slackapp.playground.world import world

PORT = 8765

#: New objects, and then rounds, between two looks for garbage.
_SELDOM = (10_000, 20, 20)


@dataclass(frozen=True)
class Options:
    host: str
    port: int
    database_url: str | None = None
    state: Path | None = None
    record: Path | None = None
    seed: int = 0
    empty: bool = False
    browser: bool = True


def build(saying_what_is_wrong: Callable[[], AbstractContextManager[None]]) -> typer.Typer:
    """The commands `playground` and `playground slack`. What a person can mend is said by the caller."""
    commands = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    commands.add_typer(stand_in.build(lambda: shipped("manifest.yml")))

    @commands.callback(invoke_without_command=True)
    def playground(  # noqa: PLR0913 - a command's options
        context: typer.Context,
        *,
        empty: Annotated[
            bool, typer.Option("--empty", help="The company on its first day, without any history.")
        ] = False,
        seed: Annotated[int, typer.Option(help="Which half year lies behind the company.")] = 0,
        port: Annotated[
            int, typer.Option(help="Port of the pages; 0 takes any free one.", min=0, max=65535)
        ] = PORT,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        no_browser: Annotated[
            bool, typer.Option("--no-browser", help="Print the address and open nothing.")
        ] = False,
        database: Annotated[
            str | None,
            typer.Option(
                help="Keep it in this database, such as sqlite+aiosqlite:///play.db, and go on there."
            ),
        ] = None,
        state: Annotated[
            Path | None, typer.Option(help="Keep the workspace in this file; default: beside the database.")
        ] = None,
        record: Annotated[
            Path | None, typer.Option(help="Append every call to Slack to this file, a JSON object a line.")
        ] = None,
    ) -> None:
        """Open a small workspace in the browser, with Afterlaunch in it and no Slack.

        A company of a dozen people with half a year behind it, to look at and act in as any of them; and a
        clock turned by hand. Slack is a stand-in on this machine, and the app is the real one.
        """
        if context.invoked_subcommand is not None:
            return
        logging.configure(level="error")
        options = Options(host, port, database, state, record, seed, empty, browser=not no_browser)
        with saying_what_is_wrong():
            asyncio.run(serve(options))

    return commands


async def serve(options: Options) -> None:
    """Until SIGINT or SIGTERM. `StartError`, `SchemaError` or `SettingsError` if it cannot start."""
    if options.record is not None:
        _check_writable(options.record)
    await asyncio.to_thread(_check_free, options.host, options.port)
    with kept(options.database_url, options.state) as files, stopping() as stopped:
        try:
            await _serve(options, files, stopped)
        except StateError as error:
            raise StartError(f"{error}. Put back what was there, or start one elsewhere.") from None
        except SchemaError as error:
            raise SchemaError(str(error).replace("AFTERLAUNCH_DATABASE_URL", "--database")) from None


async def _serve(options: Options, files: Files, stopped: asyncio.Event) -> None:
    story, thrown_away = story_of(files)
    if thrown_away:
        typer.echo("The history was not finished when this playground was last stopped. It is made anew.")
    start = history.END if options.empty else history.START
    async with world(files.database_url, start, state=files.state, record=options.record, story=story) as it:
        made: asyncio.Task[None] | None = None
        is_new = story.now is None and not it.slack.people()
        if is_new and options.empty:
            found(it)
        elif is_new:
            _look_for_garbage_seldom()
            made = asyncio.create_task(make_history(it, options.seed))
        try:
            names = [options.host]
            async with serving(it, options.host, options.port, names) as url:
                if made is None:
                    it.slack.remember(KEPT)
                for line in announced(url, options, files, is_new=is_new, seed=story.seed):
                    typer.echo(line)
                sys.stdout.flush()
                if options.browser:
                    await asyncio.to_thread(_open_browser, url)
                await stopped.wait()
                typer.echo("\nStopped.")
        except OSError as error:
            raise StartError(_cannot_listen(options.host, options.port, error)) from None
        finally:
            if made is not None:
                made.cancel()
                await asyncio.gather(made, return_exceptions=True)


def _look_for_garbage_seldom() -> None:
    """A half year makes very many objects, of which few hold one another. Looking took a twentieth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def announced(url: str, options: Options, files: Files, *, is_new: bool, seed: int = 0) -> list[str]:
    """What whoever started it has to know, a line each; `seed` is that of the history that is there."""
    lines = [
        f"The playground is at {url}",
        "Slack in it is a stand-in on this machine. Nothing of yours is in it, and nothing leaves it.",
    ]
    if not files.stays:
        lines.append("It is thrown away when it is stopped; --database keeps one.")
    else:
        lines.append(f"It is kept in {files.database or 'its database'} and {files.state}.")
        if not is_new and options.empty:
            lines.append("It was there before, and stays as it is: --empty is for a new one.")
        elif not is_new and options.seed not in (0, seed):
            lines.append("It was there before, and stays as it is: --seed is for a new one.")
    if not _is_loopback(options.host):
        lines.append(f"Whoever reaches {options.host} can read all of it and act as any of its people.")
    return [*lines, "Ctrl-C stops it."]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _open_browser(url: str) -> None:
    # On Linux without a screen it would be a browser in this terminal.
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    with suppress(webbrowser.Error):
        webbrowser.open(url)


def _check_writable(record: Path) -> None:
    try:
        record.open("a", encoding="utf-8").close()
    except OSError as error:
        raise StartError(f"Calls cannot be recorded in {record}: {error.strerror}.") from None


def _check_free(host: str, port: int) -> None:
    """Before anything is made. Raises `StartError`, which says who is there if it is another playground."""
    try:
        bound(host, port).close()
    except OSError as error:
        raise StartError(_cannot_listen(host, port, error)) from None


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    if _is_a_playground(address):
        return (
            f"A playground is running at {address} already. Open it there, or give this one another --port."
        )
    reason = error.strerror or str(error)
    return (
        f"The playground cannot listen on {host}, port {port}: {reason}. Choose another with {whose(error)}."
    )


def _is_a_playground(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/playground", timeout=1) as answer:  # noqa: S310 - our own http address
            return MARK in str(answer.read(200))
    except (OSError, ValueError):
        return False
