"""Which polls ask who will be there, and which answer means that somebody will."""

from collections.abc import Mapping

from slackapp.features.discovery.rules.kinds import ActivityKind
from slackapp.features.polls.rules import Kind
from slackapp.features.polls.rules.templates import ATTENDS, Template

#: By the template a poll was made from: what was done when it is closed.
ATTENDED: Mapping[str, ActivityKind] = {
    Template.DEEP_DIVE: ActivityKind.DEEP_DIVE,
    Template.PLANNING: ActivityKind.PLANNING,
}


def said_yes(kind: Kind) -> int | None:
    """The option by which somebody says that they will be there; None where the kind has none.

    Of a choice it is the one in the templates' place, whatever somebody called it.
    """
    return {Kind.YES_NO: 1, Kind.SINGLE: ATTENDS}.get(kind)
