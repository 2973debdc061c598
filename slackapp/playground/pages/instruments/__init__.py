"""What stands beside the workspace: the clock, faults, what Slack saw, the tour."""

from collections.abc import Mapping

from slackapp.playground.faults import KINDS
from slackapp.playground.pages.instruments.clock import face
from slackapp.playground.slack import Person
from slackapp.playground.world import World


def context(world: World, person: Person) -> Mapping[str, object]:
    """What the templates in `templates/instruments` read."""
    steps = [] if world.tour.closed or world.progress else world.tour.steps(person)
    return {
        "clock": face(world, person),
        "kinds": KINDS,
        "fault": KINDS.get(world.faults.on),
        "fault_name": world.faults.on,
        "steps": steps,
    }
