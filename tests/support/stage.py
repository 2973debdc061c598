"""A stage: one world with launches in every state, on which anybody tries anything and leaves no trace."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from slack_sdk.models.blocks import InteractiveElement, Option, PlainTextObject, StaticSelectElement

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import queries as follow_up_queries
from slackapp.features.follow_ups import service as follow_ups
from slackapp.features.follow_ups.rules import KIND, Beside, Given
from slackapp.features.launches.rules import METRIC_KIND, OUT_KIND
from slackapp.features.metrics.rules import parse_quantity
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import ToChannel
from slackapp.playground.slack import Channel, Message, Person, View, events, payloads
from slackapp.playground.slack.replies import acknowledged
from slackapp.playground.slack.surface import Surface
from slackapp.slack.blocks import button
from tests.support.recorded import LONG_OUT, recorded
from tests.support.world import World, inhabited

#: In both channels.
INSIDE = ("owner", "backup", "recorder", "admin", "asked", "member", "guest", "stranger")
#: In neither: of the public one they are colleagues all the same.
ELSEWHERE = ("elsewhere-admin", "colleague")

#: What a try may change.
_TABLES = (
    "workspaces",
    "channels",
    "launches",
    "guardrails",
    "launch_people",
    "follow_ups",
    "learnings",
    "prompts",
    "readings",
)


@dataclass(frozen=True)
class Subject:
    """A launch in some state, and what is asked about it."""

    label: str
    title: str
    launch: int
    question: int
    prompt: int


@dataclass(frozen=True)
class Outcome:
    """What came of a try: whether anything is otherwise than before, and all that the person read."""

    changed: bool
    read: str


@dataclass(frozen=True)
class Press:
    """A button or menu pressed, and what is filled in where a modal opens."""

    action: str
    #: Of which launch, and whether the button carries the launch's id, its question's or its prompt's.
    on: str
    of: str
    fields: Mapping[str, object] = field(default_factory=dict)
    #: Of a menu: what is chosen.
    option: str | None = None


@dataclass(frozen=True)
class Type:
    """A command typed: in the channel by those in it, else in the direct message. `{label}`: the launch's."""

    words: str
    on: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """A number written in the direct message, with no other question open than this one."""

    words: str
    on: str


Doing = Press | Type | Reply


@dataclass
class Stage:
    world: World
    people: Mapping[str, Person]
    channels: Mapping[str, Channel]
    #: By channel and state.
    subjects: Mapping[tuple[str, str], Subject]
    #: The app's database seen from beside, and a copy of it as everything stood at the beginning.
    database: sqlite3.Connection
    first: sqlite3.Connection

    async def tries(self, who: str, place: str, doing: Doing) -> Outcome:
        """Let this person do it, and then let everything be as it was."""
        if isinstance(doing, Reply):
            self._ask_only(self.subjects[place, doing.on].prompt)
        before = self.state()
        read = await self.begins(who, place, doing)
        if filled := self.fills(who, doing):
            read += await self.submits(who, filled)
        changed = self.state() != before
        await self.restore()
        return Outcome(changed, read)

    async def begins(self, who: str, place: str, doing: Doing) -> str:
        """The press or the words, and what they read of it; a modal that opens stays open."""
        person, subject = self.people[who], self.subjects[place, doing.on]
        where = self.channels[place] if who in INSIDE else person.dm
        if isinstance(doing, Press):
            message = self.world.hand(person, _element(doing, subject), where=where)
            if doing.option:
                await person.choose(doing.action, doing.option, message)
            else:
                await person.press(doing.action, message)
        elif isinstance(doing, Type):
            await person.command("/launch", doing.words.format(label=subject.label), where)
        else:
            await person.say(person.dm, doing.words)
        return await self._reads(person)

    def fills(self, who: str, doing: Doing) -> View | None:
        """Fill in the modal, if one is open: what is to be submitted."""
        person = self.people[who]
        if person.top is None or isinstance(doing, Reply) or not doing.fields:
            return None
        for name, value in doing.fields.items():
            if name in {block["block_id"] for block in person.top.blocks}:
                person.fill(name, self.people[value] if value in INSIDE else value)
        return person.top

    async def submits(self, who: str, view: View) -> str:
        """Submit it, whatever became of the person meanwhile, and what they read of that."""
        wrong = await self.people[who]._submit(view)
        return "\n".join([*wrong.values(), await self._reads(self.people[who])])

    async def too_late(self, who: str, place: str, doing: Doing) -> str:
        """The same from a screen that still shows it, whatever became of the person meanwhile."""
        slack, person, where = self.world.slack._slack, self.people[who], self.channels[place]
        subject = self.subjects[place, doing.on]
        if isinstance(doing, Type):
            words = doing.words.format(label=subject.label)
            payload = payloads.command_payload(slack, person.id, where, "/launch", words)
            ack = await slack.delivery.ask("slash_commands", "/launch", payload)
            acknowledged(slack, person.id, where.id, ack.body)
        elif isinstance(doing, Press):
            surface = Surface(
                slack, person.id, self.world.hand(person, _element(doing, subject), where=where)
            )
            [pressed] = surface.placed
            options = pressed.element.get("options")
            details = {"selected_option": options[0]} if options else {"value": pressed.element["value"]}
            await surface.act(pressed, details)
        else:
            said = Message(slack.workspace.stamps.mint(), person.dm.id, person.id, doing.words)
            events.message_posted(slack, slack.workspace.save_message(said))
        return await self._reads(person)

    async def restore(self) -> None:
        """Everybody where they were, with nothing before them, and every row as it was."""
        for person in self.people.values():
            person.reload()
        await self.world.slack.quiet()
        await self.world.app.frame.finish()
        self.first.backup(self.database)

    async def set_active(self, who: str, *, active: bool) -> None:
        """Deactivate somebody, or take that back, which no admin of Slack's does so easily."""
        slack, person = self.world.slack._slack, self.people[who]
        slack.workspace.save_account(replace(person.account, deleted=not active))
        events.user_changed(slack, person.id, new=False)
        await self.world.slack.quiet()

    def state(self) -> dict[str, list[Any]]:
        return {
            table: self.database.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608 - ours
            for table in _TABLES
        }

    def _ask_only(self, prompt_id: int) -> None:
        """A bare reply answers the one question that is open."""
        self.database.execute("UPDATE prompts SET state = 'done' WHERE id != ?", (prompt_id,))
        self.database.commit()

    async def _reads(self, person: Person) -> str:
        """All that only this person sees now."""
        await self.world.slack.quiet()
        await self.world.app.frame.finish()
        screen = self.world.slack._slack.screens.of(person.id)
        seen = [view.shown for view in screen.modals]
        seen += [message.shown for message in screen.whispers.values() if message.text != "An older screen"]
        return "\n".join(seen)


