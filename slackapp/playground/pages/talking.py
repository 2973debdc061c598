"""What a person does in conversations: writes, runs commands, edits, reacts, reads, joins and leaves."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from slackapp.playground.pages.acts import BEING_MADE, answered, form, refused
from slackapp.playground.pages.place import channel_named, message_in, person_in
from slackapp.playground.slack import Channel, ImpossibleError, Message, Person
from slackapp.playground.world import World

Fields = Mapping[str, str]
#: What somebody does in a conversation they see, with the fields of the form.
Act = Callable[[Person, Channel, Fields], Awaitable[None]]


def routes(world: World) -> list[BaseRoute]:
    """`POST /as/{user}/{verb}`, each with the field `channel`."""

    def route(verb: str, act: Act) -> Route:
        async def endpoint(request: Request) -> Response:
            person = person_in(world, request)
            given = await form(request)
            # What somebody reads while they look around spoils nothing.
            if world.progress is not None and verb != "read":
                return refused(BEING_MADE)
            channel = channel_named(world, person, given.get("channel", ""))
            return await answered(act(person, channel, given))

        return Route(f"/as/{{user}}/{verb}", endpoint, methods=["POST"])

    async def join(person: Person, channel: Channel, given: Fields) -> None:
        del given
        if channel.private or channel.archived:
            raise ImpossibleError(f"nobody can join #{channel.name} by themselves")
        world.slack.join(channel, person)

    async def leave(person: Person, channel: Channel, given: Fields) -> None:
        del given
        if channel.is_im:
            raise ImpossibleError("direct messages with the app cannot be left")
        world.slack.leave(channel, person)

    acts = {**_ACTS, "join": join, "leave": leave}
    return [route(verb, act) for verb, act in acts.items()]


async def say(person: Person, channel: Channel, given: Fields) -> None:
    """Send what stands in the composer: a command or a message, in `thread` if that is set."""
    text = given.get("text", "").strip()
    thread = _named(person, channel, given, "thread")
    if not text:
        raise ImpossibleError("there is nothing to send yet")
    if text.startswith("/"):
        name, _, rest = text.partition(" ")
        await person.command(name, rest.strip(), channel, thread=thread)
        return
    said = await person.say(channel, text, thread)
    if thread is None:
        person.mark_read(channel, said.ts)


async def edit(person: Person, channel: Channel, given: Fields) -> None:
    text = given.get("text", "").strip()
    if not text:
        raise ImpossibleError("a message cannot be left empty: delete it instead")
    await person.edit(_given(person, channel, given), text)


async def delete(person: Person, channel: Channel, given: Fields) -> None:
    await person.delete(_given(person, channel, given))


async def react(person: Person, channel: Channel, given: Fields) -> None:
    """Add the reaction `name`, or take it back if it is this person's already."""
    message, name = _given(person, channel, given), given.get("name", "")
    theirs = [reaction["name"] for reaction in message.reactions if person.id in reaction["users"]]
    await (person.unreact if name in theirs else person.react)(message, name)


async def read(person: Person, channel: Channel, given: Fields) -> None:
    """Everything up to `ts` has been seen."""
    if person.id in channel.members:
        person.mark_read(channel, _given(person, channel, given).ts)


_ACTS: Mapping[str, Act] = {"say": say, "edit": edit, "delete": delete, "react": react, "read": read}


def _given(person: Person, channel: Channel, given: Fields) -> Message:
    return message_in(person, channel, given.get("ts", ""))


def _named(person: Person, channel: Channel, given: Fields, field: str) -> Message | None:
    return message_in(person, channel, given[field]) if given.get(field) else None
