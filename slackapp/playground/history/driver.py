"""Lives through the plan in a world: people act, the clock turns, and the app does what it always does."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slackapp.playground.history.company import move_in
from slackapp.playground.history.diary import Entry
from slackapp.playground.history.plan import END, START, plan
from slackapp.playground.history.scene import Scene
from slackapp.playground.slack import ImpossibleError, Person
from slackapp.playground.world import PATIENT, World

#: How many acts are done, of how many, and the day on which it is: told when all that fell due has happened.
Progress = Callable[[int, int, str], None]


class HistoryError(Exception):
    """Something in the company's half year did not come out as it is written."""


class Company(Scene):
    """The company in its world."""

    def __init__(self, world: World) -> None:
        super().__init__(world.slack)
        self._app = world.app

    async def settle(self, after: Person | None = None) -> None:
        """Until the app has taken it and opened its forms. What else comes of it, the clock waits for."""
        del after
        await self.slack.quiet(PATIENT.acknowledge)
        await self._app.frame.finish()


async def live(world: World, seed: int, progress: Progress, *, until: datetime = END) -> None:
    """Half a year of Ferrybridge in an empty world that stands at `START` or before; it ends at `until`.

    The same seed gives the same words at the same moments, but for the order that a retro draws by lot. The
    event loop goes on between the acts, so the workspace may be looked at meanwhile. Raises `HistoryError` if
    anything was refused or could not be done.
    """
    if world.slack.people():
        raise HistoryError("The history begins in an empty workspace, and somebody is in this one.")
    entries = [entry for entry in plan(seed) if entry.at < until]
    with world.app.by_hand():
        await _live(world, entries, progress)
        await world.turning.to(until)
        await _start_the_day(world)
        _check(world)
    progress(len(entries), len(entries), _written(until))


async def _live(world: World, entries: Sequence[Entry], progress: Progress) -> None:
    company = Company(world)
    await world.turning.to(START)
    move_in(world.slack, with_bot=False)
    for done, entry in enumerate(entries):
        await world.turning.to(entry.at)
        progress(done, len(entries), _written(entry.at))
        await _act(company, entry)
        # At each step: the stand-in does not remember all of them to the end.
        _check(world)


async def _start_the_day(world: World) -> None:
    """Everybody has begun their day: only what came today is unread, and what they alone saw is gone."""
    today = world.turning.now.replace(hour=0, minute=0).timestamp()
    people = [person for person in world.slack.people() if not person.account.deleted]
    for room in (*world.slack.channels(), *(person.dm for person in people)):
        seen = [each.ts for each in world.slack.messages(room) if float(each.ts) < today]
        for person in people:
            if seen and person.id in room.members:
                person.mark_read(room, seen[-1])
        # Whoever looks on is not kept waiting.
        await asyncio.sleep(0)
    for person in people:
        person.reload()


def _written(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


async def _act(company: Company, entry: Entry) -> None:
    person = company.slack.person(entry.who.name)
    try:
        await entry.act(company, person)
        if person.has_modal:
            raise ImpossibleError(f"{person.name} leaves a form open")  # noqa: TRY301 - told like the others
    except (ImpossibleError, TimeoutError) as error:
        local = entry.at.astimezone(ZoneInfo(entry.who.zone))
        raise HistoryError(f"{local:%a} {local.day} {local:%b %H:%M}: {error}") from error


def _check(world: World) -> None:
    if world.slack.troubles:
        raise HistoryError(f"Slack had trouble with an answer: {world.slack.troubles[0]}")
    if refused := [call for call in world.slack.calls if not call.ok]:
        raise HistoryError(f"Slack refused {refused[0].method}: {refused[0].response.get('error')}.")
