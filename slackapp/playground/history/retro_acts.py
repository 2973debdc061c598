"""What people do in retros, each act as a person would do it: from the status message, and in its forms."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from slackapp.playground.history.acts import Act, Fields, submit
from slackapp.playground.history.scene import PATIENCE, Scene, option_in
from slackapp.playground.slack import ImpossibleError, Message, Person
from slackapp.playground.slack.shown import blocks_text, words
from slackapp.playground.slack.views import View

if TYPE_CHECKING:
    from slackapp.playground.history.retro import Talk

#: The menu of topics in the form in which they are discussed.
_CHOOSE = "retros.choose_topic"
#: What the status message shows for facilitators to go on, by phase.
_NEXT = ("Reveal the notes", "Begin voting", "Begin discussing", "Begin closing", "Close it")


def starts(room: str, fields: Fields, start: Act | None) -> Act:
    """Start a retro by the command, or by what opens the form otherwise."""

    async def act(scene: Scene, person: Person) -> None:
        if start is None:
            typed = person.command("/retro", "start", scene.slack.channel(room))
            await scene.does(person, f"type /retro start in #{room}", typed)
        else:
            await start(scene, person)
        await person.modal(PATIENCE)
        rest = dict(fields)
        if template := rest.pop("template", None):
            await scene.does(person, f"choose {template}", person.choose("template", template))
        if not rest.keys() <= _SHOWN_AT_ONCE:
            await scene.does(person, "press [More]", person.press("More"))
        await submit(scene, person, rest)

    return act


#: What the form shows before More is pressed.
_SHOWN_AT_ONCE = {"launches", "people", "anonymity", "pace"}


def writes(room: str, notes: Sequence[str]) -> Act:
    """Hand in notes, a text a column, and close the form, which shows what is kept."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Write notes")
        view = await person.modal(PATIENCE)
        columns = [each["block_id"] for each in view.blocks if each["type"] == "input"]
        await submit(scene, person, {name: text for name, text in zip(columns, notes, strict=False) if text})
        await person.close_modal()

    return act


def adds(room: str, note: str) -> Act:
    """`/retro add` and the note, which waits for the channel's next retro."""

    async def act(scene: Scene, person: Person) -> None:
        typed = person.command("/retro", f"add {note}", scene.slack.channel(room))
        await scene.does(person, f"type /retro add in #{room}", typed)

    return act


def groups(room: str, topics: Mapping[str, Sequence[str]]) -> Act:
    """Put notes into topics of these names, each note found by a few of its words."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Group notes")
        for name, notes in topics.items():
            turn = (await person.modal(PATIENCE)).private_metadata.rpartition(":")[2]
            await submit(scene, person, {f"notes_{turn}": list(notes), f"name_{turn}": name})
        await person.close_modal()

    return act


def votes(room: str, ballot: Mapping[str, int]) -> Act:
    """Vote for topics, each found by a few of its words."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Vote")
        for topic, wanted in ballot.items():
            for _ in range(wanted):
                label, value = _vote_below(await person.modal(PATIENCE), topic)
                await scene.does(person, f"vote for {topic!r}", person.press(label, value=value))
        await person.close_modal()

    return act


def discusses(room: str, talks: Sequence["Talk"]) -> Act:
    """Lead through these topics, note down what comes of each, and go on to the close."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Discuss")
        for talk in talks:
            await _turns_to(scene, person, talk.topic)
            for task in talk.tasks:
                await scene.does(person, "press [Add an action item]", person.press("Add an action item"))
                due = {"text": task.text, "owner": task.owner.name, "due_on": task.due}
                await submit(scene, person, {**due, "if_then": task.if_then} if task.if_then else due)
            if talk.decision:
                await scene.does(person, "press [Add a decision]", person.press("Add a decision"))
                await submit(scene, person, {"decision": talk.decision})
        await person.close_modal()
        await goes_on(room)(scene, person)

    return act


def goes_on(room: str) -> Act:
    """Begin the next phase."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, *_NEXT)

    return act


def scores(room: str, launches: Mapping[str, tuple[int, int]]) -> Act:
    """Say of launches whether they work, and whether they are what users needed."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Score")
        await submit(scene, person, await _scored(person, launches))

    return act


def closes(room: str, impact: str) -> Act:
    """Close it with what happened to users, or say that this is not known."""

    async def act(scene: Scene, person: Person) -> None:
        await _press(scene, person, room, "Close it")
        if impact:
            await submit(scene, person, {"impact": impact})
            return
        await submit(scene, person, {})
        await submit(scene, person, {"skip": [True]})

    return act


def _vote_below(view: View, topic: str) -> tuple[str, str]:
    """The label and the value of the button that gives the topic one vote more."""
    is_it = False
    for block in view.blocks:
        if block["type"] != "actions":
            is_it = is_it or topic in "\n".join(blocks_text([block], {}, view.names))
        elif is_it:
            button = block["elements"][0]
            return words(button["text"], {}), str(button["value"])
    raise ImpossibleError(f"nobody can vote for {topic!r} here")


async def _turns_to(scene: Scene, person: Person, topic: str) -> None:
    view = await person.modal(PATIENCE)
    if topic in view.shown.split("[Add an action item]")[0]:
        return
    [menu] = [block for block in view.blocks if block["block_id"] == _CHOOSE]
    choice = option_in(menu["elements"][0], topic)
    await scene.does(person, f"turn to {topic!r}", person.choose(_CHOOSE, choice))


async def _scored(person: Person, launches: Mapping[str, tuple[int, int]]) -> Fields:
    """The fields of the form by the titles that stand above them."""
    fields: dict[str, object] = {}
    answers: list[int] = []
    for block in (await person.modal(PATIENCE)).blocks:
        if block["type"] == "rich_text":
            shown = "\n".join(blocks_text([block], {}, {}))
            answers = [each for title, pair in launches.items() if title in shown for each in pair]
        elif answers:
            fields[block["block_id"]] = str(answers.pop(0))
    return fields


async def _press(scene: Scene, person: Person, room: str, *labels: str) -> None:
    """Press the one of these buttons that the channel's open retro shows."""
    message, label = _status(scene, person, room, labels)
    await scene.does(person, f"press [{label}] in #{room}", person.press(label, message))


def _status(scene: Scene, person: Person, room: str, labels: Sequence[str]) -> tuple[Message, str]:
    for message in scene.reads(person, room):
        for block in message.blocks:
            for element in block.get("elements", []) if block["type"] == "actions" else []:
                label = words(element.get("text"), {})
                if label in labels:
                    return message, label
    raise ImpossibleError(f"{person.name} finds no {' or '.join(labels)!r} in #{room}")
