"""What is documented of the stand-in: the example runs, and every verb of the control API is named."""

import dataclasses
import re
import textwrap
from pathlib import Path
from typing import Any

from slackapp.app import build, running
from slackapp.core.settings import Settings, load
from slackapp.playground.slack import Channel, Fault, FaultScript, StandIn
from slackapp.playground.slack.control_verbs import CHANNEL_VERBS, PERSON_VERBS
from slackapp.playground.slack.faults import NAMES
from slackapp.playground.slack.record import Call

DOCUMENT = Path("docs/stand-in.md").read_text(encoding="utf-8")


def test_every_verb_of_a_person_is_documented() -> None:
    table = DOCUMENT[DOCUMENT.index("| verb | body") :]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    named = [name for cell in first_cells for name in re.findall(r"`([a-z-]+)`", cell)]
    assert sorted(named) == sorted(PERSON_VERBS)


def test_every_verb_of_a_channel_is_documented() -> None:
    (line,) = [line for line in DOCUMENT.splitlines() if "/control/channels/ID/VERB" in line]
    assert all(f"`{verb}`" in line for verb in CHANNEL_VERBS)


def test_every_fault_is_documented() -> None:
    table = DOCUMENT[DOCUMENT.index("| fault | done") : DOCUMENT.index("A call that a fault kept")]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    written = [text for cell in first_cells for text in re.findall(r"`([^`]+)`", cell)]
    faults = [text.replace("SECONDS", "2").replace("ERROR", "fatal_error") for text in written]
    assert {Fault.parse(text).name for text in faults} == NAMES


def test_every_field_of_the_record_is_documented() -> None:
    table = DOCUMENT[DOCUMENT.index("| field |") : DOCUMENT.index("## Two kinds of time")]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = [name for cell in first_cells for name in re.findall(r"`([a-z_]+)`", cell)]
    assert named == [field.name for field in dataclasses.fields(Call)]


async def test_the_examples_of_faults_are_valid(slack: StandIn, team: Channel) -> None:
    [_, orders] = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    exec(orders, {"slack": slack, "room": team, "Fault": Fault})  # noqa: S102 - our own documentation
    [script] = re.findall(r"```json\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    slack.apply(FaultScript.model_validate_json(script))
    slack.faults.clear()


async def test_the_example_of_a_test_runs(sqlite_url: str) -> None:
    [example, _] = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    names = {"StandIn": StandIn, "Settings": Settings, "load": load, "build": build, "running": running}
    found: dict[str, Any] = {**names, "database_url": sqlite_url}
    exec(f"async def run():\n{textwrap.indent(example, '    ')}", found)  # noqa: S102 - our own documentation
    await found["run"]()
