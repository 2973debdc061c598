"""Recording a launch: the form, what it asks back, and what the channel sees."""

from slackapp.playground.slack import Message
from tests.support.world import LAUNCH, World

MORE = [
    *["owner", "backup", "channel"],
    *["direction", "unit", "smallest_change", "checkpoints", "evidence", "guardrails"],
    *["kind", "unlocks", "felt_by", "systems", "estimated_weeks", "significant", "reworks", "rework_reason"],
    *["because", "goal", "bottleneck", "expected_value", "idea_of", "senior_id", "senior_before_spec"],
]


def cards(world: World) -> list[Message]:
    return [m for m in world.slack.messages(world.team) if m.shown.startswith("L-")]


async def open_form(world: World, title: str = "New onboarding", **fields: object) -> None:
    """The form as Mara has filled it in, not submitted yet."""
    await world.mara.command("/launch", title, world.team)
    await world.mara.modal()
    for name, value in {**LAUNCH, **fields}.items():
        world.mara.fill(name, value)


def inputs(world: World) -> list[str]:
    assert world.mara.top is not None
    return [block["block_id"] for block in world.mara.top.blocks if block["type"] == "input"]


async def test_the_form_asks_the_eight_questions_in_their_order(world: World) -> None:
    await world.mara.command("/launch", "", world.team)
    view = await world.mara.modal()
    labels = [block["label"]["text"] for block in view.blocks if block["type"] == "input"]
    assert labels == [
        "What shipped?",
        "What user problem are we solving with this feature?",
        "For whom?",
        "How will this feature impact our key business metrics?",
        "From → to",
        "What are the desired outcomes for our users?",
        "Where do you look the number up?",
        "Day",
    ]
    optional = [block.get("optional", False) for block in view.blocks if block["type"] == "input"]
    assert optional == [False, False, False, True, True, True, True, False]


async def test_more_redraws_the_form_in_place_and_keeps_what_was_typed(world: World) -> None:
    await open_form(world, outcomes="They stay", day="2026-09-03")
    before = await world.mara.modal()
    await world.open_more(world.mara)
    after = await world.mara.modal()
    assert (after.id, inputs(world)[8:]) == (before.id, MORE)
    for words in ("New onboarding", LAUNCH["problem"], "40 % → 50 %", "They stay", "2026-09-03", "Mara Lind"):
        assert str(words) in after.shown


async def test_a_double_click_on_more_redraws_once_and_loses_nothing(world: World) -> None:
    world.expected_refusals = {"hash_conflict"}  # Slack's own answer to the second redraw
    await open_form(world)
    await world.mara.press("More", times=2)
    await world.settle()
    assert inputs(world)[8:] == MORE
    assert "40 % → 50 %" in (await world.mara.modal()).shown


async def test_a_refused_form_keeps_everything_typed_also_after_more(world: World) -> None:
    await open_form(world, from_to="forty to fifty", outcomes="They stay")
    assert list(await world.mara.submit()) == ["from_to"]
    await world.open_more(world.mara)
    world.mara.fill("because", "six of eight asked")
    world.mara.fill("smallest_change", "0")
    world.mara.fill("from_to", "40 % → 50 %")
    assert list(await world.mara.submit()) == ["smallest_change"]
    shown = (await world.mara.modal()).shown
    for words in ("New onboarding", LAUNCH["problem"], "40 % → 50 %", "They stay", "six of eight asked"):
        assert str(words) in shown
    world.mara.fill("smallest_change", "4 %")
    assert await world.mara.submit() == {}
    await world.settle()
    assert "under 4 % is no change" in world.shown(world.team, "L-1").shown


async def test_bad_input_is_named_at_its_field_and_nothing_is_recorded(world: World) -> None:
    await open_form(world)
    for name, bad in {
        "title": "x" * 3000,
        "audience": "\u200b",
        "from_to": "1,234 → 5,678",
        "link": "the dashboard",
        "day": "1970-01-01",
    }.items():
        good = world.mara.top.values[name] if world.mara.top else {}
        world.mara.fill(name, bad)
        assert list(await world.mara.submit()) == [name]
        assert bad in (await world.mara.modal()).shown
        world.mara.fill(name, good["value"].get("selected_date", good["value"].get("value")) or "")
    world.mara.fill("day", "2500-01-01")
    assert "next two years" in (await world.mara.submit())["day"]
    await world.settle()
    assert cards(world) == []


async def test_what_cannot_be_judged_is_asked_about_before_it_is_fixed(world: World) -> None:
    await open_form(world)
    await world.open_more(world.mara)
    for name, bad, at, good in (
        ("direction", "It should fall", "direction", "As the numbers say"),
        ("direction", "It should not fall", "smallest_change", "As the numbers say"),
        ("smallest_change", "0", "smallest_change", ""),
        ("smallest_change", "10.5", "smallest_change", ""),
        ("unit", "days", "unit", "%"),
    ):
        world.mara.fill(name, bad)
        assert list(await world.mara.submit()) == [at]
        world.mara.fill(name, good)
    assert await world.mara.submit() == {}


