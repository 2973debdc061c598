"""The tables of docs/permissions.md, as those who hold the code to them read them."""

import re
from collections.abc import Mapping
from typing import TypeVar

from tests.support.source import ROOT

PAGE = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

Doing = TypeVar("Doing")
Role = TypeVar("Role")


def table(
    section: str, doings: Mapping[str, Doing], roles: Mapping[str, Role]
) -> dict[Doing, frozenset[Role]]:
    """Who may do what by the section's table, each by the page's words; no section: the page's first table.

    KeyError for words that are none of these.
    """
    text = PAGE.partition(f"## {section}\n")[2] if section else PAGE
    [head, _, *rows] = re.findall(r"^\|.*\|$", text.partition("\n## ")[0], flags=re.MULTILINE)
    there = [roles[name] for name in _cells(head)[1:]]
    return {
        doings[name]: frozenset(role for role, mark in zip(there, marks, strict=True) if mark == "yes")
        for name, *marks in map(_cells, rows)
    }


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]