def _element(doing: Press, subject: Subject) -> InteractiveElement:
    value = str({"launch": subject.launch, "question": subject.question, "prompt": subject.prompt}[doing.of])
    if doing.option is None:
        return button(doing.action, doing.action, value)
    return menu(doing.action, f"{value}:1", doing.option)


def menu(action_id: str, value: str, label: str) -> StaticSelectElement:
    """A menu with one choice."""
    return StaticSelectElement(
        action_id=action_id, options=[Option(value=value, text=PlainTextObject(text=label))]
    )


@asynccontextmanager
async def set_up(folder: Path, template: Path, clock: TurnedClock) -> AsyncIterator[Stage]:
    """Mara records for others in two channels, one private; what is asked was passed on to somebody."""
    path = folder / "stage.db"
    shutil.copy(template, path)
    async with inhabited(f"sqlite+aiosqlite:///{path}", clock) as world:
        with closing(sqlite3.connect(path)) as database, closing(sqlite3.connect(":memory:")) as first:
            yield await _set_up(world, database, first)
        assert world.slack.troubles == []


async def _set_up(world: World, database: sqlite3.Connection, first: sqlite3.Connection) -> Stage:
    stage = _people(world, database, first)
    for place in stage.channels:
        await stage.people["recorder"].command("/launch", "help", stage.channels[place])
    for who in (*INSIDE, *ELSEWHERE):
        person = stage.people[who]
        await person.command("/launch", "help", stage.channels["public"] if who in INSIDE else None)
    # Somebody of another organisation has no commands here; by what they press they are known.
    await world.press(
        stage.people["stranger"], "Old", world.hand(stage.people["stranger"], button("old", "Old"))
    )
    subjects: dict[tuple[str, str], Subject] = {}
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        for place in stage.channels:
            for state in ("planned", "open", "channel", "answered", "unnamed"):
                subjects[place, state] = await _recorded(tx, stage, place, state)
    stage.subjects = subjects
    await world.settle()
    # At most three are asked on one morning.
    await world.turn(days=4)
    for person in stage.people.values():
        person.reload()
    database.backup(first)
    return stage


def _people(world: World, database: sqlite3.Connection, first: sqlite3.Connection) -> Stage:
    slack = world.slack
    people = {
        "owner": world.mara,
        "backup": world.jonas,
        "elsewhere-admin": world.ines,
        "recorder": slack.add_person("Rosa Vega"),
        "admin": slack.add_person("Ada Stone", admin=True),
        "asked": slack.add_person("Aki Mori"),
        "member": slack.add_person("Max Berg"),
        "guest": slack.add_person("Gil Reyes", guest=True),
        "stranger": slack.add_person("Sol Park", stranger=True),
        "colleague": slack.add_person("Cleo Hart"),
    }
    inside = [people[who] for who in INSIDE]
    channels = {
        "private": slack.add_channel("board", inside, private=True),
        "public": slack.add_channel("growth", inside),
    }
    return Stage(world, people, channels, {}, database, first)


async def _recorded(tx: Tx, stage: Stage, place: str, state: str) -> Subject:
    """A launch in this state; whatever is asked about it is asked of the one it was passed on to."""
    ids = {who: person.id for who, person in stage.people.items()}
    title = f"Secret {place} {state}"
    values = {"title": title, "owner": ids["owner"], "backup": ids["backup"], "day": LONG_OUT}
    if state == "planned":
        values["day"] = "2026-09-08"
    if state == "unnamed":
        values |= {"metric": "", "from_to": ""}
    launch = await recorded(tx, by=ids["recorder"], channel=stage.channels[place].id, **values)
    final = await follow_up_queries.final_of_launch(tx, launch.id)
    kind = {"planned": OUT_KIND, "unnamed": METRIC_KIND}.get(state, KIND)
    about = final.id if kind == KIND and final else launch.id
    prompt = await find(tx, kind, about)
    assert prompt is not None
    await prompts.pass_on(tx, ids["owner"], prompt.id, ids["asked"])
    if state == "channel" and final:
        await follow_ups.ask_channel(tx, ToChannel(KIND, final.id))
    if state == "answered" and final:
        learned = Beside(learning=f"What {title} taught")
        given = Given(parse_quantity("44 %"), tx.now.date(), beside=learned)
        await follow_ups.record(tx, ids["asked"], final.id, given)
    return Subject(launch.label, title, launch.id, final.id if final else 0, prompt.id)
