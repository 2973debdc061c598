"""How the launches of a channel came out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.metrics.rules import Verdict


@dataclass(frozen=True)
class Rate:
    """How the launches of one channel came out."""

    channel_id: str
    #: Hit or moved.
    moved: int
    #: With a verdict other than unmeasured.
    measured: int
    unmeasured: int

    @property
    def says_something(self) -> bool:
        """Of a single launch its own outcome says all there is."""
        return self.measured + self.unmeasured > 1


async def rate(tx: Tx, channel_id: str) -> Rate:
    """Of the launches that have a verdict; what their owners said otherwise counts."""
    found = await rates(tx, Launch.channel_id == channel_id)
    return found[0] if found else Rate(channel_id, 0, 0, 0)


async def rates(tx: Tx, among: ColumnElement[bool]) -> Sequence[Rate]:
    """The same for each channel with such launches, those with most of them first."""
    standing = func.coalesce(Launch.override, Launch.verdict)
    found = await tx.session.execute(
        select(Launch.channel_id, standing, func.count())
        .where(Launch.workspace_id == tx.workspace_id, Launch.verdict.is_not(None), among)
        .group_by(Launch.channel_id, standing),
    )
    counts: dict[str, dict[Verdict, int]] = {}
    for channel_id, verdict, count in found:
        counts.setdefault(channel_id, {})[Verdict(verdict)] = count
    by_number = sorted(counts.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    return [_rate(channel_id, verdicts) for channel_id, verdicts in by_number]


def _rate(channel_id: str, counts: Mapping[Verdict, int]) -> Rate:
    unmeasured = counts.get(Verdict.UNMEASURED, 0)
    moved = counts.get(Verdict.HIT, 0) + counts.get(Verdict.MOVED, 0)
    return Rate(channel_id, moved, sum(counts.values()) - unmeasured, unmeasured)
