"""Bugs to plant in a worker's process, each under its name: what the suite has to catch."""

from collections.abc import Callable

BUGS: dict[str, Callable[[], None]] = {}


def plant(name: str) -> None:
    """For the whole of this process. KeyError for a name that is none of them."""
    BUGS[name]()
