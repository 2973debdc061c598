"""Every contract on imports in pyproject.toml breaks when it is broken: one planted import for each."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.source import PACKAGE, ROOT

#: By the contract's id: the file that is given an import it must not have, the import, and what is reported.
PLANTED = {
    "house": (
        "core/errors.py",
        "import slackapp.outbox.rules",
        "slackapp.core.errors -> slackapp.outbox.rules",
    ),
    "stand-in": (
        "playground/slack/ids.py",
        "import slackapp.core.errors",
        "slackapp.playground.slack.ids -> slackapp.core.errors",
    ),
    "pages": (
        "playground/pages/place.py",
        "import slackapp.features.launches.queries",
        "slackapp.playground.pages.place -> slackapp.features.launches.queries",
    ),
    "drawn-blocks": (
        "playground/pages/blocks/dates.py",
        "import jinja2",
        "slackapp.playground.pages.blocks.dates -> jinja2",
    ),
    "features": (
        "features/workspaces/models.py",
        "import slackapp.features.metrics.rules",
        "slackapp.features.workspaces.models -> slackapp.features.metrics.rules",
    ),
    "wired": (
        "features/follow_ups/queries/rows.py",
        "import slackapp.features.launches.listeners",
        "slackapp.features.follow_ups.queries.rows -> slackapp.features.launches.listeners",
    ),
    "rules": (
        "features/metrics/rules/units.py",
        "import sqlalchemy",
        "slackapp.features.metrics.rules.units -> sqlalchemy",
    ),
    "models": (
        "features/follow_ups/models.py",
        "import slackapp.features.launches.models",
        "slackapp.features.follow_ups.models -> slackapp.features.launches.models",
    ),
    "tables": (
        "features/launches/models.py",
        "import slackapp.features.launches.blocks",
        "slackapp.features.launches.models -> slackapp.features.launches.blocks",
    ),
    "time": (
        "features/prompts/jobs/mornings.py",
        "import slackapp.core.clock",
        "slackapp.features.prompts.jobs.mornings -> slackapp.core.clock",
    ),
    "blocks": (
        "features/launches/blocks/card.py",
        "import slackapp.core.transaction",
        "slackapp.features.launches.blocks.card -> slackapp.core.transaction",
    ),
    "statements": (
        "features/launches/listeners/commands.py",
        "import sqlalchemy",
        "slackapp.features.launches.listeners.commands -> sqlalchemy",
    ),
    "readers": (
        "features/follow_ups/parts.py",
        "import slackapp.features.metrics.service",
        "slackapp.features.follow_ups.parts -> slackapp.features.metrics.service",
    ),
    "bolt": ("core/forms.py", "import slack_bolt", "slackapp.core.forms -> slack_bolt"),
    "network": (
        "features/prompts/service/asking.py",
        "import slackapp.slack.client",
        "slackapp.features.prompts.service.asking -> slackapp.slack.client",
    ),
    "block-kit": (
        "features/metrics/service.py",
        "import slack_sdk",
        "slackapp.features.metrics.service -> slack_sdk",
    ),
}


def contracts() -> dict[str, str]:
    """The contracts' names by their ids."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in config["tool"]["importlinter"]["contracts"]}


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own linter
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def sections(report: str) -> dict[str, str]:
    """What is said of each broken contract, by its name."""
    _, *found = re.split(r"^(.+)\n-+$", report.partition("Broken contracts\n")[2], flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copytree(PACKAGE, folder / "slackapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def report(scratch: Path) -> str:
    """What is said of a copy in which every contract is broken once."""
    for file, line, _ in PLANTED.values():
        path = scratch / "slackapp" / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    (scratch / "slackapp" / "attic.py").write_text('"""No layer names it."""\n', encoding="utf-8")
    (scratch / "slackapp" / "features" / "attic.py").write_text(
        '"""No layer names it."""\n', encoding="utf-8"
    )
    status, report = lint(scratch)
    assert status == 1
    return report


def test_every_contract_is_kept() -> None:
    status, report = lint(ROOT)
    assert status == 0, report


def test_every_contract_has_its_planted_import() -> None:
    assert set(PLANTED) == set(contracts())


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(report: str, contract: str) -> None:
    assert PLANTED[contract][2] in sections(report)[contracts()[contract]]


@pytest.mark.parametrize("module", ["slackapp.attic", "slackapp.features.attic"])
def test_a_module_that_no_layer_names_is_refused(report: str, module: str) -> None:
    assert f"- {module}\n" in report
