"""Questions go on to somebody else: passed on, taken over, or because the person is not there any more."""

from dataclasses import replace
from datetime import UTC, datetime

from slackapp.playground.slack import Message, Person
from tests.support.world import LAUNCH, World, pressable

#: 30 days after Monday 7 September 2026, at half past nine in Stockholm.
FIRST_MORNING = datetime(2026, 10, 7, 7, 30, tzinfo=UTC)


async def final_question(world: World, backup: Person | None = None) -> Message:
    if backup:
        await world.launch(checkpoints=["30"], backup=backup)
    else:
        await world.launch(checkpoints=["30"])
    await world.turn_to(FIRST_MORNING)
    return world.asked(world.mara)[-1]


async def choose_instead(world: World, person: Person, message: Message, to: Person) -> dict[str, str]:
    """Press Ask someone else and name somebody; returns what is said at the field."""
    await person.press("Ask someone else", message)
    await person.modal()
    person.fill("person", to)
    errors = await person.submit()
    await world.settle()
    return dict(errors)


async def test_the_backup_takes_it_over_and_is_asked_at_once(worlds: World) -> None:
    world = worlds
    await final_question(world, backup=world.jonas)
    shown = await world.jonas.command("/launch", "show L-1", world.team)
    assert shown is not None
    assert await choose_instead(world, world.jonas, shown, world.jonas) == {}
    [asked] = world.asked(world.jonas)
    assert pressable(asked) >= {"Record", "Ask someone else"}
    assert "@Jonas Bell is asked now" in world.slack.messages(world.mara.dm)[-1].shown
    assert "Verdict: moved" in (await world.reply(world.jonas, "44 %")).shown


async def test_only_who_is_in_the_private_channel_can_be_asked_instead(world: World) -> None:
    secret = world.slack.add_channel("secret", [world.mara], private=True)
    await world.mara.command("/launch", "New onboarding", secret)
    await world.mara.modal()
    for name, value in {**LAUNCH, "day": "2026-07-01"}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.settle()
    [question] = world.asked(world.mara)
    sentence = "Jonas Bell is not in this private channel. Invite them there first, or choose a member."
    assert await choose_instead(world, world.mara, question, world.jonas) == {"person": sentence}
    world.slack.join(secret, world.jonas)
    await world.settle()
    assert await world.mara.submit() == {}
    await world.turn(days=1)
    assert len(world.asked(world.jonas)) == 1


async def test_who_is_deactivated_is_asked_no_more_and_the_backup_is(worlds: World) -> None:
    world = worlds
    question = await final_question(world, backup=world.jonas)
    assert "follow_ups.record" in str(question.blocks)
    world.slack.deactivate(world.mara)
    await world.settle()
    [left] = world.asked(world.mara) or world.slack.messages(world.mara.dm)[-1:]
    assert pressable(left) == set()
    await world.turn(days=1)
    assert len(world.asked(world.jonas)) == 1


async def test_a_question_nobody_saw_is_asked_of_the_backup(worlds: World) -> None:
    world = worlds
    world.expected_refusals = {"user_disabled"}
    await world.launch(checkpoints=["30"], owner=world.jonas, backup=world.mara)
    # Slack's news of it were lost.
    workspace = world.slack._slack.workspace
    workspace.save_account(replace(workspace.accounts[world.jonas.id], deleted=True))
    await world.turn(days=32)
    assert [f"{datetime.fromtimestamp(float(m.ts), UTC):%a %d %b}" for m in world.asked(world.mara)] == [
        "Thu 08 Oct"
    ]
    assert "Verdict: moved" in (await world.reply(world.mara, "44 %")).shown


async def test_who_leaves_a_private_channel_reads_no_more_of_it(world: World) -> None:
    secret = world.slack.add_channel("secret", [world.mara, world.jonas], private=True)
    await world.mara.command("/launch", "New onboarding", secret)
    await world.mara.modal()
    await world.open_more(world.mara)
    for name, value in {**LAUNCH, "checkpoints": ["30"], "backup": world.jonas}.items():
        world.mara.fill(name, value)
    assert await world.mara.submit() == {}
    await world.turn_to(FIRST_MORNING)
    [question] = world.asked(world.mara)
    world.slack.leave(secret, world.mara)
    await world.settle()
    message = next(m for m in world.slack.messages(world.mara.dm) if m.ts == question.ts)
    assert message.shown == "You are not asked about this any more."
    assert "none is open" in (await world.reply(world.mara, "44 %")).shown
    await world.turn(days=1)
    assert len(world.asked(world.jonas)) == 1


async def test_an_unclear_reply_put_in_other_words_is_an_answer(worlds: World) -> None:
    world = worlds
    await final_question(world)
    said = await world.mara.say(world.mara.dm, "about half?")
    await world.settle()
    unclear = world.slack.messages(world.mara.dm)[-1]
    assert "Verdict" not in unclear.shown
    await world.mara.edit(said, "44 %")
    await world.settle()
    answer = world.slack.messages(world.mara.dm)[-1]
    assert answer.ts == unclear.ts
    assert "Verdict: moved" in answer.shown


async def test_words_that_answered_nothing_may_be_mended_once_something_is_asked(world: World) -> None:
    said = await world.mara.say(world.mara.dm, "43 %")
    await world.settle()
    assert "none is open" in world.slack.messages(world.mara.dm)[-1].shown
    await final_question(world)
    await world.mara.edit(said, "44 %")
    await world.settle()
    assert [m.shown for m in world.slack.messages(world.mara.dm) if "Verdict: moved" in m.shown]
