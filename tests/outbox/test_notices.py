"""What could not be posted is quoted as it was written, and nothing in it is read as markup."""

import json

import pytest

from tests.support.world import LAUNCH, World


@pytest.mark.parametrize(
    "title",
    ["<!channel> & *bold* `code` > <https://evil.example|you>", "&" * 150, "a" * 77 + "<" * 73],
    ids=["markup", "escapes", "escapes where it might be cut"],
)
async def test_the_quoted_message_is_shown_as_it_was_written(world: World, title: str) -> None:
    world.expected_refusals = {"not_in_channel"}
    await world.mara.command("/launch", "Later", world.team)
    await world.mara.modal()
    for name, value in {**LAUNCH, "title": title}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    world.slack.remove_bot(world.team)  # before the card is posted
    await world.settle()
    check_quoted(world, "could not post", title)
    await world.press(world.mara, "Try again", world.shown(world.mara.dm, "could not post"))
    check_quoted(world, "could not post", title)


def check_quoted(world: World, words: str, title: str) -> None:
    notice = world.shown(world.mara.dm, words)
    quotes = [block for block in notice.blocks if block["type"] == "rich_text"]
    parts = [part for block in quotes for section in block["elements"] for part in section["elements"]]
    assert {part["type"] for part in parts} == {"text"}
    assert any(title in part["text"] for part in parts)
    markup = [block for block in notice.blocks if block["type"] != "rich_text"]
    assert title[:10] not in json.dumps(markup)
