"""What a series of runs came to, as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.table import Table

from slackapp.core.fault_points import Point
from tests.faults.evidence import Evidence
from tests.faults.plan import Wired

#: What broke in a run is a lost message, a doubled one, or something else.
LOST = frozenset({"everything_ends", "sent_is_posted", "what_was_said_is_kept"})
DOUBLED = frozenset({"posted_once"})
#: DELIVERY's points at which a process may be killed, by where the code passes them.
POINTS: Mapping[str, str] = {
    Point.BEFORE_COMMIT: "everything is written, before its commit",
    Point.COMMITTED: "after that commit, before anything follows",
    Point.NOTED: "between de-duplication and effect of what came in",
    Point.CLAIMED: "after the claim",
    Point.UPLOADED: "a file's content brought, before its id is kept",
    Point.ANNOUNCED: "after last_send, before the request",
    Wired.HALF_WRITTEN: "half of the request written",
    Wired.UNREAD: "accepted, response unread",
    Point.ANSWERED: "response read, before its commit",
    Point.RECORDED: "after that commit",
    Point.SEARCHED: "between the history read and its commit",
    Point.SNOOZED: "while snoozed by 429",
    Point.DRAINING: "in the drain after SIGTERM",
    "outside": "at any moment, from outside",
}


@dataclass
class Tally:
    """Added up over runs."""

    runs: int = 0
    messages: int = 0
    struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    failing: list[str] = field(default_factory=list)
    #: Runs that were done again since the witness itself could not run for too long.
    repeated: int = 0
    seconds: float = 0.0

    def add(self, name: str, found: Evidence, broken: Mapping[str, Sequence[str]]) -> None:
        self.runs += 1
        self.messages += len(found.rows)
        self.struck += found.struck
        self.faults += faults(found)
        self.broken += Counter({name: len(sentences) for name, sentences in broken.items()})
        self.seconds += found.seconds
        if broken:
            self.failing.append(name)

    @property
    def kills(self) -> int:
        return sum(count for (_, how), count in self.struck.items() if how == "kill")

    def count(self, names: frozenset[str]) -> int:
        return sum(count for name, count in self.broken.items() if name in names)

    def bound(self) -> str:
        """What may be said of kills that did no harm: with none in n, at most 3/n (95 %)."""
        if self.failing or not self.kills:
            return "no bound can be given"
        return f"at most {3 / self.kills:.2g} per kill (95 %)"

    def missed(self) -> list[str]:
        """Points at which nobody was killed."""
        return [point for point in POINTS if not self.struck[point, "kill"]]


def faults(found: Evidence) -> Counter[str]:
    """How often each fault befell a call, without its figure."""
    calls = (call for each in found.calls.values() for call in each)
    return Counter(call.fault.partition(":")[0] for call in calls if call.fault is not None)


def line(found: Evidence, broken: Mapping[str, Sequence[str]]) -> str:
    """One run on one line."""
    killed = {point: count for (point, how), count in found.struck.items() if how == "kill"}
    at = " ".join(f"{point}:{count}" for point, count in sorted(killed.items()))
    lost, doubled = (sum(len(s) for n, s in broken.items() if n in names) for names in (LOST, DOUBLED))
    return (
        f"{found.seconds:4.0f} s  {len(found.rows):3} messages  {found.kills:2} kills ({at})  "
        f"{faults(found).total():2} faults  {lost} lost  {doubled} doubled  {len(broken)} broken"
    )


def points_table(tally: Tally) -> Table:
    hows = ("kill", "stop", "raise", "wait")
    table = Table("point", "where", *hows, title="What befell workers, and where")
    for point, where in POINTS.items():
        table.add_row(point, where, *(str(tally.struck[point, how]) for how in hows))
    return table


def faults_table(tally: Tally) -> Table:
    table = Table("what", "times", title="What befell calls and databases")
    for fault, count in tally.faults.most_common():
        table.add_row(f"call: {fault}", str(count))
    for (what, how), count in sorted(tally.struck.items()):
        if what == "database" or how == "terminate":
            table.add_row(f"{what}: {how}", str(count))
    return table


def summary(tally: Tally) -> str:
    return (
        f"{tally.runs} runs in {tally.seconds / 60:.0f} minutes, {tally.messages} messages, "
        f"{tally.kills} kills: {tally.count(LOST)} lost, {tally.count(DOUBLED)} doubled, "
        f"{len(tally.failing)} runs with anything broken; "
        f"{tally.bound()}. {tally.repeated} runs were repeated since the witness could not run."
    )
