"""What is to go wrong while people use an app of two replicas; drawn from a seed as well."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from slackapp.core.fault_points import Point
from tests.faults.plan import Blow, Crew, How, Lengths, Life, Strike, Wired

#: Which points a replica is struck at, how likely, and within how many passes.
_REPLICA: dict[Point | Wired, tuple[int, int]] = {
    Point.NOTED: (6, 5),
    Point.BEFORE_COMMIT: (4, 12),
    Point.COMMITTED: (3, 12),
    Point.CLAIMED: (1, 3),
    Point.ANNOUNCED: (2, 4),
    Wired.HALF_WRITTEN: (1, 4),
    Wired.UNREAD: (2, 4),
    Point.ANSWERED: (2, 4),
    Point.RECORDED: (1, 4),
    Point.SNOOZED: (1, 1),
}
_FAULTS = {
    "429:0.6": 0.03, "500_after": 0.05, "reset_before": 0.05, "reset_after": 0.05, "truncated": 0.04,
    "time_out": 0.02, "garbage": 0.03, "slow:0.5": 0.03, "late:0.2": 0.04, "says:internal_error": 0.03,
}  # fmt: skip


@dataclass(frozen=True)
class AppPlan:
    seed: int
    database: Literal["sqlite", "postgres"]
    replicas: tuple[Crew, ...]
    #: How many launches each person records, one after the other.
    launches: tuple[int, ...] = (3, 3)
    #: Which of their submits are double clicks: ten times the person's number, and the launch's.
    double_clicks: frozenset[int] = frozenset()
    #: How likely a payload is brought four times to two replicas.
    doubling: float = 0.0
    blows: tuple[Blow, ...] = ()
    lengths: Lengths = field(default_factory=Lengths)
    rates: Mapping[str, float] = field(default_factory=dict)
    #: Whether the clock is turned to the morning on which all of it is asked about.
    morning: bool = True
    bug: str | None = None
    kind = "app"

    @property
    def name(self) -> str:
        return f"seed {self.seed}" if self.bug is None else self.bug


def app_storm(seed: int, database: Literal["sqlite", "postgres"] | None = None) -> AppPlan:
    chance = random.Random(f"app {seed}")  # noqa: S311 - has to be repeatable
    drawn: Literal["sqlite", "postgres"] = "sqlite" if chance.random() < 0.3 else "postgres"
    return AppPlan(
        seed,
        database or drawn,
        tuple(Crew(f"replica-{number}", tuple(_lives(chance, 5))) for number in (1, 2)),
        double_clicks=frozenset(number for number in (0, 1, 2, 10, 11, 12) if chance.random() < 0.4),
        doubling=0.3,
        blows=tuple(_blows(chance, database or drawn)),
        rates={text: rate for text, rate in _FAULTS.items() if chance.random() < 0.6},
    )


def _lives(chance: random.Random, count: int) -> Iterator[Life]:
    points = list(_REPLICA)
    for _ in range(count):
        point = chance.choices(points, [_REPLICA[each][0] for each in points])[0]
        how = How.KILL
        if point is not Wired.HALF_WRITTEN:
            how = chance.choices((How.KILL, How.STOP, How.RAISE), (6, 1, 1))[0]
        seconds = chance.choice((0.3, 2.5)) if how is How.STOP else 0.0
        strike = Strike(point, chance.randint(1, _REPLICA[point][1]), how, seconds)
        yield (strike, Strike(Point.DRAINING, 1, How.KILL))


def _blows(chance: random.Random, database: str) -> Iterator[Blow]:
    for _ in range(chance.randint(1, 3)):
        how = chance.choice(("kill", "kill", "terminate"))
        yield Blow(chance.uniform(0.5, 5.0), f"replica-{chance.randint(1, 2)}", how)  # type: ignore[arg-type]  # of these
    if database == "postgres" and chance.random() < 0.4:
        how = chance.choice(("crash", "restart"))
        yield Blow(chance.uniform(0.5, 4.0), "database", how, 0.3)  # type: ignore[arg-type]  # of these
