"""The app and the stand-in for Slack, joined by real HTTP, with people who act and a clock turned by hand."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from slack_sdk.models.blocks import InteractiveElement
from sqlalchemy import ScalarSelect, Select, func, select

from slackapp import wiring
from slackapp.app import App, build, connected
from slackapp.core.clock import TurnedClock
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack import Channel, Message, Person, StandIn, Timing, posting
from slackapp.server import config
from slackapp.slack.blocks import actions
from tests.support.serving import serving

T = TypeVar("T")

LAUNCH: Mapping[str, object] = {
    "problem": "New teams give up before they see anything of value",
    "audience": "teams in their first week",
    "metric": "Activation",
    "from_to": "40 % → 50 %",
}


#: A busy machine is slow, and that is no finding: here Slack waits, and so do we. A test of lateness hurries.
UNHURRIED = Timing(acknowledge=60.0, trigger=60.0, patience=60.0)

#: The inputs that the form shows before More is pressed.
EIGHT = {"title", "problem", "audience", "metric", "from_to", "outcomes", "link", "day"}


@dataclass(frozen=True)
class Found:
    """What there is to do at a moment, and later."""

    #: Whether a job has something to do.
    is_due: bool
    #: Whether messages wait to be sent.
    is_left: bool
    #: When a job or a message falls due next.
    ahead: Sequence[datetime]


@dataclass
class World:
    """Mara and Jonas work in #team-onboarding; Ines is an admin elsewhere."""

    slack: StandIn
    app: App
    clock: TurnedClock
    mara: Person
    jonas: Person
    ines: Person
    team: Channel
    #: Errors of Slack's that this story means to cause.
    expected_refusals: set[str] = field(default_factory=set)

    async def settle(self) -> None:
        """Let everything under way arrive, and everything due be done."""
        await self._settle()

    async def turn(self, **by: float) -> None:
        """Let time pass in steps of at most a day, stopping wherever something falls due."""
        await self.turn_to(self.clock.now() + timedelta(**by))

    async def turn_to(self, moment: datetime) -> None:
        found = await self._look()
        while self.clock.now() < moment:
            self.clock.turn(min(self.clock.now() + timedelta(days=1), moment, *found.ahead))
            found = await self._settle()

    async def _settle(self) -> Found:
        """A beat or a delivery that would find nothing is left out: mostly it would."""
        await self.slack.quiet()
        await self.app.frame.finish()
        found = await self._look()
        if found.is_due:
            await self.app.catch_up()
        elif found.is_left:
            await self.app.relay.drain()
        else:
            return found
        return await self._look()

    async def _look(self) -> Found:
        is_due = OutboxMessage.due_at <= self.clock.now()
        async with self.app.transactions.read(self.app.installation.workspace_id) as tx:
            found = await tx.session.execute(
                select(
                    func.count().filter(is_due),
                    func.min(OutboxMessage.due_at).filter(~is_due),
                    *[_value(job.next_at(tx)) for job in wiring.JOBS if job.next_at is not None],
                    *[_value(job.due(tx.now).limit(1)) for job in wiring.JOBS],
                ).where(OutboxMessage.state == State.WAITING)
            )
        left, *values = found.one()
        ahead, due = values[: -len(wiring.JOBS)], values[-len(wiring.JOBS) :]
        return Found(any(due), left > 0, [moment for moment in ahead if moment is not None])

    async def launch(
        self,
        title: str = "New onboarding",
        *,
        by: Person | None = None,
        where: Channel | None = None,
        **fields: object,
    ) -> Message:
        """Record a launch through the modal, and return its card."""
        person = by or self.mara
        await person.command("/launch", title, where or self.team)
        await person.modal()
        values = {**LAUNCH, **fields}
        if set(values) - EIGHT:
            await self.open_more(person)
        for name, value in values.items():
            person.fill(name, value)
        assert await person.submit() == {}
        await self.settle()
        return self.card(title, where)

    def card(self, words: str = "L-1 ", channel: Channel | None = None) -> Message:
        """The launch's card as it looks now; its heading shows these words."""
        found = [m for m in self.slack.messages(channel or self.team) if words in m.shown.split("\n")[0]]
        cards = [m for m in found if m.shown.startswith("L-")]
        assert cards, f"there is no card with {words!r}"
        return cards[-1]

    async def open_more(self, person: Person) -> None:
        await person.press("More")
        await self.slack.until(lambda: person.top and "Because" in person.top.shown)

    def shown(self, channel: Channel, words: str) -> Message:
        """The latest message in the channel that shows these words."""
        found = [message for message in self.slack.messages(channel) if words in message.shown]
        assert found, f"{words!r} is in none of {[m.shown for m in self.slack.messages(channel)]}"
        return found[-1]

    def asked(self, person: Person) -> list[Message]:
        """The open questions in a person's direct message."""
        return [m for m in self.slack.messages(person.dm) if "What happened to" in m.shown]

    async def reply(self, person: Person, words: str) -> Message:
        """Write to the app, and return what it answered."""
        await person.say(person.dm, words)
        await self.settle()
        return self.slack.messages(person.dm)[-1]

    def told(self, person: Person, channel: Channel | None = None) -> str:
        """What only this person was shown last in the channel (default: their direct message)."""
        whispers = [m for m in person.reads(channel or person.dm) if m.ephemeral]
        assert whispers, "nothing was whispered"
        return whispers[-1].shown

    def question(self, person: Person, words: str = "") -> Message:
        """The latest open question in a person's direct message that shows these words."""
        found = [m for m in self.slack.messages(person.dm) if "[Record]" in m.shown and words in m.shown]
        assert found, f"{person.name} is asked nothing"
        return found[-1]

    async def press(self, person: Person, name: str, message: Message, *, times: int = 1) -> None:
        """Press a button of the message, and let what follows happen."""
        await person.press(name, message, times=times)
        await self.settle()

    def hand(self, person: Person, *elements: InteractiveElement, where: Channel | None = None) -> Message:
        """Let these stand before this person alone, as on a screen that shows what is not so any more."""
        content = {"text": "An older screen", "blocks": [actions(*elements).to_dict()]}
        return posting.whisper(self.slack._slack, (where or person.dm).id, person.id, content)

    def excuse(self, *reasons: str) -> None:
        """For these reasons, and no others, Slack had trouble with us so far, as the story meant it to."""
        troubles = self.slack._slack.delivery.troubles
        assert {trouble.reason for trouble in troubles} == set(reasons)
        troubles.clear()

    def check(self) -> None:
        """Slack had no trouble with us that the story did not mean to cause."""
        assert self.slack.troubles == [], self.slack.troubles
        refused = {str(call.response.get("error")) for call in self.slack.calls if not call.ok}
        assert refused <= self.expected_refusals, refused