async def test_a_double_click_on_submit_records_one_launch(worlds: World) -> None:
    await open_form(worlds)
    assert await worlds.mara.submit(times=2) == {}
    await worlds.settle()
    assert len(cards(worlds)) == 1
    assert not worlds.mara.has_modal


async def test_a_long_title_typed_after_the_command_is_asked_about_and_not_cut(world: World) -> None:
    title = "A new onboarding for " + "very " * 300 + "patient teams"
    await open_form(world, title)
    assert list(await world.mara.submit()) == ["title"]
    assert title in (await world.mara.modal()).shown


async def test_signs_in_a_title_come_out_as_they_were_typed(world: World) -> None:
    card = await world.launch("Search & <filter> *everything* <!channel>")
    assert card.shown.startswith("L-1 Search & <filter> *everything* <!channel>")


async def test_a_card_without_a_metric_says_that_one_is_asked_for_later(world: World) -> None:
    card = await world.launch(metric="", from_to="")
    assert "will help, and no metric says so yet." in card.shown
    assert "No metric is named yet, so that is asked later." in card.shown
    assert "Fixed" not in card.shown


async def test_all_that_stands_under_more_is_shown_on_the_card_and_in_its_details(world: World) -> None:
    card = await world.launch(
        "A price queue",
        kind="Technical",
        unlocks="price tests",
        felt_by="It makes engineering more comfortable",
        evidence="Staged rollout",
        guardrails="Churn: 3 %, under 3.5 %",
        systems="billing, search",
        estimated_weeks="1.5",
        significant=["This is a significant launch"],
        senior_id=world.jonas,
        senior_before_spec="Yes",
    )
    for words in (
        "A strong case: A price queue unlocks price tests for teams in their first week, seen in Activation.",
        "For engineering's comfort.",
        "How well the numbers can tell: Staged rollout",
        "Guardrail: Churn should stay under 3.5 %; it was 3 %",
    ):
        assert words in card.shown
    await world.mara.press("More", card)
    details = await world.mara.modal()
    for words in (
        "Systems touched: billing, search",
        "Estimated: 1.5 weeks",
        "A significant launch",
        "Senior engineer: @Jonas Bell",
        "A senior engineer saw it before the spec",
    ):
        assert words in details.shown


async def test_a_launch_goes_to_the_channel_that_was_chosen(world: World) -> None:
    growth = world.slack.add_channel("growth", [world.mara])
    await open_form(world)
    await world.open_more(world.mara)
    world.mara.fill("channel", growth)
    assert await world.mara.submit() == {}
    await world.settle()
    assert cards(world) == []
    assert [m.shown.splitlines()[0] for m in world.slack.messages(growth) if m.shown.startswith("L-")] == [
        "L-1 New onboarding"
    ]


async def test_a_guardrail_that_is_not_clear_is_asked_about_and_nothing_is_lost(world: World) -> None:
    await open_form(world)
    await world.open_more(world.mara)
    world.mara.fill("guardrails", "Churn: 3 %, under 3.5 %\nNPS: 40, at least 38")
    world.mara.fill("systems", "billing, search")
    refused = await world.mara.submit()
    assert list(refused) == ["guardrails"]
    assert refused["guardrails"].startswith("“NPS: 40, at least 38”")
    shown = (await world.mara.modal()).shown
    assert "NPS: 40, at least 38" in shown
    assert "billing, search" in shown


async def test_a_card_asks_what_the_sentence_lacks_until_it_is_complete(world: World) -> None:
    lacking = await world.launch("Search")
    assert "Worth an answer in this thread: Because of what?" in lacking.shown
    complete = await world.launch("Filters", because="six of eight asked")
    assert "Worth an answer" not in complete.shown


async def test_the_owner_is_told_in_their_zone_and_anybody_may_be_the_owner(world: World) -> None:
    card = await world.launch(owner=world.ines)
    assert "owner @Ines Okafor" in card.shown
    await world.turn(days=7, hours=2)  # 10:00 in London and 06:00 in New York
    assert world.asked(world.ines) == []
    await world.turn(hours=4)
    assert len(world.asked(world.ines)) == 1
    assert world.asked(world.mara) == []


async def test_an_owner_met_in_a_refused_form_keeps_their_zone(world: World) -> None:
    await open_form(world, from_to="some")
    await world.open_more(world.mara)
    world.mara.fill("owner", world.ines)
    assert list(await world.mara.submit()) == ["from_to"]
    world.mara.fill("from_to", "40 → 50")
    assert await world.mara.submit() == {}
    await world.settle()
    await world.turn(days=7, hours=4)  # 08:00 in New York
    assert world.asked(world.ines) == []


async def test_an_app_cannot_be_the_owner(world: World) -> None:
    robot = world.slack.add_person("Deploy Bot", bot=True)
    await open_form(world)
    await world.open_more(world.mara)
    world.mara.fill("owner", robot)
    assert list(await world.mara.submit()) == ["owner"]


async def test_in_a_direct_message_launch_says_where_to_use_it(world: World) -> None:
    answer = await world.mara.command("/launch", "New onboarding")
    assert answer is not None
    assert "in the channel of the team" in answer.shown
    assert not world.mara.has_modal
