"""The stage, as people's acts elsewhere know it."""

from slackapp.playground.demo.stage import Stage
from slackapp.playground.history.scene import Scene
from slackapp.playground.slack import Person


class Seats(Scene):
    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.slack)
        self._stage = stage

    async def settle(self, after: Person | None = None) -> None:
        del after
        await self._stage.settle()
