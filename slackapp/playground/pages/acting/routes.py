"""Where acts on what the app shows come in."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from slackapp.playground.pages.acting.sent import (
    Fields,
    GoneError,
    element_of,
    field,
    put_in,
    surface_of,
    value_of,
)
from slackapp.playground.pages.acts import BEING_MADE, NO_FORM, document, form, refused
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.pages.place import Place, person_in
from slackapp.playground.pages.rendering import html
from slackapp.playground.pages.returning import came_from, sent_by_itself
from slackapp.playground.pages.screen import reader_for
from slackapp.playground.slack import ImpossibleError, Person, View
from slackapp.playground.slack.blockkit import TYPED, Json
from slackapp.playground.slack.checks.objects import CONFIRM
from slackapp.playground.slack.shown import words
from slackapp.playground.slack.surface import TROUBLE
from slackapp.playground.world import World

Act = Callable[[World, Person, Fields], Awaitable[Json]]

_PRESSED = ("button", "icon_button", "feedback_buttons", "workflow_button")


def routes(world: World) -> list[BaseRoute]:
    """`POST /as/{user}/{verb}`: answers `{}`, options, or 409 and the sentence that says why not, as JSON."""

    def route(verb: str, act: Act) -> Route:
        async def endpoint(request: Request) -> Response:
            person = person_in(world, request)
            if world.progress is not None:
                return refused(BEING_MADE)
            try:
                given = await form(request)
                put_in(world, person, given)
                return JSONResponse(await act(world, person, given))
            except GoneError:
                return JSONResponse({})
            except ImpossibleError as error:
                return refused(str(error))

        return Route(f"/as/{{user}}/{verb}", endpoint, methods=["POST"])

    async def confirmation(request: Request) -> Response:
        return await _confirmation(world, request)

    return [
        Route("/as/{user}/confirmation", confirmation, methods=["POST"]),
        *(route(verb, act) for verb, act in _ACTS.items()),
    ]


async def act(world: World, person: Person, given: Fields) -> Json:
    """A click or choice, which the app learns of at once."""
    element, on = element_of(given), surface_of(world, person, given)
    if field(given, "type") in _PRESSED:
        taken = await person.press(element, on, value=given.get("value"))
    else:
        taken = await person.choose(element, value_of(person, given), on)
    # A modal says so itself.
    if not taken and not (isinstance(on, View) and on.type == "modal"):
        raise ImpossibleError(TROUBLE)
    return {}


async def fill(world: World, person: Person, given: Fields) -> Json:
    """What stands in a field now. Nobody complains of a text that is not fit to be handed in yet."""
    on = surface_of(world, person, given)
    try:
        person.fill(element_of(given), value_of(person, given), on)
    except ImpossibleError:
        if field(given, "type") not in TYPED:
            raise
    return {}


async def search(world: World, person: Person, given: Fields) -> Json:
    """What the app offers in an external select: groups of options, one without a label if there are none."""
    on = surface_of(world, person, given)
    answer = await person.suggestions(element_of(given), field(given, "typed"), on)
    if not answer:
        raise ImpossibleError("the app's options could not be loaded")
    if "option_groups" not in answer:
        return {"groups": [{"label": "", "options": _options(answer["options"])}]}
    return {
        "groups": [
            {"label": words(group["label"], {}), "options": _options(group["options"])}
            for group in answer["option_groups"]
        ]
    }


def _options(options: list[Json]) -> list[Json]:
    return [
        {
            "value": option["value"],
            "text": words(option["text"], {}),
            "description": words(option.get("description"), {}),
        }
        for option in options
    ]


async def submit(world: World, person: Person, given: Fields) -> Json:
    """Submit the modal; what is wrong with it then stands at its fields."""
    _modal(world, person, given)
    await person.submit()
    return {}


async def close(world: World, person: Person, given: Fields) -> Json:
    """Close the modal, with `everything` those below it, too."""
    _modal(world, person, given)
    await person.close_modal(everything="everything" in given)
    return {}


def _modal(world: World, person: Person, given: Fields) -> View:
    view = surface_of(world, person, given)
    if not isinstance(view, View) or view.type != "modal":
        raise HTTPException(400, NO_FORM)
    return view


async def shortcut(world: World, person: Person, given: Fields) -> Json:
    """One of the app's shortcuts: a global one, or on the message `channel`, `ts`."""
    message = surface_of(world, person, given) if "ts" in given else None
    if isinstance(message, View):
        raise HTTPException(400, NO_FORM)
    await person.shortcut(field(given, "callback_id"), message)
    return {}


async def home(world: World, person: Person, given: Fields) -> Json:
    """Look at App Home, which Slack tells the app."""
    del world, given
    await person.open_home()
    return {}


_ACTS: dict[str, Act] = {
    "act": act,
    "fill": fill,
    "search": search,
    "submit": submit,
    "close": close,
    "shortcut": shortcut,
    "home": home,
}


async def _confirmation(world: World, request: Request) -> Response:
    """The dialog that asks before a click goes out: `confirm`, the element's own object, drawn."""
    place = Place(person_in(world, request))
    given = await form(request)
    asks = document(field(given, "confirm"))
    if not isinstance(asks, dict) or CONFIRM(asks):
        raise HTTPException(400, "That is no confirmation an app could ask for.")
    reader = reader_for(world, place)
    shown = {part: text_html(asks[part], reader) for part in ("title", "text", "confirm", "deny")}
    context = {"asks": shown, "danger": asks.get("style") == "danger"}
    if not sent_by_itself(request.headers):
        return html("acting/confirm.html", context)
    carried = [(name, value) for name, value in given.multi_items() if name != "confirm"]
    back = {"user": place.person.id, "back": came_from(request) or "/", "carried": carried}
    return html("acting/sure.html", {**context, **back})
