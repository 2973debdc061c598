"""The application that serves the playground's pages."""

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from slackapp.playground.pages.acting.routes import routes as acting_routes
from slackapp.playground.pages.acts import refused
from slackapp.playground.pages.blocks import blocks_html
from slackapp.playground.pages.blocks.gallery import READER, gallery
from slackapp.playground.pages.instruments.routes import routes as instrument_routes
from slackapp.playground.pages.live import Live
from slackapp.playground.pages.place import Place, Wish, can_be, channel_named, message_in, person_in
from slackapp.playground.pages.rendering import STATIC, html
from slackapp.playground.pages.returning import Refusals, Returns, sent_by_itself
from slackapp.playground.pages.screen import gathered
from slackapp.playground.pages.security import HEADERS, Guard
from slackapp.playground.pages.talking import routes as talking_routes
from slackapp.playground.tour import team_channel
from slackapp.playground.world import World


def pages(world: World, names: Collection[str] = ()) -> Starlette:
    """The pages of this world; `names` are host names they answer under besides `localhost`.

    `state.live` is the open pages' streams: `serving.serving` closes them when it stops.
    """
    refusals = Refusals()
    look = _Look(world, refusals)
    live = Live(world)
    application = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/live", live.stream),
            Route("/", look.first),
            Route("/gallery", _gallery),
            Route("/as/{user}/home", look.home, methods=["GET"]),
            *acting_routes(world),
            *instrument_routes(world),
            *talking_routes(world),
            Route("/as/{user}/{channel}", look.conversation),
        ],
        middleware=[
            Middleware(Guard, names=names),
            Middleware(Returns, world=world, refusals=refusals),
        ],
        exception_handlers={HTTPException: _not_there, Exception: _failed},
    )
    application.state.live = live
    return application


class _Look:
    """What one gets to see at an address."""

    def __init__(self, world: World, refusals: Refusals) -> None:
        self._world, self._refusals = world, refusals

    async def first(self, request: Request) -> Response:
        """Where a newcomer lands: as the first person, in a team's channel rather than everybody's."""
        del request
        slack = self._world.slack
        person = next(filter(can_be, slack.people()), None)
        if person is None:
            return html("empty.html", {"workspace": slack.name})
        return RedirectResponse(f"/as/{person.id}/{(team_channel(slack, person) or person.dm).id}", 303)

    async def home(self, request: Request) -> Response:
        return self._drawn(Place(person_in(self._world, request)), request)

    async def conversation(self, request: Request) -> Response:
        person = person_in(self._world, request)
        channel = channel_named(self._world, person, request.path_params["channel"])
        thread = request.query_params.get("thread")
        parent = message_in(person, channel, thread) if thread else None
        return self._drawn(Place(person, channel, parent), request)

    def _drawn(self, place: Place, request: Request) -> Response:
        screen = gathered(self._world, place, Wish.of(request))
        context = {
            "world": self._world,
            "screen": screen,
            "place": place,
            "reader": screen.reader,
            "manifest": self._world.slack.manifest,
            "acting": screen.acting,
            "instruments": screen.instruments,
            "refusal": self._refusals.take(request.query_params.get("said", "")),
        }
        return html("page.html", context)


async def _gallery(request: Request) -> Response:
    """Everything Block Kit has, to be looked at."""
    del request
    samples = [
        {"name": one.name, "kind": one.kind, "shown": blocks_html(one.blocks, READER, one.surface)}
        for one in gallery()
    ]
    return html("gallery.html", {"samples": samples})


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.method != "GET":
        return refused(error.detail, error.status_code)
    return html("error.html", {"title": "Not here", "sentence": error.detail}, error.status_code)


async def _failed(request: Request, error: Exception) -> Response:
    """The server raises the error again, so that it is logged."""
    del error
    sentence = "The playground failed at this. The terminal it runs in says more."
    answer = refused(sentence, 500)
    if request.method == "GET" or sent_by_itself(request.headers):
        answer = html("error.html", {"title": "That failed", "sentence": sentence}, 500)
    # It is made outside of the guard.
    answer.headers.update(HEADERS)
    return answer
