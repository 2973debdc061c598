"""What a playground keeps beside its workspace: the moment, whose history it has, how far the tour is."""

import json
import os
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from slackapp.core.clock import TurnedClock


class History(StrEnum):
    #: There was to be none.
    NONE = "none"
    #: It was begun, and is not whole.
    BEGUN = "begun"
    WHOLE = "whole"


@dataclass(frozen=True)
class TourState:
    """Where the tour stands: what happened from here on counts."""

    #: The story's moment when it began; None: it never did.
    begun: str | None = None
    #: The highest number of a launch at that time.
    after: int = 0
    closed: bool = False
    #: Steps, counted from 1.
    done: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Kept:
    now: str | None = None
    seed: int = 0
    history: History = History.NONE
    tour: TourState = field(default_factory=TourState)


class Story:
    """In a file, written at each change; without one it is forgotten.

    While a history is being made it is not written: half of one is thrown away, whatever the story says.
    """

    def __init__(self, path: Path | None = None) -> None:
        """ValueError for a file that holds something else."""
        self._path = path
        self._kept = _Kept() if path is None or not path.exists() else _read(path)

    @property
    def now(self) -> datetime | None:
        """The moment at which it stood last; None in a new one."""
        return None if self._kept.now is None else datetime.fromisoformat(self._kept.now)

    @property
    def seed(self) -> int:
        return self._kept.seed

    @property
    def history(self) -> History:
        return self._kept.history

    @property
    def tour(self) -> TourState:
        return self._kept.tour

    def stands_at(self, moment: datetime) -> None:
        self._keep(replace(self._kept, now=moment.isoformat()))

    def has_history(self, history: History, seed: int) -> None:
        self._keep(replace(self._kept, history=history, seed=seed))

    def tours(self, tour: TourState) -> None:
        self._keep(replace(self._kept, tour=tour))

    def _keep(self, kept: _Kept) -> None:
        was, self._kept = self._kept.history, kept
        if self._path is not None and not was == kept.history == History.BEGUN:
            fresh = self._path.with_name(f"{self._path.name}.new")
            tour = asdict(kept.tour) | {"done": sorted(kept.tour.done), "skipped": sorted(kept.tour.skipped)}
            fresh.write_text(json.dumps(asdict(kept) | {"tour": tour}), encoding="utf-8")
            os.replace(fresh, self._path)  # noqa: PTH105 - atomic, which is the point, and says so by its name


def _read(path: Path) -> _Kept:
    found = json.loads(path.read_text(encoding="utf-8"))
    try:
        tour = found["tour"]
        return _Kept(
            found["now"],
            int(found["seed"]),
            History(found["history"]),
            TourState(
                tour["begun"],
                int(tour["after"]),
                bool(tour["closed"]),
                frozenset(tour["done"]),
                frozenset(tour["skipped"]),
            ),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no playground's story") from error


class StoryClock(TurnedClock):
    """Turned by hand, and kept: after a restart it stands where it stood."""

    def __init__(self, start: datetime, story: Story) -> None:
        super().__init__(story.now or start)
        self._story = story

    def turn(self, to: datetime) -> None:
        # First the moment, then what happens at it: nothing may be said later than it is.
        self._story.stands_at(to)
        super().turn(to)
