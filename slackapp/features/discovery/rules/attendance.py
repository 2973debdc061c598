"""Which polls ask who will be there, and which answer means that somebody will."""

from collections.abc import Mapping

from slackapp.features.discovery.rules.kinds import ActivityKind
from slackapp.features.polls.rules import Kind

#: By the template a poll was made from: what was done when it is closed.
ATTENDED: Mapping[str, ActivityKind] = {
    "deep_dive": ActivityKind.DEEP_DIVE,
    "planning": ActivityKind.PLANNING,
}


def said_yes(kind: Kind) -> int | None:
    """The option by which somebody says that they will be there; None where the kind has none.

    Of a choice it is the first: the templates put it there, and a poll made from them keeps its place.
    """
    return {Kind.YES_NO: 1, Kind.SINGLE: 0}.get(kind)
