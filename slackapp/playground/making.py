"""A new playground gets its company: with half a year behind it, or on its first day."""

import structlog

from slackapp.playground import history
from slackapp.playground.history.company import move_in
from slackapp.playground.story import History
from slackapp.playground.world import World

log = structlog.get_logger()


def found(world: World) -> None:
    """The company's people and channels, and nothing that ever happened."""
    # Whoever is stopped in between leaves half a company, which is thrown away like half a history.
    world.story.has_history(History.BEGUN, 0)
    move_in(world.slack, with_bot=True)
    world.story.stands_at(world.clock.now())
    world.tour.start()
    world.story.has_history(History.NONE, 0)


async def make_history(world: World, seed: int) -> None:
    """The company's half year, with the pages shown how far it is. What goes wrong is shown there, too."""
    world.story.has_history(History.BEGUN, seed)
    world.has_come(0, 1, "")
    try:
        await history.live(world, seed, world.has_come)
    except Exception as error:  # the edge: nobody else would hear of it
        log.exception("playground.history_failed", seed=seed)
        world.is_made(f"The half year could not be made, and what you see is a part of it. {error}")
        return
    world.story.has_history(History.WHOLE, seed)
    world.tour.start()
    world.is_made()
