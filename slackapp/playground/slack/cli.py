"""`playground slack`: the stand-in as a process of its own."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from slackapp.playground.slack.clock_file import ClockFile
from slackapp.playground.slack.company import settle
from slackapp.playground.slack.errors import ManifestError, StateError
from slackapp.playground.slack.fault_script import FaultScript, Seeded, read_rates, read_script
from slackapp.playground.slack.listening import bound, whose
from slackapp.playground.slack.manifest import read_manifest
from slackapp.playground.slack.standin import StandIn
from slackapp.playground.slack.stopping import stopping


async def serve_forever(  # noqa: PLR0913 - the command's options, one for one
    manifest: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    request_url: str | None = None,
    record: Path | None = None,
    state: Path | None = None,
    clock_file: Path | None = None,
    paced: bool = False,
    history_lag: float = 0.0,
    faults: FaultScript | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; first print the environment `run` needs, one KEY=value a line."""
    with stopping() as stopped:
        async with StandIn.serve(
            manifest,
            clock=time.time if clock_file is None else ClockFile(clock_file),
            host=host,
            port=port,
            record=record,
            state=state,
            request_url=request_url,
            paced=paced,
            history_lag=history_lag,
            faults=faults,
        ) as slack:
            settle(slack)
            for key, value in slack.environment().items():
                typer.echo(f"{key}={value}")
            await stopped.wait()


def build(default_manifest: Callable[[], Path] | None = None) -> typer.Typer:
    """The one command `slack`. Without a default, --manifest has to be given."""
    app = typer.Typer(add_completion=False, rich_markup_mode="markdown")

    @app.command()
    def slack(  # noqa: PLR0913 - a command's options
        *,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[
            int, typer.Option(help="Port to listen on; 0 takes any free one.", min=0, max=65535)
        ] = 0,
        request_url: Annotated[
            str | None, typer.Option(help="Where payloads are posted; without it, Socket Mode.")
        ] = None,
        record: Annotated[Path | None, typer.Option(help="Append every call to this file.")] = None,
        state: Annotated[Path | None, typer.Option(help="Keep the workspace in this file.")] = None,
        clock_file: Annotated[
            Path | None, typer.Option(help="Story time stands at the ISO-8601 instant in this file.")
        ] = None,
        paced: Annotated[bool, typer.Option("--paced/--unpaced", help="Slack's rate limits.")] = False,
        history_lag: Annotated[
            float, typer.Option(help="Seconds for which history hides what was just posted.", min=0)
        ] = 0.0,
        faults: Annotated[
            str, typer.Option(help="Faults by chance, such as 429=0.03,reset_after=0.05.")
        ] = "",
        fault_seed: Annotated[int, typer.Option(help="The seed of that chance.")] = 0,
        fault_script: Annotated[
            Path | None, typer.Option(help="A JSON file of what befalls which call.")
        ] = None,
        manifest: Annotated[Path | None, typer.Option(help="The app's manifest.")] = None,
    ) -> None:
        """Serve a stand-in for Slack, until it is interrupted.

        First it prints the settings that `afterlaunch run` needs to speak to it, one KEY=value a line.
        """
        if manifest is None:
            if default_manifest is None:
                raise typer.BadParameter("give the app's manifest", param_hint="--manifest")
            manifest = default_manifest()
        _check_address(host, port)
        _check_manifest(manifest)
        _check_writable("--state", state)
        _check_writable("--record", record)
        if request_url is not None and not _is_an_address(request_url):
            raise typer.BadParameter(
                f"{request_url} is no web address, such as http://127.0.0.1:3000/slack/events.",
                param_hint="--request-url",
            )
        serving = serve_forever(
            manifest,
            host=host,
            port=port,
            request_url=request_url,
            record=record,
            state=state,
            clock_file=clock_file,
            paced=paced,
            history_lag=history_lag,
            faults=_script(fault_script, faults, fault_seed),
        )
        try:
            asyncio.run(serving)
        except StateError as error:
            raise typer.BadParameter(str(error), param_hint="--state") from None

    return app


def _check_address(host: str, port: int) -> None:
    try:
        bound(host, port).close()
    except OSError as error:
        said = f"{host}, port {port}: {error.strerror or error}."
        raise typer.BadParameter(said, param_hint=whose(error)) from None


def _check_manifest(file: Path) -> None:
    try:
        read_manifest(file)
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}.", param_hint="--manifest") from None
    except (ManifestError, ValueError) as error:
        said = f"{file} is no manifest that Slack would take. {error}"
        raise typer.BadParameter(said, param_hint="--manifest") from None


def _check_writable(option: str, file: Path | None) -> None:
    if file is None:
        return
    try:
        file.open("a", encoding="utf-8").close()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}.", param_hint=option) from None


def _is_an_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _script(file: Path | None, rates: str, seed: int) -> FaultScript:
    try:
        script = read_script(file)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(str(error), param_hint="--fault-script") from error
    if not rates:
        return script
    try:
        seeded = Seeded(seed=seed, rates=read_rates(rates))
    except ValidationError as error:
        raise typer.BadParameter(" ".join(map(_sentence, error.errors())), param_hint="--faults") from None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--faults") from error
    return script.model_copy(update={"seeded": seeded})


def _sentence(error: ErrorDetails) -> str:
    said = error.get("ctx", {}).get("error", error["msg"])
    return f"{'.'.join(map(str, error['loc']))}: {said}."


cli = build()