def _value(query: Select[T]) -> ScalarSelect[T]:
    return query.correlate(None).scalar_subquery()


def pressable(message: Message) -> set[str]:
    """The labels of the message's buttons."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return {e["text"]["text"] for row in rows for e in row if e["type"] == "button"}


@asynccontextmanager
async def inhabited(
    database_url: str, clock: TurnedClock, *, socket_mode: bool = False, timing: Timing = UNHURRIED
) -> AsyncIterator[World]:
    async with (
        StandIn.serve(
            shipped("manifest.yml"),
            clock=lambda: clock.now().timestamp(),
            request_url=None if socket_mode else "http://127.0.0.1:1",
            timing=timing,
        ) as slack,
        started(slack, database_url, clock) as app,
    ):
        mara = slack.add_person("Mara Lind", tz="Europe/Stockholm")
        jonas = slack.add_person("Jonas Bell", tz="Europe/London")
        ines = slack.add_person("Ines Okafor", tz="America/New_York", admin=True)
        team = slack.add_channel("team-onboarding", [mara, jonas])
        yield World(slack, app, clock, mara, jonas, ines, team)


@asynccontextmanager
async def started(slack: StandIn, database_url: str, clock: TurnedClock) -> AsyncIterator[App]:
    """The app on a port of its own, and the stand-in told where it is."""
    environment = {**slack.environment(), "AFTERLAUNCH_PACING": "off"}
    settings = load(Settings, **environment, AFTERLAUNCH_DATABASE_URL=database_url)
    async with build(settings, clock, slack_waits=UNHURRIED.acknowledge) as app, connected(app):
        if settings.socket_mode:
            yield app
            return
        async with listening(app) as url:
            slack.request_url = url
            yield app


@asynccontextmanager
async def listening(app: App) -> AsyncIterator[str]:
    """Serve the app's HTTP on a free port; yields where Slack reaches it."""
    async with serving(config(app)) as url:
        yield f"{url}/slack/events"
