"""All that people of a story do in Slack, each act as a person would do it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from slackapp.playground.history.scene import PATIENCE, Scene
from slackapp.playground.slack import ImpossibleError, Message, Person
from slackapp.playground.slack.company import Member

#: What somebody does. What they could not do raises.
Act: TypeAlias = Callable[[Scene, Person], Awaitable[None]]
Fields: TypeAlias = Mapping[str, object]
#: Which message of those that a person reads.
Found: TypeAlias = Callable[[Scene, Person], Message]

#: What stands below a question that a plain reply answers, being the only one that is open.
JUST_REPLY = "Or just reply with"


# Recording


def launches(title: str, room: str, fields: Fields, *, more: bool = False) -> Act:
    """Record a launch, or plan one, by the command."""

    async def act(scene: Scene, person: Person) -> None:
        typed = person.command("/launch", title, scene.slack.channel(room))
        await scene.does(person, f"type /launch {title} in #{room}", typed)
        await submit(scene, person, fields, more=more)

    return act


def announces(said: str, room: str, fields: Fields, *, more: bool = False) -> Act:
    """Tell the channel, and record a launch from that message's menu."""

    async def act(scene: Scene, person: Person) -> None:
        message = await person.say(scene.slack.channel(room), said)
        await scene.settle(person)
        await scene.does(person, "choose Record as launch", person.shortcut("launches.from_message", message))
        await submit(scene, person, fields, more=more)

    return act


# Answering


def replies(said: str, *, about: str = "") -> Act:
    """Write to the app: in its direct message, or in the thread of the question about that."""

    async def act(scene: Scene, person: Person) -> None:
        thread = scene.find(person, about, "Record")[0] if about else None
        await scene.does(
            person, f"reply{' in the thread' if about else ''}", person.say(person.dm, said, thread)
        )

    return act


def answers(title: str, value: str, note: str = "") -> Act:
    """Answer the question about a launch: by a reply where that is enough, else in its form."""

    async def act(scene: Scene, person: Person) -> None:
        question, _ = scene.find(person, title, "Record")
        if JUST_REPLY in question.shown:
            said = f"{value}, {note}" if note else value
            await scene.does(person, "reply", person.say(person.dm, said))
        else:
            beside = {"else_changed": f"{note[0].upper()}{note[1:]}."} if note else {}
            await fills("Record", title, {"value": value, **beside})(scene, person)

    return act


def corrects(said: str, into: str) -> Act:
    """Edit what they wrote to the app."""

    async def act(scene: Scene, person: Person) -> None:
        [message] = [m for m in scene.slack.messages(person.dm) if m.user == person.id and m.shown == said]
        await scene.does(person, "edit that reply", person.edit(message, into))

    return act


def presses(label: str, about: str) -> Act:
    async def act(scene: Scene, person: Person) -> None:
        message, value = scene.find(person, about, label)
        press = person.press(label, message, value=value or None)
        await scene.does(person, f"press [{label}] below {about!r}", press)

    return act


def snoozes(about: str, option: str) -> Act:
    async def act(scene: Scene, person: Person) -> None:
        message, block = scene.find(person, about, "Snooze")
        await scene.does(person, f"snooze {about!r} for {option}", person.choose(block, option, message))

    return act


def fills(label: str, about: str, fields: Fields, *, more: bool = False, wrong: Fields | None = None) -> Act:
    """Press the button, fill in the form it opens, and submit it. `wrong` is tried first, and refused."""

    async def act(scene: Scene, person: Person) -> None:
        message, value = scene.find(person, about, label)
        press = person.press(label, message, value=value or None)
        await scene.does(person, f"press [{label}] below {about!r}", press)
        await submit(scene, person, fields, more=more, wrong=wrong)

    return act


# Looking, and settling


def types(text: str, room: str) -> Act:
    """`/launch` with these words."""

    async def act(scene: Scene, person: Person) -> None:
        typed = person.command("/launch", text, scene.slack.channel(room))
        await scene.does(person, f"type /launch {text} in #{room}", typed)

    return act


def settles(room: str, **fields: object) -> Act:
    """Change settings, and close the form, which then says what holds."""

    async def act(scene: Scene, person: Person) -> None:
        await types("settings", room)(scene, person)
        await submit(scene, person, fields)
        await person.close_modal()

    return act


# Talking


def says(room: str, said: str) -> Act:
    async def act(scene: Scene, person: Person) -> None:
        await scene.does(person, f"write to #{room}", person.say(scene.slack.channel(room), said))

    return act


def comments(on: Found, said: str) -> Act:
    """Write in the thread of that message."""

    async def act(scene: Scene, person: Person) -> None:
        thread = on(scene, person)
        say = person.say(scene.slack.channel(thread.channel), said, thread)
        await scene.does(person, "write in a thread", say)

    return act


def reacts(on: Found, name: str) -> Act:
    async def act(scene: Scene, person: Person) -> None:
        await scene.does(person, f"react with {name}", person.react(on(scene, person), name))

    return act


def message(room: str, said: str) -> Found:
    """The latest message of the channel with these words, whoever wrote it."""
    return _latest(room, said, lambda each: said in each.shown)


def card(room: str, title: str) -> Found:
    """The launch's card."""
    return _latest(room, title, lambda each: each.by_app and each.shown.split("\n")[0].endswith(f" {title}"))


def outcome(room: str, title: str) -> Found:
    """What the channel was told of how the launch came out."""
    return _latest(room, title, lambda each: each.broadcast and f"after {title}" in each.shown)


def _latest(room: str, said: str, fits: Callable[[Message], bool]) -> Found:
    def find(scene: Scene, person: Person) -> Message:
        for each in scene.reads(person, room):
            if fits(each):
                return each
        raise ImpossibleError(f"{person.name} reads no {said!r} in #{room}")

    return find


# Coming and going


def invites(room: str) -> Act:
    """Invite the app to the channel."""

    async def act(scene: Scene, person: Person) -> None:
        scene.saw(person, f"invite Afterlaunch to #{room}")
        scene.slack.invite_bot(scene.slack.channel(room), person)
        await scene.settle(person)

    return act


def welcomes(newcomer: Member, *rooms: str) -> Act:
    """Somebody is new, and is brought into these channels."""

    async def act(scene: Scene, person: Person) -> None:
        scene.saw(person, f"bring in {newcomer.name}")
        arrived = scene.add(newcomer)
        for room in rooms:
            scene.slack.join(scene.slack.channel(room), arrived, person)
        await scene.settle(person)

    return act


def leaves() -> Act:
    """Their account is deactivated."""

    async def act(scene: Scene, person: Person) -> None:
        scene.saw(person, "leave the company")
        scene.slack.deactivate(person)
        await scene.settle(person)

    return act


async def submit(
    scene: Scene, person: Person, fields: Fields, *, more: bool = False, wrong: Fields | None = None
) -> None:
    """Fill in the form before the person and submit it. `wrong` is tried first, and refused."""
    if more:
        await person.modal(PATIENCE)
        await person.press("More")
        await scene.slack.until(lambda: person.top and "Because" in person.top.shown, PATIENCE)
    if wrong is not None and not await scene.hand_in(person, wrong):
        raise ImpossibleError(f"{person.name}'s form was accepted, and should not have been")
    if refused := await scene.hand_in(person, fields):
        raise ImpossibleError(f"{person.name}'s form was not accepted: {' '.join(refused.values())}")
    await scene.settle(person)
