"""Draws from a seed what goes wrong in a run, and what is said meanwhile."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from slackapp.core.fault_points import Point
from tests.faults.plan import Blow, Crew, How, Lengths, Life, Plan, Saying, Strike, Wired

#: Seconds in which things are said and befall the workers.
STORM = 2.5
CHANNELS, PEOPLE = 4, 5
#: How many of what may be files are some.
FILES = 0.2

#: Which points a relay is struck at, how likely, and within how many passes: some are passed all the time.
_RELAY: dict[Point | Wired, tuple[int, int]] = {
    Point.BEFORE_COMMIT: (2, 20),
    Point.COMMITTED: (2, 20),
    Point.CLAIMED: (2, 3),
    Point.ANNOUNCED: (4, 8),
    Wired.HALF_WRITTEN: (3, 8),
    Wired.UNREAD: (3, 8),
    Point.ANSWERED: (4, 8),
    Point.RECORDED: (2, 8),
    Point.SEARCHED: (3, 2),
    Point.SNOOZED: (3, 2),
}
#: What to fall back on where a rare point is not reached.
_OFTEN = Point.RECORDED
_FAULTS = {
    "429:1.5": 0.02, "500_before": 0.05, "500_after": 0.05, "reset_before": 0.05, "reset_after": 0.05,
    "truncated": 0.04, "time_out": 0.03, "garbage": 0.03, "no_ts": 0.03, "slow:0.5": 0.03, "slow:0.1": 0.05,
    "late:0.2": 0.04, "429:abc": 0.02, "429:absent": 0.02, "says:internal_error": 0.03,
    "says_after:fatal_error": 0.03, "says:not_in_channel": 0.02, "says:invalid_blocks": 0.02,
    "says:token_revoked": 0.005, "says:ratelimited": 0.02,
}  # fmt: skip


def storm(seed: int, database: Literal["sqlite", "postgres"] | None = None) -> Plan:
    """The plan of this seed. `database` is drawn too unless it is given."""
    chance = random.Random(f"storm {seed}")  # noqa: S311 - has to be repeatable
    drawn: Literal["sqlite", "postgres"] = "sqlite" if chance.random() < 0.3 else "postgres"
    chosen = database or drawn
    lag = chance.choice((0.0, 0.1, 0.2))
    plan = Plan(
        seed=seed,
        database=chosen,
        relays=tuple(
            Crew(f"relay-{number}", tuple(_relay_lives(chance, 12)), (0, 1) if number < 3 else (1,))
            for number in range(1, 4)
        ),
        writer=Crew("writer", tuple(_writer_lives(chance, 6))),
        sayings=tuple(sorted(_sayings(chance, 70), key=lambda saying: saying.at)),
        blows=tuple(_blows(chance, chosen)),
        lengths=Lengths(history_lag=lag),
        lasts=STORM,
        rates={text: rate for text, rate in _FAULTS.items() if chance.random() < 0.6},
        paced=chance.random() < 0.3,
    )
    return _with_files(plan)


def _with_files(plan: Plan) -> Plan:
    """Some of what is said once is a file, and some relays die when they have brought one."""
    chance = random.Random(f"files {plan.seed}")  # noqa: S311 - has to be repeatable
    often = Counter(saying.key for saying in plan.sayings if not saying.withdraw)

    def may_be(saying: Saying) -> Saying:
        plain = often[saying.key] == 1 and not (saying.withdraw or saying.due)
        return replace(saying, file=plain and chance.random() < FILES)

    def may_die(life: Life) -> Life:
        return (
            (*life, Strike(Point.UPLOADED, chance.randint(1, 2), How.KILL)) if chance.random() < 0.3 else life
        )

    return replace(
        plan,
        sayings=tuple(may_be(saying) for saying in plan.sayings),
        relays=tuple(
            replace(crew, lives=tuple(may_die(life) for life in crew.lives)) for crew in plan.relays
        ),
    )


def _relay_lives(chance: random.Random, count: int) -> Iterator[Life]:
    points = list(_RELAY)
    for _ in range(count):
        point = chance.choices(points, [_RELAY[each][0] for each in points])[0]
        rare = Strike(point, chance.randint(1, _RELAY[point][1]), *_how(chance, point))
        yield (rare, Strike(_OFTEN, chance.randint(2, 7), How.KILL), Strike(Point.DRAINING, 1, How.KILL))


def _writer_lives(chance: random.Random, count: int) -> Iterator[Life]:
    for _ in range(count):
        point = chance.choice((Point.BEFORE_COMMIT, Point.COMMITTED))
        yield (Strike(point, chance.randint(1, 30), *_how(chance, point)),)


def _how(chance: random.Random, point: Point | Wired) -> tuple[How, float]:
    if point is Wired.HALF_WRITTEN:
        # In the middle of a write nothing else can happen.
        return How.KILL, 0.0
    how = chance.choices((How.KILL, How.STOP, How.RAISE, How.WAIT), (12, 4, 2, 2))[0]
    if how is How.STOP:
        return how, chance.choice((0.3, 2.3, 3.2))
    return how, chance.choice((0.05, 0.6)) if how is How.WAIT else 0.0


def _blows(chance: random.Random, database: str) -> Iterator[Blow]:
    for _ in range(chance.randint(2, 5)):
        worker = f"relay-{chance.randint(1, 3)}"
        how = chance.choice(("kill", "kill", "stop", "terminate"))
        yield Blow(chance.uniform(0.2, STORM), worker, how, chance.choice((0.3, 2.5)))  # type: ignore[arg-type]  # of these
    if chance.random() < 0.5:
        at, seconds = chance.uniform(0.3, STORM), chance.uniform(0.2, 0.8)
        if database == "postgres":
            yield Blow(at, "database", chance.choice(("crash", "restart")), seconds)
        else:
            yield Blow(at, "database", chance.choice(("lock", "full", "read_only")), seconds)


def _sayings(chance: random.Random, messages: int) -> Iterator[Saying]:
    roots: list[tuple[int, int, str]] = []
    for number in range(messages):
        at, workspace, key = chance.uniform(0, STORM), chance.randint(0, 1), f"probe:{number}:card"
        reply_to: str | None = None
        where: tuple[Literal["channel", "direct"], int] = ("channel", chance.randrange(CHANNELS))
        if chance.random() < 0.25:
            where = ("direct", chance.randrange(PEOPLE))
        elif roots and chance.random() < 0.35:
            workspace, channel, reply_to = chance.choice(roots)
            where = ("channel", channel)
        elif at < STORM / 2:
            roots.append((workspace, where[1], key))
        first = Saying(
            at,
            workspace,
            key,
            where,
            f"{key} 1",
            reply_to,
            due=30 if chance.random() < 0.15 else 0,
            buttons=chance.random() < 0.5,
            fallback=chance.random() < 0.3,
        )
        yield first
        yield from _changes(chance, first)


def _changes(chance: random.Random, first: Saying) -> Iterator[Saying]:
    """What is said of the same message later."""
    at = first.at
    for revision in range(2, 2 + chance.choice((0, 0, 0, 1, 1, 3))):
        at += chance.uniform(0.02, 0.8)
        text = f"{first.key} {revision}"
        yield Saying(at, first.workspace, first.key, first.where, text, first.reply_to, buttons=True)
    if chance.random() < 0.15:
        yield Saying(at + chance.uniform(0.02, 1.0), first.workspace, first.key, withdraw=True)
