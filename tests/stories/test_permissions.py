"""Who may do what: everybody tries everything, by real payloads, on launches in every state."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from slackapp.core.clock import TurnedClock
from slackapp.features.launches.rules import ALLOWED, Action, Role, may
from tests.conftest import START
from tests.support.stage import Doing, Press, Reply, Stage, Type, set_up

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = ("private", "public")

#: x: may. o: may where the channel is public. -: may not.
#: All but the last four are in the channel; those elsewhere are in neither channel.
TABLE = """
                  owner backup recorder admin asked member  elsewhere-admin colleague  guest stranger
show                x     x       x       x     x     x           o             o        -      -
list                x     x       x       x     x     x           -             -        -      -
list mine           x     -       x       -     -     -           -             -        -      -
list due            x     x       x       x     x     x           o             o        -      -
details             x     x       x       x     x     x           o             o        -      -
learnings           x     x       x       x     x     x           o             o        -      -
edit                x     x       x       x     -     -           o             -        -      -
cancel              x     x       x       x     -     -           o             -        -      -
it's out            x     x       x       x     x     -           o             -        -      -
new date            x     x       x       x     x     -           o             -        -      -
dropped             x     x       x       x     x     -           o             -        -      -
put off whether     x     x       -       -     x     -           -             -        -      -
pass on whether     x     x       -       -     x     -           -             -        -      -
record              x     x       -       -     x     -           -             -        -      -
no number           x     x       -       -     x     -           -             -        -      -
reply               -     -       -       -     x     -           -             -        -      -
name a metric       x     x       -       -     x     -           -             -        -      -
no metric           x     x       -       -     x     -           -             -        -      -
snooze              x     x       -       -     x     -           -             -        -      -
pass on             x     x       -       -     x     -           -             -        -      -
undo                x     x       -       -     x     -           -             -        -      -
decide              x     x       -       -     x     -           -             -        -      -
changes next        x     x       -       -     x     -           -             -        -      -
add more            x     x       -       -     x     -           -             -        -      -
override            x     -       -       -     -     -           -             -        -      -
worked on it        x     x       x       x     x     x           o             o        -      -
before the spec     x     x       x       x     x     x           o             o        -      -
channel settings    x     x       x       x     x     x           -             -        -      -
workspace settings  -     -       -       x     -     -           x             -        -      -
I know              x     x       x       x     x     x           o             o        x      x
Nobody does         x     x       x       x     x     x           o             o        x      x
"""

ANSWER = {"value": "44 %"}

DOINGS: dict[str, Doing] = {
    "show": Type("show {label}", "open"),
    "list": Type("list", "open"),
    "list mine": Type("list mine", "open"),
    "list due": Type("list due", "open"),
    "details": Press("launches.details", "open", "launch"),
    "learnings": Type("learnings", "answered"),
    "edit": Press("launches.edit", "open", "launch", {"goal": "Q4"}),
    "cancel": Press("launches.cancel", "open", "launch"),
    "it's out": Press("launches.is_out", "planned", "launch", {"goal": "Q4"}),
    "new date": Press("launches.new_date", "planned", "launch", {"day": "2026-10-01"}),
    "dropped": Press("launches.drop", "planned", "launch"),
    "put off whether": Press("prompts.snooze", "planned", "prompt", option="1 day"),
    "pass on whether": Press("prompts.pass_on", "planned", "prompt", {"person": "member"}),
    "record": Press("follow_ups.record", "open", "question", ANSWER),
    "no number": Press("follow_ups.no_number", "open", "question", {"reason": "The data is missing"}),
    "reply": Reply("44 %", "open"),
    "name a metric": Press("launches.name_metric", "unnamed", "launch", {"metric": "Activation"}),
    "no metric": Press("launches.no_metric", "unnamed", "launch"),
    "snooze": Press("prompts.snooze", "open", "prompt", option="1 day"),
    "pass on": Press("prompts.pass_on", "open", "prompt", {"person": "member"}),
    "undo": Press("follow_ups.undo", "answered", "question"),
    "decide": Press("follow_ups.decide.keep", "answered", "question"),
    "changes next": Press("follow_ups.changes_next.yes", "answered", "question"),
    "add more": Press("follow_ups.add", "answered", "question", {"users_said": "They like it"}),
    "override": Press("follow_ups.override", "answered", "question", {"verdict": "Hit", "reason": "It did"}),
    "worked on it": Press("launches.worked", "open", "launch"),
    "before the spec": Press("launches.before_spec", "open", "launch"),
    "channel settings": Type("settings", "open", {"channel_country": "SE"}),
    "workspace settings": Type("settings", "open", {"workspace_country": "SE"}),
    "I know": Press("follow_ups.record", "channel", "question", ANSWER),
    "Nobody does": Press("follow_ups.nobody_knows", "channel", "question"),
}
#: What is read, where nothing changes.
READINGS = {"show", "list", "list mine", "list due", "details", "learnings"}

#: What `rules.ALLOWED` calls it.
ACTIONS = {
    "show": Action.SEE,
    "details": Action.SEE,
    "edit": Action.EDIT,
    "cancel": Action.CANCEL,
    **dict.fromkeys(("it's out", "new date", "dropped"), Action.RELEASE),
    **dict.fromkeys(("record", "no number", "name a metric", "no metric"), Action.ANSWER),
    **dict.fromkeys(("undo", "decide", "changes next", "add more"), Action.ANSWER),
    **dict.fromkeys(("put off whether", "snooze"), Action.SNOOZE),
    **dict.fromkeys(("pass on whether", "pass on"), Action.PASS_ON),
    "override": Action.OVERRIDE,
    **dict.fromkeys(("worked on it", "before the spec"), Action.TAKE_PART),
}
ROLES = {
    "owner": Role.OWNER,
    "backup": Role.BACKUP,
    "recorder": Role.RECORDER,
    "admin": Role.ADMIN,
    "asked": Role.ASKED,
    "member": Role.MEMBER,
}


def written() -> dict[str, dict[str, str]]:
    """The table: what is done, and the mark of each who may or may not."""
    head, *rows = TABLE.strip().splitlines()
    who = head.split()
    return {row[:20].strip(): dict(zip(who, row[20:].split(), strict=True)) for row in rows}


WHO_MAY = written()


def allowed(name: str, place: str) -> set[str]:
    marks = {"x"} if place == "private" else {"x", "o"}
    return {who for who, mark in WHO_MAY[name].items() if mark in marks}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> AsyncIterator[Stage]:
    async with set_up(tmp_path_factory.mktemp("stage"), sqlite_template, TurnedClock(START)) as stage:
        yield stage


async def could(stage: Stage, who: str, name: str, place: str) -> bool:
    """Whether this person did it, or read it. Whoever could not is told so, and reads nothing of it."""
    doing = DOINGS[name]
    outcome = await stage.tries(who, place, doing)
    title = stage.subjects[place, doing.on].title
    if name in READINGS:
        assert not outcome.changed
        assert outcome.read
        return title in outcome.read
    if not outcome.changed and name != "reply":
        assert outcome.read, f"{who} pressed {name} and was told nothing"
    if who not in allowed("show", place) and not outcome.changed:
        assert title not in outcome.read
    return outcome.changed


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", DOINGS)
async def test_exactly_those_may_whom_the_table_names(stage: Stage, name: str, place: str) -> None:
    assert {who for who in WHO_MAY[name] if await could(stage, who, name, place)} == allowed(name, place)


@pytest.mark.parametrize("name", sorted(ACTIONS))
async def test_the_table_says_what_the_rules_say(name: str) -> None:
    action = ACTIONS[name]
    ruled = {who for who, role in ROLES.items() if may(action, frozenset({Role.MEMBER, role}))}
    assert ruled == allowed(name, "private") & set(ROLES)
    assert not may(action, frozenset())


async def test_every_rule_has_its_place_in_the_table() -> None:
    assert set(ACTIONS.values()) == set(ALLOWED)
    assert set(WHO_MAY) == set(DOINGS)
    for name in ("I know", "Nobody does"):
        assert may(Action.ANSWER, frozenset({Role.CHANNEL})) == ("x" in WHO_MAY[name]["guest"])


@asynccontextmanager
async def left(stage: Stage, who: str, place: str) -> AsyncIterator[None]:
    """Outside of the private channel while the block runs."""
    stage.world.slack.leave(stage.channels[place], stage.people[who])
    await stage.world.slack.quiet()
    try:
        yield
    finally:
        stage.world.slack.join(stage.channels[place], stage.people[who])
        await stage.restore()


@asynccontextmanager
async def deactivated(stage: Stage, who: str, place: str) -> AsyncIterator[None]:
    """The account gone while the block runs."""
    del place
    await stage.set_active(who, active=False)
    try:
        yield
    finally:
        await stage.set_active(who, active=True)
        await stage.restore()


Gone = Callable[[Stage, str, str], AbstractAsyncContextManager[None]]


async def still_could(stage: Stage, who: str, name: str, place: str, gone: Gone) -> set[str]:
    """What somebody could do once they were gone: in a modal from before, and from an older screen."""
    doing = DOINGS[name]
    title = stage.subjects[place, doing.on].title
    could = set()
    filled = None
    if getattr(doing, "fields", None):
        await stage.begins(who, place, doing)
        filled = stage.fills(who, doing)
    async with gone(stage, who, place):
        before = stage.state()
        if filled:
            await stage.submits(who, filled)
            could |= {f"{who} submitted"} if stage.state() != before else set()
            stage.people[who].reload()
        read = await stage.too_late(who, place, doing)
        could |= {f"{who} pressed"} if stage.state() != before else set()
        could |= {f"{who} read"} if title in read else set()
    return could


@pytest.mark.parametrize("name", [name for name in DOINGS if name != "workspace settings"])
async def test_whoever_left_the_private_channel_does_nothing_more(stage: Stage, name: str) -> None:
    for who in sorted(allowed(name, "private")):
        assert await still_could(stage, who, name, "private", left) == set()


@pytest.mark.parametrize("name", DOINGS)
async def test_whoever_was_deactivated_does_nothing_more(stage: Stage, name: str) -> None:
    for who in sorted(allowed(name, "public")):
        assert await still_could(stage, who, name, "public", deactivated) == set()
