"""Whatever is sent to the pages, they answer with a page or a sentence, never with a failure of their own."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from starlette.routing import Route

from slackapp.playground.pages.app import pages
from slackapp.playground.slack import Person
from tests.playground.pages.conftest import Playground

FIELDS = (
    *("channel", "ts", "view", "block", "action", "value", "type", "thread", "text", "name", "callback_id"),
    *("typed", "confirm", "everything", "by", "do", "step", "whole"),
)
QUERY = ("thread", "last", "new", "edit", "words", "page", "refused")
JUNK = (
    *("", "\x00", "²", "-1", "9" * 400, "null", "[]", "{}", '"x"', '"\\ud83d"', "NaN", "1e999", "[[1]]"),
    *("\u2028", "\u202e", "😀", "%00", "../..", "\r\nSet-Cookie: x=y", "<script>", "javascript:x", "<@U1>"),
    *("[" * 2_000, "x" * 5_000, "<!date^99999999999999999^{date}|x>", "2026-02-30", "0001-01-01T00:00"),
)
KINDS = (
    *("button", "plain_text_input", "number_input", "rich_text_input", "datepicker", "datetimepicker"),
    *("static_select", "multi_users_select", "external_select", "checkboxes", "file_input", "overflow"),
)


def known(playground: Playground) -> dict[str, tuple[str, ...]]:
    """What is there, by the field that names it."""
    mara, slack = playground.mara, playground.world.slack
    return {
        "channel": (playground.team.id, mara.dm.id, playground.jonas.dm.id),
        "ts": tuple(message.ts for message in slack.messages(playground.team)),
        "view": tuple(view.id for view in (mara.top, mara.home) if view is not None),
        "block": ("title", "day", "metric"),
        "action": ("value",),
        "type": KINDS,
        "callback_id": tuple(slack.manifest.shortcuts),
    }


def routes(playground: Playground, method: str) -> Iterator[str]:
    """The addresses below `/as/{user}` that take it, with everything in them but who it is."""
    for route in pages(playground.world).routes:
        if isinstance(route, Route) and method in (route.methods or ()) and "{user}" in route.path:
            for channel, number in product((playground.team.id, "C0"), ("1", "9" * 20)):
                yield route.path.replace("{channel}", channel).replace("{number:int}", number)


async def prepared(playground: Playground) -> Person:
    """Somebody with something to act on: a message, a modal, App Home."""
    await playground.mara.say(playground.team, "Out today")
    await playground.mara.open_home()
    await playground.mara.command("/launch", "New onboarding", playground.team)
    await playground.mara.modal()
    return playground.mara


async def calm(playground: Playground) -> None:
    """Until nothing is under way any more."""
    world = playground.world
    world.faults.switch("")
    world.turning.halt()
    await world.slack.until(lambda: not world.turning.under_way)
    await world.turning.settle()


@pytest.mark.parametrize("seed", range(2))
async def test_no_form_makes_the_server_fail(playground: Playground, seed: int) -> None:
    chance, mara = Random(seed), await prepared(playground)  # noqa: S311 - no key
    paths = sorted({path.replace("{user}", mara.id) for path in routes(playground, "POST")})
    assert len(paths) > 15
    for path in paths * 6:
        real = known(playground)
        fields = {
            name: chance.choice(real[name] if real.get(name) and chance.random() < 0.7 else JUNK)
            for name in chance.sample(FIELDS, chance.randint(1, len(FIELDS)))
        }
        answer = await playground.post(path, fields)
        assert answer.status < 500, (path, fields)
    assert (await playground.get(f"/as/{mara.id}/{playground.team.id}")).status == 200
    await calm(playground)


async def test_no_address_makes_the_server_fail(playground: Playground) -> None:
    chance, mara = Random(0), await prepared(playground)  # noqa: S311 - no key
    for path in sorted(set(routes(playground, "GET"))):
        for user in (mara.id, "U0", "%00", "%ff"):
            asked = "&".join(
                f"{name}={chance.choice(('%ff', '%00', '9' * 400, '²', '[', '-1'))}" for name in QUERY
            )
            answer = await playground.get(f"{path.replace('{user}', user)}?{asked}")
            assert answer.status < 500, (path, asked)
            assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/"],
)
async def test_only_what_is_served_is_served(playground: Playground, path: str) -> None:
    answer = await playground.get(path)
    assert answer.status in (404, 405)
    assert "Starlette" not in answer.text
    assert "content-security-policy" in answer.headers
