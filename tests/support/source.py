"""The repository read as text and as syntax trees, for tests of the house rules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "slackapp"
FEATURES = PACKAGE / "features"
STAND_IN = PACKAGE / "playground" / "slack"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(*folders: Path) -> Iterator[Path]:
    """The Python files below these folders, or these files themselves."""
    for folder in folders:
        yield from sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]


def name(path: Path) -> str:
    """How a file is called in a message: its path from the repository's top."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """The dotted names a module imports; of `from a import b` it is `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{name(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[str]:
    """What a module calls, as it is written: `tx.session.add`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def room(feature: Path, kind: str) -> list[Path]:
    """The files of one room of a feature, be it a module or a folder; none if it has no such room."""
    return [path for path in modules(feature / kind, feature / f"{kind}.py") if path.exists()]


def texts() -> Iterator[Path]:
    """Everything in the repository that a person reads or wrote."""
    for folder in ("slackapp", "tests", "migrations", "docs"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".mako", ".yml", ".toml"}:
                yield path
    for pattern in ("*.md", "*.toml", "*.yml", "*.lock", "LICENSE", ".gitignore", ".ci/*"):
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file())
