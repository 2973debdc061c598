"""What every file owes its reader: a first line that says what it holds, and nothing but the product."""

import ast
import re

import pytest

from tests.support.source import ROOT, modules, name, texts, tree

#: Cut in two, so that this file passes its own test.
LEFT_OVER = re.compile("TO" r"DO|FIX" r"ME|XX" r"X\b|HA" r"CK\b")

#: A folder of somebody's machine.
MACHINE = re.compile(r"(?<![\w./:}-])/(?:home|root|Users|work|mnt|opt)/\w")

#: Words about how it came to be and where it is fetched from, not about what it is.
STRANGE = re.compile(
    r"\bpy" r"pi\b|\bshar" r"ed/|\bassist" r"ant\b|\blanguage mo" r"del|\bissue #?\d", re.IGNORECASE
)

#: Fewer words say nothing.
FEW = 3


def test_every_module_begins_with_what_it_holds() -> None:
    beginnings = {
        name(path): (ast.get_docstring(tree(path)) or "").partition("\n")[0]
        for path in modules(ROOT / "slackapp", ROOT / "tests", ROOT / "migrations")
    }
    silent = {
        file
        for file, first in beginnings.items()
        if len(first.split()) < FEW or not first.endswith((".", "?"))
    }
    assert silent == set()


@pytest.mark.parametrize("forbidden", [LEFT_OVER, MACHINE, STRANGE], ids=["left over", "machine", "strange"])
def test_the_repository_speaks_of_the_product_alone(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []
