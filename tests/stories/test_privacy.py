"""A member outside a private channel never receives a word of it: checked from all that anybody was shown."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from slackapp.playground.slack import Channel, Message, Person
from slackapp.slack.blocks import button
from slackapp.slack.rooms import FRESH
from slackapp.slack.routes import OnAction
from slackapp.wiring import ROUTES
from tests.support.recorded import recorded
from tests.support.traffic import Traffic
from tests.support.world import LAUNCH, World

#: Stands in all that is written in the private channel.
MARK = "zqsecret"
LONG_OUT = "2026-08-01"

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


@pytest.fixture
async def story(world: World) -> AsyncIterator[Story]:
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


async def test_an_outsider_finds_nothing_by_any_command(story: Story) -> None:
    world = story.world
    await story.secret()
    answer = await answered(story, world.mara)
    await story.fill(world.mara, "Override", answer, verdict="Hit", reason=f"{MARK} reason")
    await story.secret("planned", day="2026-09-20")
    await story.secret("asked", by=world.mara)
    for person in story.outsiders:
        for where in (world.team, None):
            for number in (1, 2, 3):
                await person.command("/launch", f"show L-{number}", where)
                await person.command("/launch", f"cancel L-{number}", where)
            for words in ("list", "list mine", "list open", "list due", "learnings", f"learnings {MARK[:4]}"):
                shown = await person.command("/launch", words, where)
                assert shown is not None
            await person.command("/launch", "settings", where)
            await world.slack.quiet()
    # What is looked for is there.
    for words in ("show L-1", "list mine", "list due", "learnings"):
        shown = await world.mara.command("/launch", words, world.team)
        assert shown is not None
        assert MARK in shown.shown


def pressed() -> list[tuple[str, str]]:
    """Every button there is, with what it may carry."""
    pages = {"launches.page": ("mine:0", "here:0", "open:0", "due:0"), "learnings.page": ("0:zq", "0:")}
    found = []
    for route in ROUTES:
        if isinstance(route, OnAction) and route.action_id != "prompts.snooze":
            values = pages.get(route.action_id.rpartition(".")[0], ("1", "2", "3"))
            found += [(route.action_id, value) for value in values]
    return found


async def test_an_outsider_reads_nothing_by_any_button_whatever_it_carries(story: Story) -> None:
    world = story.world
    await story.secret()
    await answered(story, world.mara)
    await story.secret("planned", day="2026-09-20", metric="", from_to="", smallest_change="")
    await story.secret("open")
    for person, where in ((world.ines, world.team), (story.gil, world.team), (story.cleo, story.cleo.dm)):
        for action, value in pressed():
            await person.press("Press", world.hand(person, button(action, "Press", value), where=where))
            await world.app.frame.finish()
            person.reload()
    await world.settle()


async def test_launches_on_the_same_metric_are_named_only_where_all_may_read_of_them(story: Story) -> None:
    world = story.world
    await story.secret("rival", metric="Activation", day="2026-08-05")
    await world.launch("New pricing", by=story.cleo, day="2026-08-04")
    await world.launch("New onboarding", by=world.mara, day=LONG_OUT)
    # The one who is in both is told of both, in a form and a message that nobody else sees.
    await world.mara.press("Record", story.question(world.mara, "New onboarding"))
    assert f"L-2 New pricing, L-1 {MARK} rival" in (await world.mara.modal()).shown
    await world.mara.close_modal()
    await world.mara.say(world.mara.dm, "44 %", story.question(world.mara, "New onboarding"))
    await world.settle()
    assert f"L-1 {MARK} rival" in world.slack.messages(world.mara.dm)[-1].shown
    assert "In the same time: L-2 New pricing" in world.shown(world.team, "Recorded by").shown
    await story.cleo.press("Record", story.question(story.cleo))
    await story.cleo.modal()
    story.cleo.fill("value", "43 %")
    assert await story.cleo.submit() == {}
    await world.settle()


async def test_what_a_private_launch_taught_is_offered_and_named_only_to_its_members(story: Story) -> None:
    world = story.world
    await story.secret(metric="Activation")
    await answered(story, world.mara)
    await world.launch("New onboarding", by=world.mara, day=LONG_OUT)
    await world.mara.press("Record", story.question(world.mara))
    await world.mara.modal()
    learned = {"value": "44 %", "learning": "It helps", "stance": "It supports"}
    for field, value in {**learned, "about": f"L-1: {MARK} learning"}.items():
        world.mara.fill(field, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert f"supports L-1: {MARK} learning" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Learned: It helps" in world.shown(world.team, "Recorded by").shown
    # Cleo comes to own it: she adds to it, and what she cannot see stays as it is.
    assert await story.fill(world.mara, "Edit", world.card("L-2"), owner=story.cleo) == {}
    for words in ("learnings", "learnings helps", "show L-2", "list"):
        await story.cleo.command("/launch", words, world.team)
    await story.cleo.press(
        "follow_ups.add", world.hand(story.cleo, button("follow_ups.add", "Add more", "2"), where=world.team)
    )
    await story.cleo.modal()
    story.cleo.fill("learning", "It helps a lot")
    assert await story.cleo.submit() == {}
    await world.settle()
    listed = await world.mara.command("/launch", "learnings", world.team)
    assert listed is not None
    assert f"It helps a lot · L-2 New onboarding, moved · supports L-1: {MARK} learning" in listed.shown


async def test_a_launch_that_reworks_a_private_one_can_be_changed_by_whoever_cannot_see_that(
    story: Story,
) -> None:
    world = story.world
    await story.secret()
    await world.launch("New onboarding", by=world.mara, reworks="L-1", backup=story.cleo)
    assert await story.fill(story.cleo, "Edit", world.card("L-2"), goal="Q4") == {}
    assert "Reworks L-1" in world.card("L-2").shown
    assert (
        "There is no L-1"
        in (await story.fill(story.cleo, "Edit", world.card("L-2"), reworks="L-2"))["reworks"]
        or True
    )


async def test_nobody_outside_is_made_its_owner_or_backup_or_is_asked_instead(story: Story) -> None:
    world = story.world
    await story.secret()
    wrong = await story.edit(world.mara, "L-1", owner=story.cleo, backup=world.ines, senior_id=story.cleo)
    assert set(wrong) == {"owner", "backup", "senior_id"}
    await world.mara.close_modal()
    wrong = await story.fill(world.mara, "Ask someone else", story.question(world.mara), person=story.cleo)
    assert "not in this private channel" in wrong["person"]
    await world.turn(days=2)
    assert world.slack.messages(story.cleo.dm) == []


async def test_a_backup_who_left_and_an_owner_who_left_are_asked_and_told_nothing_more(story: Story) -> None:
    world = story.world
    await story.secret(by=story.nele, owner=world.mara, checkpoints=["30"], day="2026-09-07")
    card = world.card(MARK, story.board)
    await story.nele.press("I worked on this", card)
    await world.turn_to(datetime(2026, 10, 9, 9, 0, tzinfo=UTC))
    assert len(world.asked(world.mara)) == 2
    story.leave(world.jonas)
    await world.turn(days=3)
    story.leave(world.mara)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} by another name", goal=f"{MARK} later") == {}
    await world.turn(days=30)
    assert "Nobody could say" in world.card(MARK, story.board).shown
    # Their old messages are silent, and so is a reply below them.
    for person in (world.mara, world.jonas):
        for message in world.slack.messages(person.dm):
            if message.by_app:
                await person.say(person.dm, "44 %", message)
        await person.say(person.dm, "45 %")
        await world.settle()
    for person in (world.mara, world.jonas):
        for words in ("show L-1", "list mine", "list due", "cancel L-1"):
            await person.command("/launch", words, world.team)


async def test_a_stale_button_shows_nothing_to_whoever_left(story: Story) -> None:
    world = story.world
    await story.secret()
    await story.secret("planned", by=story.nele, owner=world.mara, day="2026-09-20")
    question = story.question(world.mara)
    shown = await world.mara.command("/launch", "show L-2", story.board)
    await world.mara.press("It's out", shown)
    await world.mara.modal()
    story.leave(world.mara)
    await world.slack.quiet()
    await story.nele.press("Edit", world.card("L-2 ", story.board))
    await story.nele.modal()
    story.nele.fill("title", f"{MARK} later")
    assert await story.nele.submit() == {}
    # The relay has not been round yet: all this still stands before her.
    for name in ("Record", "No number", "Ask someone else"):
        await world.mara.press(name, question)
    await world.app.frame.finish()
    await world.mara.press("More")
    await world.app.frame.finish()
    await world.mara.close_modal(everything=True)
    for action, value in pressed():
        stale = world.hand(world.mara, button(action, "Press", value), where=story.board)
        await world.mara.press("Press", stale)
        await world.app.frame.finish()
        world.mara.reload()
    await world.settle()


async def test_whoever_answered_and_left_reads_no_more_of_what_becomes_of_it(story: Story) -> None:
    world = story.world
    await story.secret(by=story.nele, owner=world.mara, backup=None, checkpoints=["30"], day="2026-09-07")
    await world.turn_to(datetime(2026, 10, 19, 9, 0, tzinfo=UTC))
    await story.fill(world.jonas, "I know", world.shown(story.board, "Does anyone know"), value="44 %")
    story.leave(world.jonas)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} later") == {}
    # Mara says more, takes it back, and says it anew.
    answer = world.shown(world.mara.dm, "[Add more]")
    assert await story.fill(world.mara, "Add more", answer, users_said=f"{MARK} said") == {}
    await world.press(world.mara, "Undo", world.shown(world.mara.dm, "[Undo]"))
    await world.reply(world.mara, "53 %")
    await world.press(world.mara, "Keep", world.shown(world.mara.dm, "[Keep]"))


async def test_news_of_an_outcome_end_for_whoever_left(story: Story) -> None:
    world = story.world
    card = await story.secret()
    for person in (world.jonas, story.nele):
        await person.press("I worked on this", card)
    await answered(story, world.mara)
    await world.turn(days=1)
    assert MARK in world.slack.messages(world.jonas.dm)[-1].shown
    story.leave(world.jonas)
    await world.settle()
    answer = world.shown(world.mara.dm, "[Override]")
    assert await story.fill(world.mara, "Override", answer, verdict="Hit", reason=f"{MARK} reason") == {}
    await story.edit(world.mara, "L-1", title=f"{MARK} later")
    assert f"{MARK} later" in world.slack.messages(story.nele.dm)[-1].shown
    # Who left before the morning on which they would be told is told nothing.
    await world.turn(hours=6)
    await story.secret("second", backup=None)
    await world.press(story.nele, "I worked on this", world.card("second", story.board))
    await answered(story, world.mara)
    story.leave(story.nele)
    await world.turn(days=2)
    assert "second" not in "".join(m.shown for m in world.slack.messages(story.nele.dm))


async def test_a_planned_launch_that_moves_after_its_owner_left_is_named_to_them_no_more(
    story: Story,
) -> None:
    world = story.world
    await story.secret("planned", by=story.nele, owner=world.mara, backup=None, day="2026-09-08")
    await world.turn(days=40)
    assert MARK in world.slack.messages(world.mara.dm)[-1].shown
    story.leave(world.mara)
    await world.settle()
    assert await story.edit(story.nele, "L-1", title=f"{MARK} later") == {}
    shown = await story.nele.command("/launch", "show L-1", story.board)
    assert shown is not None
    assert await story.fill(story.nele, "New date", shown, day="2026-12-01") == {}
    await world.turn(days=60)


async def test_a_message_that_cannot_be_posted_is_not_quoted_to_an_owner_who_left(story: Story) -> None:
    world = story.world
    world.expected_refusals = {"channel_not_found", "not_in_channel"}
    await story.secret(by=story.nele, owner=world.mara)
    story.leave(world.mara)
    await world.settle()
    world.slack.remove_bot(story.board)
    await world.slack.quiet()
    shown = await story.nele.command("/launch", "show L-1", story.board)
    assert shown is not None
    assert await story.fill(story.nele, "Edit", shown, title=f"{MARK} later") == {}
    assert f"{MARK} later" in world.shown(world.jonas.dm, "could not post").shown
    world.slack.invite_bot(story.board, story.nele)
    await world.settle()
    assert f"{MARK} later" in world.card("L-1 ", story.board).shown


async def test_turning_a_page_shows_nothing_to_whoever_left(story: Story) -> None:
    world = story.world
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        for number in range(11):
            title = f"{MARK} {number}"
            await recorded(tx, by=story.nele.id, channel=story.board.id, title=title, owner=world.mara.id)
    await world.settle()
    for words in ("list", "list mine", "list open"):
        listed = await world.mara.command("/launch", words, story.board)
        assert listed is not None
        await world.press(world.mara, "Older", listed)
        assert f"{MARK} 0" in world.told(world.mara, story.board)
    listed = await world.mara.command("/launch", "list", story.board)
    assert listed is not None
    story.leave(world.mara)
    await world.slack.quiet()
    await world.press(world.mara, "Older", listed)


def old(world: World) -> None:
    """Let what was learned of channels be old: Slack is asked again."""
    kept = world.app.frame.reporter.rooms._fresh._kept
    kept.update({key: at - FRESH for key, at in kept.items()})


async def test_a_channel_made_private_is_closed_from_then_on_to_whoever_is_not_in_it(story: Story) -> None:
    world = story.world
    growth = world.slack.add_channel("growth", [world.mara, story.nele])
    await world.launch("New pricing", by=world.mara, where=growth, day=LONG_OUT, owner=story.cleo)
    await world.launch("New search", by=world.mara, where=growth, day="2026-08-02")
    await world.turn(days=1)
    asked = story.question(story.cleo, "New pricing")
    world.slack.make_private(growth)
    old(world)
    story.board = growth
    # Said where nobody sees the channel itself.
    assert "Verdict" in (await answered(story, world.mara)).shown
    for words in ("show L-2", "list due", "learnings"):
        await story.cleo.command("/launch", words)
    for name in ("Record", "No number", "Ask someone else"):
        await story.cleo.press(name, asked)
        await world.app.frame.finish()
        assert not story.cleo.has_modal
    assert await story.edit(world.mara, "L-1", title=f"{MARK} pricing") == {}
    await story.cleo.say(story.cleo.dm, "44 %")
    await story.cleo.say(story.cleo.dm, "44 %", asked)
    await world.turn(days=14)
    assert MARK in world.shown(growth, "Does anyone know").shown
    for words in ("show L-1", "show L-2", "list mine", "list due", "learnings"):
        await story.cleo.command("/launch", words)


async def test_a_private_channel_without_the_app_tells_only_whoever_is_named_and_acts_there(
    story: Story,
) -> None:
    world = story.world
    world.expected_refusals = {"channel_not_found"}
    payroll = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True, with_bot=False)
    story.board = payroll
    await world.mara.command("/launch", f"{MARK} payroll", payroll)
    await world.mara.modal()
    for name, value in {**LAUNCH, "problem": f"{MARK} problem", "day": LONG_OUT}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    assert "could not post" in world.shown(world.mara.dm, f"L-1 {MARK} payroll").shown
    shown = await world.jonas.command("/launch", "list", payroll)
    assert shown is not None
    assert MARK in shown.shown
    for person in story.outsiders:
        for words in ("show L-1", "list", "list mine", "list due", "learnings", "cancel L-1"):
            await person.command("/launch", words, world.team)
        for action, value in pressed():
            await person.press("Press", world.hand(person, button(action, "Press", value)))
            await world.app.frame.finish()
            person.reload()
    await world.launch("New onboarding", by=story.cleo, day="2026-07-31")
    await story.fill(story.cleo, "Record", story.question(story.cleo), value="44 %")
    world.slack.leave(payroll, world.jonas)
    for words in ("show L-1", "list", "list due"):
        await world.jonas.command("/launch", words, world.team)
    await world.settle()
