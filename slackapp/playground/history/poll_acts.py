"""What people do about polls and discovery, each act as a person would do it."""

from collections.abc import Sequence

from slackapp.playground.history.acts import JUST_REPLY, Act, Fields, fills, submit
from slackapp.playground.history.scene import PATIENCE, Scene
from slackapp.playground.slack import ImpossibleError, Message, Person
from slackapp.playground.slack.company import Member
from slackapp.playground.slack.shown import words


def polls(room: str, template: str, fields: Fields | None = None, *, more: Fields | None = None) -> Act:
    """Make a poll from a template, which proposes all that is not given. `more` is what is below More."""

    async def act(scene: Scene, person: Person) -> None:
        typed = person.command("/discovery", "poll", scene.slack.channel(room))
        await scene.does(person, f"type /discovery poll in #{room}", typed)
        await person.modal(PATIENCE)
        await scene.does(person, f"choose {template}", person.choose("template", template))
        if more is not None:
            await scene.does(person, "press [More]", person.press("More"))
        await submit(scene, person, {**(fields or {}), **(more or {})})

    return act


def chooses(room: str, asked: str, answer: str, *, also: Fields | None = None) -> Act:
    """Answer by a button of the latest message that asks this; `also` fills in the form that it opens."""

    async def act(scene: Scene, person: Person) -> None:
        message = _asking(scene, person, room, asked)
        await scene.does(person, f"answer {answer!r} in #{room}", person.press(answer, message))
        if also:
            await submit(scene, person, also)

    return act


def together(acts: Sequence[tuple[Member, Act]]) -> Act:
    """What several people do at the same moment: what comes of it comes once."""

    async def act(scene: Scene, person: Person) -> None:
        del person
        for who, each in acts:
            await each(scene, scene.slack.person(who.name))

    return act


def logs(room: str, fields: Fields) -> Act:
    """`/discovery log` and its form."""

    async def act(scene: Scene, person: Person) -> None:
        typed = person.command("/discovery", "log", scene.slack.channel(room))
        await scene.does(person, f"type /discovery log in #{room}", typed)
        await submit(scene, person, fields)

    return act


def considers(title: str, said: str) -> Act:
    """Say what is to be factored in: by a reply where that is enough, else in its form."""

    async def act(scene: Scene, person: Person) -> None:
        question, _ = scene.find(person, title, "Answer")
        if JUST_REPLY in question.shown:
            await scene.does(person, "reply", person.say(person.dm, said))
        else:
            await fills("Answer", title, {"text": said})(scene, person)

    return act


def asks_below(room: str, asked: str, said: str) -> Act:
    """Write in the thread of the latest message that asks this."""

    async def act(scene: Scene, person: Person) -> None:
        message = _asking(scene, person, room, asked)
        say = person.say(scene.slack.channel(room), said, message)
        await scene.does(person, "write in the poll's thread", say)

    return act


def _asking(scene: Scene, person: Person, room: str, asked: str) -> Message:
    for message in scene.reads(person, room):
        if message.by_app and asked in message.shown and _labels(message):
            return message
    raise ImpossibleError(f"{person.name} is not asked {asked!r} in #{room}")


def _labels(message: Message) -> Sequence[str]:
    return [
        words(element.get("text"), {})
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
