"""Planned launches: asked on their day whether they are out, moved, dropped, and out at last."""

from slackapp.playground.slack import Message, Person
from tests.support.world import World, pressable

#: A Thursday.
DAY = "2026-09-10"


async def planned(
    world: World, *, metric: str = "", from_to: str = "", backup: Person | None = None
) -> Message:
    """A launch planned for Thursday, of which little but the first three inputs is known."""
    fields: dict[str, object] = {"metric": metric, "from_to": from_to, "day": DAY}
    if backup:
        fields["backup"] = backup
    return await world.launch("New onboarding", by=None, where=None, **fields)


def is_it_out(world: World, person: Person) -> list[Message]:
    return [m for m in world.slack.messages(person.dm) if "Is New onboarding out?" in m.shown]


async def test_a_planned_launch_needs_three_inputs_and_its_card_says_so(world: World) -> None:
    card = await planned(world)
    assert "Planned for 10 Sep 2026" in card.shown
    assert "Out since" not in card.shown
    assert "Fixed:" not in card.shown
    answer = await world.mara.command("/launch", "list open", world.team)
    assert answer is not None
    assert "planned for 10 Sep 2026" in answer.shown


async def test_on_its_morning_the_owner_is_asked_and_saying_so_starts_the_checkpoints(worlds: World) -> None:
    world = worlds
    await planned(world)
    await world.turn(days=2)
    assert is_it_out(world, world.mara) == []
    await world.turn(days=1)
    [asked] = is_it_out(world, world.mara)
    assert pressable(asked) >= {"It's out", "New date", "Dropped", "Ask someone else"}

    await world.mara.press("It's out", asked)
    form = await world.mara.modal()
    assert "New teams give up" in form.shown
    world.mara.fill("metric", "Activation")
    world.mara.fill("from_to", "40 % → 50 %")
    assert await world.mara.submit() == {}
    await world.settle()
    card = world.shown(world.team, "L-1")
    assert "Out since 10 Sep 2026" in card.shown
    assert "Fixed: 40 % → 50 %" in card.shown
    [answered] = [m for m in world.slack.messages(world.mara.dm) if "is out since" in m.shown]
    assert pressable(answered) == set()
    await world.turn(days=7)
    assert "an early look, after 7 days" in world.question(world.mara).shown


async def test_it_slips_as_often_as_it_does_and_the_card_counts(world: World) -> None:
    await planned(world)
    await world.turn(days=3)
    for day, times in (("2026-09-15", "moved once"), ("2026-09-22", "moved twice")):
        asked = is_it_out(world, world.mara)[-1]
        await world.mara.press("New date", asked)
        await world.mara.modal()
        world.mara.fill("day", day)
        assert await world.mara.submit() == {}
        await world.settle()
        card = world.shown(world.team, "L-1").shown
        assert "first planned for 10 Sep 2026" in card
        assert times in card
        assert pressable(is_it_out(world, world.mara)[-1]) == set()
        await world.turn(days=5 if day == "2026-09-15" else 7)
    assert len(is_it_out(world, world.mara)) == 3


async def test_a_new_date_that_has_passed_is_said_at_its_field(world: World) -> None:
    await planned(world)
    await world.turn(days=3)
    await world.mara.press("New date", is_it_out(world, world.mara)[-1])
    await world.mara.modal()
    for day, words in (
        ("2026-09-10", "still to come"),
        ("2026-09-01", "still to come"),
        ("2029-01-01", "two years"),
    ):
        world.mara.fill("day", day)
        assert words in (await world.mara.submit())["day"]
    assert "Planned for 10 Sep 2026" in world.shown(world.team, "L-1").shown


async def test_dropped_is_cancelled_and_nobody_is_asked_again(world: World) -> None:
    await planned(world)
    await world.turn(days=3)
    await world.press(world.mara, "Dropped", is_it_out(world, world.mara)[-1])
    assert "Cancelled by @Mara Lind" in world.shown(world.team, "L-1").shown
    said = len(world.slack.messages(world.mara.dm))
    await world.turn(days=60)
    assert len(world.slack.messages(world.mara.dm)) == said


async def test_a_reply_in_words_is_enough_if_it_is_a_plain_yes(world: World) -> None:
    await planned(world, metric="Activation", from_to="40 % → 50 %")
    await world.turn(days=3)
    answer = await world.reply(world.mara, "not yet, Tuesday maybe")
    assert "Press It's out, New date or Dropped" in answer.shown
    assert "Planned for" in world.shown(world.team, "L-1").shown
    answer = await world.reply(world.mara, "Yes, it\N{RIGHT SINGLE QUOTATION MARK}s live.")
    assert "is out since 10 Sep 2026" in answer.shown
    assert "Out since 10 Sep 2026" in world.shown(world.team, "L-1").shown


async def test_silence_is_met_with_a_reminder_and_the_backup_and_never_the_channel(world: World) -> None:
    await planned(world, backup=world.jonas)
    await world.turn(days=5)
    assert len(is_it_out(world, world.mara)) == 1
    await world.turn(days=2)  # Monday: two working days after Thursday
    assert len(is_it_out(world, world.mara)) == 2
    await world.turn(days=4)
    assert len(is_it_out(world, world.jonas)) == 1
    await world.turn(days=40)
    assert len(world.slack.messages(world.mara.dm)) == 2
    assert len(world.slack.messages(world.jonas.dm)) == 1
    assert [m for m in world.slack.messages(world.team) if "anyone" in m.shown] == []
    assert "Planned for 10 Sep 2026" in world.shown(world.team, "L-1").shown


async def test_of_two_who_say_it_is_out_the_second_learns_that_it_is(world: World) -> None:
    await planned(world, backup=world.jonas)
    await world.turn(days=3)
    await world.mara.press("It's out", is_it_out(world, world.mara)[-1])
    await world.mara.modal()
    shown = await world.jonas.command("/launch", "show L-1", world.team)
    await world.jonas.press("It's out", shown)
    await world.jonas.modal()
    assert await world.jonas.submit() == {}
    await world.settle()
    errors = await world.mara.submit()
    assert "L-1 is out since 10 Sep 2026." in "".join(errors.values())


async def test_an_edit_to_a_day_that_has_come_lets_it_out(world: World) -> None:
    await planned(world, metric="Activation", from_to="40 % → 50 %")
    await world.mara.press("Edit", world.shown(world.team, "L-1"))
    await world.mara.modal()
    world.mara.fill("day", "2026-09-07")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "Out since 7 Sep 2026" in world.shown(world.team, "L-1").shown
    await world.turn(days=5)
    assert is_it_out(world, world.mara) == []


async def test_an_edit_on_its_day_or_later_is_no_word_that_it_is_out(world: World) -> None:
    await planned(world, metric="Activation", from_to="40 % → 50 %")
    await world.turn(days=5)
    await world.mara.press("Edit", world.shown(world.team, "L-1"))
    await world.mara.modal()
    world.mara.fill("problem", "They leave")
    assert await world.mara.submit() == {}
    await world.settle()
    card = world.shown(world.team, "L-1").shown
    assert "Planned for 10 Sep 2026" in card
    assert "They leave" in card
    assert "moved" not in card
    assert "It's out" in pressable(is_it_out(world, world.mara)[-1])


async def test_dropped_below_what_the_command_showed_is_answered_there(world: World) -> None:
    await planned(world)
    shown = await world.mara.command("/launch", "show L-1", world.team)
    assert shown is not None
    await world.press(world.mara, "Dropped", shown)
    assert "is cancelled" in world.told(world.mara, world.team)
