"""Where the instruments are worked."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from slackapp.playground.faults import KINDS
from slackapp.playground.pages.acts import form, refused
from slackapp.playground.pages.blocks import Reader
from slackapp.playground.pages.instruments import clock, traffic
from slackapp.playground.pages.place import person_in
from slackapp.playground.pages.rendering import html
from slackapp.playground.world import World

#: What tells a playground from whatever else may answer on a port.
MARK = "afterlaunch-playground"

#: What somebody does with an instrument. What they may not do raises `_NoError`.
Work = Callable[[Request], Awaitable[None]]


class _NoError(Exception):
    """The sentence says why not."""


def routes(world: World) -> list[BaseRoute]:
    """`POST /as/{user}/{clock,faults,tour}`, and what Slack saw at `GET /as/{user}/traffic`."""
    desk = _Desk(world)
    return [
        Route("/playground", desk.mark),
        Route("/as/{user}/clock", _doing(desk.turn), methods=["POST"]),
        Route("/as/{user}/faults", _doing(desk.switch), methods=["POST"]),
        Route("/as/{user}/tour", _doing(desk.tour), methods=["POST"]),
        Route("/as/{user}/traffic", desk.traffic),
        Route("/as/{user}/traffic/{number:int}", desk.exchange),
    ]


def _doing(work: Work) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            await work(request)
        except _NoError as no:
            return refused(str(no))
        except KeyError as name:
            return refused(f"There is no {name.args[0]!r} here.", 404)
        return JSONResponse({})

    return endpoint


class _Desk:
    def __init__(self, world: World) -> None:
        self._world = world

    async def mark(self, request: Request) -> Response:
        """Says what answers here, to another playground that wants this port."""
        del request
        return JSONResponse({"is": MARK, "workspace": self._world.slack.name})

    async def turn(self, request: Request) -> None:
        """`by`: hour, morning, day, week, next; or `halt`, which ends a turn at its next stop."""
        person, by = person_in(self._world, request), (await form(request)).get("by", "")
        turning = self._world.turning
        if by == "halt":
            turning.halt()
            return
        if why := clock.stuck(self._world):
            raise _NoError(why)
        moment = await clock.moment(self._world, person, by)
        if moment is None:
            raise _NoError("Nothing comes by itself. Record a launch, and something will.")
        # Somebody else's turn may have begun while this one was looked up.
        if why := clock.stuck(self._world):
            raise _NoError(why)
        turning.begin(moment)

    async def switch(self, request: Request) -> None:
        """`name`: what is wrong with Slack from now on; empty for nothing."""
        name = (await form(request)).get("name", "")
        if name and name not in KINDS:
            raise KeyError(name)
        if name and self._world.progress is not None:
            raise _NoError("The company's half year is still being made. Wait until it is there.")
        self._world.faults.switch(name)

    async def tour(self, request: Request) -> None:
        """`do`: start, open, close or skip, which has the number of a `step`."""
        given, tour = await form(request), self._world.tour
        if given.get("do") == "skip":
            step = given.get("step", "")
            tour.skip(int(step) if step.isdecimal() and len(step) == 1 else 0)
            return
        {"start": tour.start, "open": tour.open, "close": tour.close}[given.get("do", "")]()

    async def traffic(self, request: Request) -> Response:
        """A page of what Slack saw: `words` to look for, `refused` for only that, `page` from 0."""
        person, asked = person_in(self._world, request), request.query_params
        page = asked.get("page", "")
        found = traffic.shown(
            self._world.slack.traffic,
            Reader(person.id, ZoneInfo(person.account.tz), self._world.turning.now),
            words=asked.get("words", "")[:200],
            refused=asked.get("refused") == "1",
            page=int(page) if page.isdecimal() and len(page) < 4 else 0,  # noqa: PLR2004 - a thousand pages
        )
        return html("instruments/traffic.html", {"traffic": found})

    async def exchange(self, request: Request) -> Response:
        """What was sent, and what came back."""
        number: int = request.path_params["number"]
        found = traffic.documents(self._world.slack.traffic, number)
        return html("instruments/exchange.html", {"documents": found}, 200 if found else 404)
