"""A team whose days pass by the clock, with a witness of all that is said and done."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slackapp.app import App
from slackapp.core.clock import TurnedClock
from slackapp.playground.history.acts import Act
from slackapp.playground.history.scene import Scene
from slackapp.playground.slack import Person, StandIn
from tests.support.witness import What, Witness

#: The app is looked at as often as this, and on everybody's morning.
A_WHILE = timedelta(hours=4)
MORNING = time(9, 30)


class Team(Scene):
    def __init__(self, slack: StandIn, app: App, clock: TurnedClock) -> None:
        super().__init__(slack)
        self._app, self._clock = app, clock
        self.witness = Witness(slack, clock)

    async def turn_to(self, moment: datetime) -> None:
        """Let time pass, and stop at every person's half past nine."""
        while (now := self._clock.now()) < moment:
            zones = {person.account.tz for person in self.slack.people()}
            mornings = [_next(MORNING, ZoneInfo(zone), now) for zone in zones]
            self._clock.turn(min(moment, now + A_WHILE, *mornings))
            await self._see_to_what_is_due()

    async def settle(self, after: Person | None = None) -> None:
        """Let what people did have its effect, and then what the clock asks for."""
        await self.slack.quiet()
        await self._app.frame.finish()
        await self._app.relay.drain()
        self.witness.look(after=after.id if after else None)
        await self._see_to_what_is_due()

    async def _see_to_what_is_due(self) -> None:
        await self._app.catch_up()
        if self.witness.look(by_clock=True):
            # Slack tells the app of its own messages too.
            await self.slack.quiet()

    def saw(self, person: Person, what: str) -> None:
        self.witness.note(What.DID, person, what)

    def filled_in(self, person: Person, form: str) -> None:
        self.witness.note(What.FORM, person, form)


def travels(zone: str) -> Act:
    async def act(scene: Scene, person: Person) -> None:
        assert isinstance(scene, Team)
        scene.slack.set_zone(person, zone)
        scene.witness.locate()
        scene.saw(person, f"arrive in {zone}")
        await scene.settle(person)

    return act


def _next(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date()
    while (moment := datetime.combine(day, at, zone).astimezone(UTC)) <= now:
        day += timedelta(days=1)
    return moment
