"""The control API: the person's side over HTTP, so that another process can drive it (docs/stand-in.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route

from slackapp.playground.slack.changes import Changes
from slackapp.playground.slack.control_verbs import CHANNEL_VERBS, PERSON_VERBS, Actor, NewChannel, NewPerson
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.fault_script import FaultScript
from slackapp.playground.slack.people import AnySlack, Someone
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.wire_form import channel_form, message_form, view_form

Body = TypeVar("Body", bound=BaseModel)

_LONGEST = 60.0


def routes(slack: AnySlack, changes: Changes) -> list[BaseRoute]:
    """Everything under /control/."""
    desk = _Desk(slack, changes)
    endpoints: list[tuple[str, str, Callable[[Request], Awaitable[Json]]]] = [
        ("/", "GET", desk.everything),
        ("/changes", "GET", desk.next_change),
        ("/calls", "GET", desk.calls),
        ("/quiet", "POST", desk.quiet),
        ("/faults", "POST", desk.faults),
        ("/people", "POST", desk.new_person),
        ("/people/{id}", "GET", desk.screen),
        ("/people/{id}/{verb}", "POST", desk.person_does),
        ("/channels", "POST", desk.new_channel),
        ("/channels/{id}/messages", "GET", desk.messages),
        ("/channels/{id}/{verb}", "POST", desk.channel_becomes),
        ("/app/uninstall", "POST", desk.uninstall),
        ("/app/drop-sockets", "POST", desk.drop_sockets),
    ]
    return [
        Mount(
            "/control", routes=[Route(path, _answering(run), methods=[verb]) for path, verb, run in endpoints]
        )
    ]


def _answering(run: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def endpoint(request: Request) -> JSONResponse:
        # A web page elsewhere can post a form here, but not JSON.
        if request.method == "POST" and request.headers.get("content-type") != "application/json":
            return JSONResponse({"error": "send application/json"}, 415)
        try:
            return JSONResponse(await run(request))
        except ImpossibleError as error:
            return JSONResponse({"error": str(error)}, 409)
        except KeyError as error:
            return JSONResponse({"error": f"{error.args[0]} is not known here"}, 404)
        except ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
        except TimeoutError as error:
            return JSONResponse({"error": str(error)}, 504)

    return endpoint


class _Desk:
    def __init__(self, slack: AnySlack, changes: Changes) -> None:
        self._slack = slack
        self._changes = changes

    async def everything(self, _request: Request) -> Json:
        return {
            "environment": self._slack.environment(),
            "bot_user_id": self._slack.bot_user_id,
            "connected": self._slack.connected,
            "changes": self._changes.count,
            "people": [_person(person) for person in self._slack.people()],
            "channels": [channel_form(channel) for channel in self._slack.channels()],
        }

    async def next_change(self, request: Request) -> Json:
        """Answer as soon as more has happened than `after`, or after `wait` seconds."""
        after = int(request.query_params.get("after", "-1"))
        wait = min(float(request.query_params.get("wait", "0")), _LONGEST)
        try:
            async with asyncio.timeout(wait):
                while self._changes.count <= after:
                    await self._changes.next(wait)
        except TimeoutError:
            pass  # nothing happened, which the count says
        return {"changes": self._changes.count}

    async def calls(self, request: Request) -> Json:
        after = int(request.query_params.get("after", "0"))
        return {
            "calls": [vars(call) for call in self._slack.calls[after:]],
            "troubles": [asdict(trouble) for trouble in self._slack.troubles],
        }

    async def quiet(self, request: Request) -> Json:
        await self._slack.quiet(float((await request.json()).get("wait", 5.0)))
        return {}

    async def faults(self, request: Request) -> Json:
        """Carry out a fault script; an empty one only asks what is held and what has befallen."""
        return self._slack.apply(await _read(FaultScript, request))

    async def new_person(self, request: Request) -> Json:
        wanted = NewPerson.model_validate_json(await request.body())
        return _person(self._slack.add_person(**wanted.model_dump()))

    async def screen(self, request: Request) -> Json:
        """One person: who they are, and the modal and Home before them."""
        person = self._slack.person(request.path_params["id"])
        views = {"top": person.top, "home": person.home}
        return _person(person) | {
            "dm": channel_form(person.dm),
            **{name: None if view is None else view_form(view) for name, view in views.items()},
        }

    async def person_does(self, request: Request) -> Json:
        person = self._slack.person(request.path_params["id"])
        verb = await _read(PERSON_VERBS[request.path_params["verb"]], request)
        return await verb.act(Actor(self._slack, person))

    async def new_channel(self, request: Request) -> Json:
        wanted = NewChannel.model_validate_json(await request.body())
        people = [self._slack.person(user) for user in wanted.people]
        return channel_form(
            self._slack.add_channel(wanted.name, people, private=wanted.private, with_bot=wanted.with_bot)
        )

    async def messages(self, request: Request) -> Json:
        messages = self._slack.messages(self._slack.channel(request.path_params["id"]))
        return {"messages": [message_form(message) for message in messages]}

    async def channel_becomes(self, request: Request) -> Json:
        channel = self._slack.channel(request.path_params["id"])
        verb = await _read(CHANNEL_VERBS[request.path_params["verb"]], request)
        return channel_form(verb.act(self._slack, channel))

    async def uninstall(self, _request: Request) -> Json:
        self._slack.uninstall()
        return {}

    async def drop_sockets(self, request: Request) -> Json:
        await self._slack.drop_sockets((await request.json()).get("reason", "refresh_requested"))
        return {}


async def _read(kind: type[Body], request: Request) -> Body:
    return kind.model_validate_json(await request.body() or b"{}")


def _person(person: Someone) -> dict[str, Any]:
    return {"id": person.id, "name": person.name}
