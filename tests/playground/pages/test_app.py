"""The pages over HTTP: what stands at an address, what an act comes to, and who may ask at all."""

import asyncio
import json

import aiohttp
import pytest

from slackapp.playground.pages.rendering import STATIC, STYLES
from slackapp.playground.slack import Channel
from tests.playground.pages.conftest import Playground


def sentence(text: str) -> str:
    """What a refused act says."""
    return str(json.loads(text)["error"])


async def say(playground: Playground, text: str, **more: str) -> tuple[int, str]:
    fields = {"channel": playground.team.id, "text": text, **more}
    answer = await playground.post(f"/as/{playground.mara.id}/say", fields)
    return answer.status, answer.text


# What stands where


async def test_scripts_and_styles_are_asked_for_anew(playground: Playground) -> None:
    first = await playground.get("/static/page.js")
    assert (first.status, first.headers["cache-control"]) == (200, "no-cache")
    again = await playground.get("/static/page.js", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.headers["cache-control"]) == (304, "no-cache")


def test_every_style_is_linked_once() -> None:
    assert sorted(STYLES) == sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))


async def test_a_newcomer_lands_as_the_first_person_in_their_teams_channel(playground: Playground) -> None:
    slack = playground.world.slack
    slack.add_channel("general", [playground.mara, playground.jonas, playground.ines])
    slack.add_channel("a-few", [playground.mara], with_bot=False)
    answer = await playground.get("/")
    assert answer.status == 303
    assert answer.headers["location"] == f"/as/{playground.mara.id}/{playground.team.id}"
    page = await playground.get(answer.headers["location"])
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert "#team-onboarding · Mara Lind · Ferrybridge" in page.text
    assert "A stand-in for Slack on this machine" in page.text


@pytest.mark.parametrize(
    "path", ["/as/U0/C0", "/as/{mara}/C0", "/as/{mara}/{board}", "/as/{mara}/{jonas_dm}", "/nowhere"]
)
async def test_what_is_not_there_is_said_so_in_a_sentence(playground: Playground, path: str) -> None:
    board = playground.world.slack.add_channel("board", [playground.jonas], private=True)
    known = {"mara": playground.mara.id, "board": board.id, "jonas_dm": playground.jonas.dm.id}
    answer = await playground.get(path.format(**known))
    assert answer.status == 404
    assert "Back to the workspace" in answer.text
    assert "board" not in answer.text


async def test_a_thread_that_is_gone_is_not_there(playground: Playground) -> None:
    at = f"/as/{playground.mara.id}/{playground.team.id}?thread="
    for ts in ("1.000000", "nonsense", "%F0%9F%9A%80"):
        assert (await playground.get(at + ts)).status == 404


async def test_only_the_newest_hundred_are_shown_until_more_are_asked_for(playground: Playground) -> None:
    for number in range(130):
        await playground.jonas.say(playground.team, f"line {number}.")
    at = f"/as/{playground.mara.id}/{playground.team.id}"
    page = (await playground.get(at)).text
    assert ("line 29." in page, "line 30." in page, "30 more above" in page) == (False, True, True)
    assert "line 0." in (await playground.get(f"{at}?last=200")).text
    for odd in ("-1", "²", "9" * 4000, "x"):
        assert (await playground.get(f"{at}?last={odd}&new={odd}")).status == 200


async def test_the_line_above_what_is_new_stays_where_it_was_while_one_reads(playground: Playground) -> None:
    seen = await playground.jonas.say(playground.team, "seen")
    at = f"/as/{playground.mara.id}/{playground.team.id}"
    assert "p-divider--new" not in (await playground.get(at)).text
    playground.mara.mark_read(playground.team, seen.ts)
    new = await playground.jonas.say(playground.team, "new")
    playground.mara.mark_read(playground.team, new.ts)
    assert "p-divider--new" not in (await playground.get(at)).text
    page = (await playground.get(f"{at}?new={seen.ts}")).text
    assert page.index("p-divider--new") > page.index(f'id="m-{seen.ts}"')


