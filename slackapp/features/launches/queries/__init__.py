"""Reads of launches, as far as the reader may see them."""

from slackapp.features.launches.queries.launches import (
    MOST_NAMED,
    PAGE,
    Page,
    any_in,
    channels,
    find_numbered,
    guardrails,
    launch,
    numbered,
    page,
    same_metric,
    versions,
)
from slackapp.features.launches.queries.outcomes import Rate, rate, rates
from slackapp.features.launches.queries.people import (
    has_business,
    part_of,
    parts_taken,
    responsible,
    roles,
    workers,
)
from slackapp.features.launches.queries.readers import Reader, visible

__all__ = [
    "MOST_NAMED",
    "PAGE",
    "Page",
    "Rate",
    "Reader",
    "any_in",
    "channels",
    "find_numbered",
    "guardrails",
    "has_business",
    "launch",
    "numbered",
    "page",
    "part_of",
    "parts_taken",
    "rate",
    "rates",
    "responsible",
    "roles",
    "same_metric",
    "versions",
    "visible",
    "workers",
]
