"""What stands beside the workspace: the clock, faults, what Slack saw, the tour."""

from collections.abc import Mapping

from slackapp.playground.slack import Person
from slackapp.playground.world import World


def context(world: World, person: Person) -> Mapping[str, object]:
    """What the templates in `templates/instruments` read."""
    del world, person
    return {}
