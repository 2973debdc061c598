"""Five hundred notes and a hundred topics: modals and messages stay within Slack's limits, and show all."""

import json
import re

import pytest
from slack_sdk.models.views import View

from slackapp.features.retros.blocks.boards import paged
from slackapp.features.retros.blocks.discuss import Discussion, discuss, listing
from slackapp.features.retros.blocks.group import Grouping, group
from slackapp.features.retros.blocks.vote import Voting, merge, vote
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.topics import Ballot, Board, Outcome
from slackapp.playground.slack.checks import check_message, check_view
from tests.support.retro_boards import DAY, a_board

#: Bytes of a view.
LARGEST = 250_000


def board_of(length: int) -> Board:
    """Of notes of so many characters."""
    retro = Retro(id=1, number=7, columns=["Went well", "Could be better"], is_anonymous=True)
    texts = [f"Note{number}. {'w' * length}"[:length] for number in range(500)]
    return a_board(retro, texts, 100)


@pytest.fixture(scope="module")
def board() -> Board:
    return board_of(60)


def shown(view: View) -> str:
    """What a view shows, if Slack would take it."""
    document = view.to_dict()
    assert check_view(document) == []
    assert len(json.dumps(document)) < LARGEST
    return json.dumps([block for block in document["blocks"] if block["type"] == "rich_text"])


def pages(first: View) -> int:
    """Of how many pages the view says it is."""
    said = re.search(r"Page 2 of (\d+)", json.dumps(first.to_dict()))
    assert said
    return int(said[1])


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"Note(\d+)\.", text)}


def test_every_note_is_on_a_page_of_the_form_and_among_what_can_be_chosen(board: Board) -> None:
    first = group(Grouping(board))
    every = [shown(group(Grouping(board, page))) for page in range(pages(first))]
    assert numbers("".join(every)) == set(range(500))
    notes = next(block for block in first.to_dict()["blocks"] if block.get("block_id") == "notes_0")
    options = [option for each in notes["element"]["option_groups"] for option in each["options"]]
    assert numbers(json.dumps([option["text"]["text"] for option in options])) == set(range(500))
    assert len({option["value"] for option in options}) == 500
    # A page that is not there any more is the last there is.
    assert shown(group(Grouping(board, 1000))) == every[-1]


def test_the_longest_notes_make_more_pages_and_no_larger_ones() -> None:
    longest = board_of(500)
    last = pages(group(Grouping(longest))) - 1
    assert last > 25
    for page in (0, last):
        shown(group(Grouping(longest, page)))
    for message in listing(longest, {}):
        blocks = message.documents()
        assert check_message({"channel": "C1", "text": message.text, "blocks": blocks}) == []


def test_every_topic_can_be_voted_for_and_merged(board: Board) -> None:
    ballot = Ballot(board, {1: 1}, budget=10, remaining=9, cap=3)
    first = vote(Voting(ballot, may_merge=True))
    said = [json.dumps(vote(Voting(ballot, may_merge=True, page=n)).to_dict()) for n in range(pages(first))]
    assert {int(topic) for topic in re.findall(r'"value": "(\d+):\d"', "".join(said))} == set(range(1, 101))
    shown(first)
    shown(merge(board, page=0))


def test_what_is_discussed_is_shown_whole(board: Board) -> None:
    seen = Discussion(
        board, {}, board.topics[0].topic, Outcome([], []), DAY, may_facilitate=True, may_note=True
    )
    text = shown(discuss(seen))
    assert numbers(text) >= {int(note.text[4:].partition(".")[0]) for note in board.topics[0].notes}


def test_the_list_for_the_thread_holds_every_note_of_every_topic(board: Board) -> None:
    messages = listing(board, {})
    for message in messages:
        blocks = message.documents()
        assert check_message({"channel": "C1", "text": message.text, "blocks": blocks}) == []
    there = {int(note.text[4:].partition(".")[0]) for view in board.topics for note in view.notes}
    assert numbers(json.dumps([message.documents() for message in messages])) == there


def test_nothing_is_on_one_page() -> None:
    assert paged([]) == [[]]
