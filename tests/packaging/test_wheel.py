"""The wheel, installed where there is no repository: all it needs is inside."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from slackapp.core import schema
from tests.support.source import ROOT

BACKEND = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]


def run(*words: object, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run with an environment of our own, so that nothing of the repository is found by accident."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    environment |= {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(  # noqa: S603 - our own commands
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build backend in a folder of its own; the only thing here that has to be fetched."""
    folder = tmp_path_factory.mktemp("backend")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    done = run(*pip, "install", "--quiet", "--target", folder / "site", *BACKEND, cwd=folder)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"The build backend cannot be fetched: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def build(backend: Path, kind: str, source: Path, target: Path) -> Path:
    """What the backend makes of a source tree: `wheel` or `sdist`."""
    script = f"import sys; from hatchling import build; print(build.build_{kind}(sys.argv[1]))"
    done = run(sys.executable, "-c", script, target, cwd=source, path=backend)
    assert done.returncode == 0, done.stderr
    return target / done.stdout.splitlines()[-1]


@pytest.fixture(scope="session")
def sdist(backend: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(backend, "sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def wheel(backend: Path, sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built out of the source archive, so that one without the other's files fails."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    [source] = folder.iterdir()
    return build(backend, "wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """A virtual environment that holds the wheel alone; dependencies are found where they are already."""
    home = tmp_path / "venv"
    assert run(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path).returncode == 0
    pip = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "--disable-pip-version-check"]
    done = run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    # A folder named here is searched for packages, and its own .pth files (an editable install) are not read.
    site = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    where = run(home / "bin" / "python", "-c", "import slackapp; print(slackapp.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()) == site / "slackapp" / "__init__.py"
    return home


def below(folder: str, names: str = "*.py") -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(names)}


def test_the_wheel_holds_the_package_its_pages_the_manifest_and_the_migrations_and_no_tests(
    wheel: Path,
) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"slackapp/_shipped/{name}" for name in ("manifest.yml", "migrations/script.py.mako")}
    shipped |= {f"slackapp/_shipped/{name}" for name in below("migrations")}
    pages = below("slackapp/playground/pages", "*.html") | below("slackapp/playground/pages/static", "*.*")
    assert {
        f"slackapp/playground/pages/static/{name}" for name in ("page.js", "vendor/idiomorph.LICENSE")
    } <= pages
    assert below("slackapp") | pages | shipped | {"slackapp/py.typed"} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"slackapp"}
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_source_archive_holds_what_a_stranger_needs(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert below("slackapp") | below("migrations") | below("tests") <= names
    assert {"README.md", "LICENSE", "CHANGELOG.md", "manifest.yml", "pyproject.toml"} <= names
    assert {"requirements.lock", "requirements-dev.lock"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", "build", "dist"))]


def test_installed_alone_it_plays_its_story_and_upgrades_a_database(installed: Path, tmp_path: Path) -> None:
    command = installed / "bin" / "afterlaunch"
    demo = run(command, "demo", "--record", "calls.jsonl", cwd=tmp_path)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert (tmp_path / "calls.jsonl").stat().st_size
    database = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    (tmp_path / ".env").write_text(f"AFTERLAUNCH_DATABASE_URL={database}\n", encoding="utf-8")
    upgraded = run(command, "db", "upgrade", cwd=tmp_path)
    assert (upgraded.returncode, upgraded.stdout) == (0, f"From empty to {schema.newest()}.\n")
    assert run(command, "manifest", cwd=tmp_path).stdout


def test_a_demo_whose_story_does_not_come_out_ends_with_status_1(installed: Path, tmp_path: Path) -> None:
    """The manifest asks for too little: Slack lets the app open no direct message, so nobody is asked."""
    [manifest] = installed.rglob("_shipped/manifest.yml")
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("      - im:write\n", ""), encoding="utf-8"
    )
    demo = run(installed / "bin" / "afterlaunch", "demo", cwd=tmp_path)
    assert demo.returncode == 1
    assert "The story did not come out" in demo.stdout
    assert "Traceback" not in demo.stderr
