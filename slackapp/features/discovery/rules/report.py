"""What a channel's discovery came to: who took part, how early, and whether it went along with something."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import TypeVar

from slackapp.core.proportions import Proportion
from slackapp.features.discovery.rules.kinds import Contributed
from slackapp.features.discovery.rules.opinions import Opinion
from slackapp.features.discovery.rules.periods import Period, monday_of
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.rules import Function

_F = TypeVar("_F", Function, Function | None)

#: Below these a share, or a median, says more of chance than of the team.
FEWEST_FOR_SHARE = 5
FEWEST_FOR_MEDIAN = 3


@dataclass(frozen=True)
class Asked:
    """A closed round in which people said whether they took part.

    By function where enough of it answered, as the round itself shows it; None: all others.
    """

    on: date
    said: Mapping[Function | None, Proportion]


@dataclass(frozen=True)
class Done:
    """Something logged that was done to find out what to build."""

    on: date
    present: Collection[Function]
    brought: Collection[Contributed] = ()
    weeks_saved: Decimal | None = None


@dataclass(frozen=True)
class EarlyClick:
    """Somebody of that function said that they were in before a spec; None: it is not known."""

    on: date
    function: Function | None


@dataclass(frozen=True)
class Shipped:
    """A launch that is out."""

    on: date
    #: What counts of it; None as long as its final number is not known.
    verdict: Verdict | None = None
    #: Of a planned launch: days after the day that was planned at first, less than 0 where it was earlier.
    days_late: int | None = None
    #: Somebody was in before the spec, and among them an engineer.
    is_early: bool = False
    has_early_engineer: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Closed rounds that are in no number of the report."""

    #: Too few answered for any of it to be shown.
    withheld: int = 0
    #: They asked who took part, and do not say of which function.
    without_function: int = 0


@dataclass(frozen=True)
class Records:
    """All that a report is made of, of one channel."""

    #: Since when anything is recorded there.
    since: date | None = None
    asked: Sequence[Asked] = ()
    done: Sequence[Done] = ()
    clicks: Sequence[EarlyClick] = ()
    shipped: Sequence[Shipped] = ()
    opinions: Sequence[Opinion] = ()
    left_out: LeftOut = field(default_factory=LeftOut)


@dataclass(frozen=True)
class Group:
    """Launches that have something in common."""

    launches: int
    #: Hit or moved, of those that were measured.
    good: Proportion
    #: Of those that were planned, from the earliest on.
    days_late: Sequence[int]

    @property
    def on_time(self) -> Proportion:
        """Out on the day that was planned at first, or before it."""
        return Proportion(sum(days <= 0 for days in self.days_late), len(self.days_late))

    @property
    def median_late(self) -> float | None:
        """Days; None where they are too few to say."""
        return median(self.days_late) if len(self.days_late) >= FEWEST_FOR_MEDIAN else None


@dataclass(frozen=True)
class Brought:
    """What engineering brought to it."""

    times: Mapping[Contributed, int]
    #: In all, and in how many activities somebody said so.
    weeks_saved: Decimal
    weeks_said: int


@dataclass(frozen=True)
class Report:
    channel_id: str
    period: Period
    made_at: datetime
    rounds: int
    #: Yes of those who answered, over these rounds; None: all others, as in each round.
    said: Mapping[Function | None, Proportion]
    activities: int
    #: In how many of them a function was there.
    present: Mapping[Function, int]
    clicks: Mapping[Function | None, int]
    #: Each week, with how often an engineer was in discovery in it.
    weeks: Sequence[tuple[date, int]]
    early: Proportion
    early_engineer: Proportion
    brought: Brought
    with_engineer: Group
    without_engineer: Group
    opinions: Sequence[Opinion]
    left_out: LeftOut

    @property
    def is_empty(self) -> bool:
        """Nothing was asked, logged, clicked or shipped in that time."""
        counted = (self.rounds, self.activities, self.clicks, self.early.of, self.opinions)
        return not any(counted) and self.left_out == LeftOut()

    @property
    def weeks_with_engineer(self) -> Proportion:
        return Proportion(sum(times > 0 for _, times in self.weeks), len(self.weeks))


def report_of(channel_id: str, records: Records, period: Period, made_at: datetime) -> Report:
    """The report of these records; what is of other days is passed over."""
    asked = [each for each in records.asked if each.on in period]
    done = [each for each in records.done if each.on in period]
    clicks = [each for each in records.clicks if each.on in period]
    shipped = [each for each in records.shipped if each.on in period]
    with_engineer = [each for each in shipped if each.has_early_engineer]
    return Report(
        channel_id=channel_id,
        period=period,
        made_at=made_at,
        rounds=len(asked),
        said=_said(asked),
        activities=len(done),
        present=_ordered(Counter(function for each in done for function in set(each.present))),
        clicks=_ordered(Counter(each.function for each in clicks)),
        weeks=_weeks(asked, done, clicks, period.weeks(records.since)),
        early=Proportion(sum(each.is_early for each in shipped), len(shipped)),
        early_engineer=Proportion(len(with_engineer), len(shipped)),
        brought=_brought(done),
        with_engineer=_group(with_engineer),
        without_engineer=_group([each for each in shipped if not each.has_early_engineer]),
        opinions=records.opinions,
        left_out=records.left_out,
    )


def _said(asked: Sequence[Asked]) -> Mapping[Function | None, Proportion]:
    yes, answered = Counter[Function | None](), Counter[Function | None]()
    for each in asked:
        for function, said in each.said.items():
            yes[function] += said.count
            answered[function] += said.of
    return {function: Proportion(yes[function], of) for function, of in _ordered(answered).items()}


def _ordered(counts: Counter[_F]) -> dict[_F, int]:
    """In the functions' own order, those of whom none is known last."""
    order: Sequence[Function | None] = (*Function, None)
    return dict(sorted(counts.items(), key=lambda pair: order.index(pair[0])))


def _weeks(
    asked: Sequence[Asked], done: Sequence[Done], clicks: Sequence[EarlyClick], weeks: Sequence[date]
) -> Sequence[tuple[date, int]]:
    """A round is one time, however many engineers said yes; and so is an activity, and a click."""
    engineer = Function.ENGINEERING
    days = [each.on for each in asked if engineer in each.said and each.said[engineer].count]
    days += [each.on for each in done if engineer in each.present]
    days += [each.on for each in clicks if each.function is engineer]
    times = Counter(monday_of(day) for day in days)
    return [(week, times[week]) for week in weeks]


def _brought(done: Sequence[Done]) -> Brought:
    saved = [each.weeks_saved for each in done if each.weeks_saved is not None]
    times = Counter(kind for each in done for kind in set(each.brought))
    return Brought({kind: times[kind] for kind in Contributed}, sum(saved, Decimal(0)), len(saved))


def _group(launches: Sequence[Shipped]) -> Group:
    measured = [each.verdict for each in launches if each.verdict not in {None, Verdict.UNMEASURED}]
    good = sum(verdict in {Verdict.HIT, Verdict.MOVED} for verdict in measured)
    late = sorted(each.days_late for each in launches if each.days_late is not None)
    return Group(len(launches), Proportion(good, len(measured)), late)
