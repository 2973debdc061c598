"""Where the files are that the repository keeps at its top: inside the package when installed as a wheel."""

from pathlib import Path

import slackapp

_PACKAGE = Path(slackapp.__file__).parent


def shipped(name: str) -> Path:
    """The path of `manifest.yml` or `migrations`, whether installed or run from the repository."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / name
