"""A private channel and the people outside of it, and the proof that none of them was shown a word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slackapp.playground.slack import Channel, Message, Person
from slackapp.slack.routes import OnAction
from slackapp.wiring import ROUTES
from tests.support.traffic import Traffic
from tests.support.world import World

#: Stands in all that is written in the private channel.
MARK = "zqsecret"
LONG_OUT = "2026-08-01"
#: What `pressed` leaves out unless it is asked for.
ASIDE = ("discovery.", "polls.")

#: Every field of the form in which something can be written.
SECRET = {
    "problem": f"{MARK} problem",
    "audience": f"{MARK} audience",
    "metric": f"{MARK} metric",
    "outcomes": f"{MARK} outcomes",
    "link": f"https://{MARK}.example.com",
    "because": f"{MARK} because",
    "guardrails": f"{MARK} churn: 3 %, under 3.5 %",
    "systems": f"{MARK} system",
    "goal": f"{MARK} goal",
    "expected_value": f"{MARK} value",
    "kind": "Technical",
    "unlocks": f"{MARK} unlocks",
}


@dataclass
class Story:
    """Mara, Jonas and Nele are in #board, which is private. Ines (admin), Cleo and Gil (guest) are not."""

    world: World
    board: Channel
    traffic: Traffic
    nele: Person
    cleo: Person
    gil: Person

    @property
    def outsiders(self) -> list[Person]:
        return [self.world.ines, self.cleo, self.gil]

    async def secret(self, title: str = "launch", by: Person | None = None, **fields: object) -> Message:
        """Recorded in the private channel, with the mark in every field."""
        values = {**SECRET, "backup": self.world.jonas, "day": LONG_OUT, **fields}
        return await self.world.launch(f"{MARK} {title}", by=by, where=self.board, **values)

    async def log(self, by: Person, **fields: object) -> None:
        """Log discovery in the private channel, with the mark in it."""
        await by.command("/discovery", "log", self.board)
        await by.modal()
        said = {"kind": "User interview", "present": ["Product"], "note": f"{MARK} came of it", **fields}
        for field, value in said.items():
            by.fill(field, value)
        assert await by.submit() == {}
        await self.world.settle()

    async def poll(self, by: Person) -> None:
        """Ask everybody in the private channel something, with the mark in it, and answer it."""
        await by.command("/discovery", f"poll {MARK} poll?", self.board)
        await by.modal()
        assert await by.submit() == {}
        await self.world.settle()
        await self.world.press(by, "Yes", self.world.shown(self.board, f"{MARK} poll?"))

    async def edit(self, by: Person, label: str, **fields: object) -> dict[str, str]:
        await by.command("/launch", f"show {label}", self.board)
        shown = [m for m in by.reads(self.board) if m.ephemeral][-1]
        return await self.fill(by, "Edit", shown, **fields)

    async def fill(self, by: Person, name: str, message: Message, **fields: object) -> dict[str, str]:
        """Press a button, fill in the modal, and submit it."""
        await by.press(name, message)
        await by.modal()
        for field, value in fields.items():
            by.fill(field, value)
        wrong = await by.submit()
        await self.world.settle()
        return wrong

    def question(self, of: Person, words: str = "") -> Message:
        return self.world.question(of, words)

    def leave(self, person: Person) -> None:
        self.world.slack.leave(self.board, person)


@asynccontextmanager
async def private_board(world: World) -> AsyncIterator[Story]:
    """Whatever happens in it: the mark is shown to nobody outside, and goes nowhere else."""
    slack = world.slack
    nele, cleo = slack.add_person("Nele Voss", tz="Europe/Berlin"), slack.add_person("Cleo Hart")
    gil = slack.add_person("Gil Reyes", guest=True)
    board = slack.add_channel("board", [world.mara, world.jonas, nele], private=True)
    for person in (world.ines, cleo, gil, nele):
        slack.join(world.team, person)
    story = Story(world, board, Traffic(slack), nele, cleo, gil)
    yield story
    assert story.traffic.leaks(MARK, board) == []
    assert story.traffic.strays(MARK) == []
    for person in story.outsiders:
        assert MARK not in "\n".join(m.shown for c in (world.team, person.dm) for m in person.reads(c))


async def answered(story: Story, by: Person, number: str = "44 %") -> Message:
    """Answer through the form, with the mark in all that is said beside."""
    said = {
        "value": number,
        "else_changed": f"{MARK} else",
        "users_said": f"{MARK} users",
        "learning": f"{MARK} learning",
    }
    assert await story.fill(by, "Record", story.question(by), **said) == {}
    return story.world.slack.messages(by.dm)[-1]


def pressed(*begins: str) -> list[tuple[str, str]]:
    """Every button there is whose id begins so, with what it may carry.

    Without a word all but discovery's and polls', which have a test of their own.
    """
    pages = {
        "launches.page": ("mine:0", "here:0", "open:0", "due:0"),
        "learnings.page": ("0:zq", "0:"),
        "polls.answer": ("1:0", "1:1"),
    }
    ids = [route.action_id for route in ROUTES if isinstance(route, OnAction)]
    of_ours = [each for each in ids if each.startswith(begins or ASIDE) == bool(begins)]
    found = []
    for action in of_ours:
        usual = ("1",) if action.startswith("polls.") else ("1", "2", "3")
        if action != "prompts.snooze":
            found += [(action, value) for value in pages.get(action.rpartition(".")[0], usual)]
    return found
