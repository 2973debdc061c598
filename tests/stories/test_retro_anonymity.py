"""An anonymous retro from outside: what is logged and sent to Slack names nobody beside their words."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from slackapp.core.logging import configure
from slackapp.playground.slack import Person
from tests.stories.test_retro_notes import hand_in, started, status, write
from tests.support.world import World

SAID = {"Jonas Bell": "The importer is slow", "Mara Lind": "Support was asked late", "Ines Okafor": "It held"}
#: What is sent to one person by naming them, and so must not hold what anybody wrote.
TO_ONE = {"chat.postEphemeral", "conversations.open", "views.publish"}


async def held(world: World) -> list[Person]:
    """Three people hand in, one of them twice, and one tells the facilitator; then notes are revealed."""
    world.slack.join(world.team, world.ines)
    people = [world.jonas, world.mara, world.ines]
    now = await started(world)
    for person in people:
        await hand_in(world, person, SAID[person.name])
    await write(world, world.jonas, "And another thing")
    assert await world.jonas.submit() == {}
    await world.jonas.close_modal(everything=True)
    await world.ines.press("Tell the facilitator", now)
    await world.ines.modal()
    world.ines.fill("text", "In confidence")
    assert await world.ines.submit() == {}
    await world.settle()
    await world.press(world.mara, "Reveal the notes", status(world))
    return people


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that whoever runs the app can have written into its log."""
    root, configured = logging.getLogger(), structlog.get_config()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure(level="debug", log_format="json", stream=stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.configure(**configured)


async def test_no_line_of_the_log_holds_a_note_or_names_who_wrote_one(
    logged: io.StringIO, world: World
) -> None:
    people = await held(world)
    lines = logged.getvalue().splitlines()
    assert any("outbox.said" in line for line in lines), "nothing was logged"
    words = [*SAID, *SAID.values(), "And another thing", "In confidence", *(p.id for p in people)]
    assert [line for line in lines if any(word in line for word in words)] == []


async def test_no_call_to_slack_holds_a_note_beside_a_name(world: World) -> None:
    people = await held(world)
    told = [(call.method, json.dumps(call.args, ensure_ascii=False)) for call in world.slack.calls]
    notes = [*SAID.values(), "And another thing"]
    holding = [(method, sent) for method, sent in told if any(note in sent for note in notes)]
    assert {method for method, _ in holding}.isdisjoint(TO_ONE)
    # The facilitator's name stands in the status, whoever wrote what.
    others = [person for person in people if person != world.mara]
    assert [sent for _, sent in holding if any(p.id in sent or p.name in sent for p in others)] == []
    [confided] = [sent for method, sent in told if "In confidence" in sent]
    assert not any(person.id in confided or person.name in confided for person in people)
