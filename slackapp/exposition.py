"""What /metrics says: what this process counted, and what the database holds at this moment."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.features.prompts import queries as prompts
from slackapp.outbox import overview

#: The media type of what `exposed` returns.
MEDIA_TYPE = CONTENT_TYPE_LATEST

#: Seconds after which a database that does not answer counts as gone; whoever scrapes waits longer.
PATIENCE = 3.0

#: What is read from the database, each with what it says.
GAUGES: Mapping[str, str] = {
    "afterlaunch_outbox_due": "Messages that are due and not as they should look yet.",
    "afterlaunch_outbox_oldest_due_seconds": "For how long the oldest of them is due.",
    "afterlaunch_outbox_dead_now": "Messages that Slack would not take and nobody saw to.",
    "afterlaunch_outbox_paused_workspaces": "Workspaces that wait for their token to work again.",
    "afterlaunch_prompts_set_aside": "Questions that failed when they were due and wait to be tried again.",
}
UP = "afterlaunch_database_up"


class _Read(Collector):
    """Gauges that were just read."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = values

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = "Whether the database answered in time."
        yield GaugeMetricFamily(UP, up, value=1.0 if self._values else 0.0)
        for name, value in self._values.items():
            yield GaugeMetricFamily(name, GAUGES[name], value=value)


async def exposed(telemetry: Telemetry, transactions: Transactions) -> bytes:
    """Everything in Prometheus's text format. Without the database, what this process itself counted."""
    registry = CollectorRegistry()
    registry.register(_Read(await _read(transactions)))
    return generate_latest(telemetry.registry) + generate_latest(registry)


async def _read(transactions: Transactions) -> dict[str, float]:
    """The gauges' values; none if the database does not answer."""
    now = transactions.clock.now()
    try:
        async with asyncio.timeout(PATIENCE), transactions.everywhere() as session:
            found = await overview.counts(session, now)
            set_aside = await prompts.count_set_aside(session)
    except (SQLAlchemyError, OSError):
        return {}
    values = (found.due, _age(found.oldest, now), found.dead, found.paused, set_aside)
    return dict(zip(GAUGES, map(float, values), strict=True))


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else (now - since).total_seconds()
