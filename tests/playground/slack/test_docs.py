"""What is documented of the stand-in: the example runs, and every verb of the control API is named."""

import re
import textwrap
from pathlib import Path
from typing import Any

from slackapp.app import build, running
from slackapp.core.settings import Settings, load
from slackapp.playground.slack import StandIn
from slackapp.playground.slack.control_verbs import CHANNEL_VERBS, PERSON_VERBS

DOCUMENT = Path("docs/stand-in.md").read_text(encoding="utf-8")


def test_every_verb_of_a_person_is_documented() -> None:
    table = DOCUMENT[DOCUMENT.index("| verb | body") :]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    named = [name for cell in first_cells for name in re.findall(r"`([a-z-]+)`", cell)]
    assert sorted(named) == sorted(PERSON_VERBS)


def test_every_verb_of_a_channel_is_documented() -> None:
    (line,) = [line for line in DOCUMENT.splitlines() if "/control/channels/ID/VERB" in line]
    assert all(f"`{verb}`" in line for verb in CHANNEL_VERBS)


async def test_the_example_of_a_test_runs(sqlite_url: str) -> None:
    [example] = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    names = {"StandIn": StandIn, "Settings": Settings, "load": load, "build": build, "running": running}
    found: dict[str, Any] = {**names, "database_url": sqlite_url}
    exec(f"async def run():\n{textwrap.indent(example, '    ')}", found)  # noqa: S102 - our own documentation
    await found["run"]()
