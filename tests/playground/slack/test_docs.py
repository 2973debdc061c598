"""The control API's documentation names every verb there is, and no other."""

import re
from pathlib import Path

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