async def test_a_deleted_parent_a_broadcast_and_a_whisper_say_what_they_are(playground: Playground) -> None:
    parent = await playground.jonas.say(playground.team, "This one goes")
    await playground.mara.say(playground.team, "a reply", parent)
    await playground.jonas.delete(parent)
    root = await playground.jonas.say(playground.team, "The root of it")
    told = {"channel": playground.team.id, "thread_ts": root.ts, "reply_broadcast": True, "text": "Told all"}
    await playground.call("chat.postMessage", told)
    await playground.mara.command("/launch", "help", playground.team)
    page = (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text
    assert "This message was deleted." in page
    assert page.count("1 reply") == 2
    assert "The root of it</a>" in page
    assert page.count("Told all") == 1
    assert "Only visible to you" in page
    assert (
        "Only visible to you"
        not in (await playground.get(f"/as/{playground.jonas.id}/{playground.team.id}")).text
    )


async def test_an_archived_channel_can_be_read_and_not_written_in(playground: Playground) -> None:
    await playground.jonas.say(playground.team, "The last word")
    playground.world.slack.archive(playground.team)
    page = (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text
    assert "The last word" in page
    assert "is archived" in page
    assert "data-composer" not in page
    assert await say(playground, "One more") == (409, '{"error":"#team-onboarding is archived"}')


async def test_the_history_that_is_being_made_says_how_far_it_is(playground: Playground) -> None:
    at = f"/as/{playground.mara.id}/{playground.team.id}"
    playground.world.has_come(3, 26, "Week 3")
    assert 'value="3" max="26"' in (await playground.get(at)).text
    playground.world.is_made("The history could not be made: <out of luck>.")
    assert "&lt;out of luck&gt;" in (await playground.get(at)).text
    playground.world.is_made()
    assert "p-progress" not in (await playground.get(at)).text


async def test_the_gallery_shows_every_sample(playground: Playground) -> None:
    page = await playground.get("/gallery")
    assert page.status == 200
    assert "rich-text" in page.text


# What an act comes to


async def test_what_is_written_arrives_and_is_read_by_who_wrote_it(playground: Playground) -> None:
    assert await say(playground, "Good morning, @Jonas Bell") == (200, "{}")
    assert (
        playground.world.slack.messages(playground.team)[0].text == f"Good morning, <@{playground.jonas.id}>"
    )
    assert (playground.mara.unread(playground.team), playground.jonas.unread(playground.team)) == (0, 1)


async def test_what_cannot_be_done_comes_back_as_a_sentence(playground: Playground) -> None:
    parent = await playground.jonas.say(playground.team, "Hello")
    for text, more, why in (
        ("  ", {}, "There is nothing to send yet"),
        ("/nonsense", {}, "/nonsense is not a valid command"),
        ("/launch x", {"thread": parent.ts}, "/launch is not supported in threads"),
    ):
        status, answer = await say(playground, text, **more)
        assert (status, sentence(answer)) == (409, why)
    outside = await playground.post(
        f"/as/{playground.ines.id}/say", {"channel": playground.team.id, "text": "Hello"}
    )
    assert (outside.status, sentence(outside.text)) == (409, "Ines Okafor is not in #team-onboarding")


async def test_nobody_changes_what_somebody_else_wrote(playground: Playground) -> None:
    said = await playground.jonas.say(playground.team, "Mine")
    named = {"channel": playground.team.id, "ts": said.ts, "text": "Yours"}
    for verb in ("edit", "delete"):
        answer = await playground.post(f"/as/{playground.mara.id}/{verb}", named)
        assert (answer.status, sentence(answer.text)) == (409, "Only its author can change a message")
    assert (await playground.post(f"/as/{playground.jonas.id}/edit", named)).status == 200
    assert playground.world.slack.messages(playground.team)[0].text == "Yours"


async def test_one_reacts_and_takes_it_back(playground: Playground) -> None:
    said = await playground.jonas.say(playground.team, "Out!")
    named = {"channel": playground.team.id, "ts": said.ts, "name": "tada"}
    for there in ([playground.mara.id], []):
        assert (await playground.post(f"/as/{playground.mara.id}/react", named)).status == 200
        reactions = playground.world.slack.messages(playground.team)[0].reactions
        assert [user for reaction in reactions for user in reaction["users"]] == there


async def test_one_joins_and_leaves(playground: Playground) -> None:
    def inside(channel: Channel) -> bool:
        return playground.ines.id in playground.world.slack.channel(channel.id).members

    named = {"channel": playground.team.id}
    for verb, then in (("join", True), ("leave", False)):
        assert (await playground.post(f"/as/{playground.ines.id}/{verb}", named)).status == 200
        assert inside(playground.team) is then
    again = await playground.post(f"/as/{playground.ines.id}/leave", named)
    assert (again.status, sentence(again.text)) == (409, "Ines Okafor is not in #team-onboarding")


async def test_a_body_that_is_no_form_of_ours_is_refused(playground: Playground) -> None:
    at = f"{playground.url}/as/{playground.mara.id}/say"
    site = {"Sec-Fetch-Site": "same-origin"}
    async with aiohttp.ClientSession() as http:
        for body, status in (
            (b"text=%ff", 400),
            (b"\xff\xfe", 400),
            (b"a=1&" * 2000, 400),
            (b"a" * 1_000_001, 413),
        ):
            async with http.post(at, data=body, headers=site) as answer:
                assert answer.status == status
                assert "error" in await answer.json()


# What keeps a page fresh


async def test_a_stream_tells_of_changes_together_and_ends_with_the_server(playground: Playground) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{playground.url}/live") as stream:
        assert stream.content_type == "text/event-stream"

        async def told() -> int:
            while True:
                line = (await stream.content.readline()).decode()
                if line.startswith("data: "):
                    return int(line.removeprefix("data: "))

        first = await told()
        assert first == playground.world.slack.changes.count
        for number in range(50):
            await playground.jonas.say(playground.team, f"line {number}")
        seen = [await told()]
        while seen[-1] != playground.world.slack.changes.count:
            seen.append(await asyncio.wait_for(told(), 60))
        assert len(seen) < 10


async def test_while_the_history_is_made_a_stream_tells_how_far_it_is_and_seldom_of_all_else(
    playground: Playground,
) -> None:
    world = playground.world
    world.has_come(0, 3, "Week 1")
    async with aiohttp.ClientSession() as http, http.get(f"{playground.url}/live") as stream:
        told = list[str]()

        async def read_on_until(said: str) -> None:
            while not told or told[-1] != said:
                told.append((await asyncio.wait_for(stream.content.readline(), 60)).decode().strip())

        await read_on_until(f"data: {world.slack.changes.count}")
        for number in (1, 2):
            world.has_come(number, 3, f"Week {number + 1}")
            await read_on_until(f'data: {{"done": {number}, "of": 3, "what": "Week {number + 1}"}}')
            assert told[-2] == "event: progress"
        world.is_made()
        await read_on_until(f"data: {world.slack.changes.count}")
    assert len([line for line in told if line.removeprefix("data: ").isdigit()]) == len(["first", "last"])
