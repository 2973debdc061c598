"""What `/launch` answers: lists, and how a launch stands in a few words."""

import pytest

from slackapp.features.launches.blocks import help_text, listing, shown, status
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Page
from slackapp.features.launches.rules import Asked, LaunchState, read_command
from slackapp.slack.blocks import small
from tests.support.launched import a_launch, a_view, read

COMFORT = {"kind": "technical", "felt_by": "engineering"}


def listed(*launches: Launch) -> list[str]:
    return read(listing(Page(launches, 0, has_more=False), "here").blocks)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({}, "no outcome yet"),
        ({"state": LaunchState.DROPPED}, "cancelled"),
        ({"state": LaunchState.PLANNED}, "not out yet"),
        ({"verdict": "hit"}, "hit"),
        ({"verdict": "hit", "guardrail_loss": True}, "hit, with guardrail loss"),
        ({"verdict": "flat", "override": "moved"}, "moved (computed: flat)"),
        ({"verdict": "flat", "decision": "roll_back"}, "flat, roll back"),
        (
            {"verdict": "flat", "override": "moved", "guardrail_loss": True, "decision": "keep"},
            "moved (computed: flat), with guardrail loss, keep",
        ),
    ],
)
def test_where_a_launch_stands_is_said_in_a_few_words(columns: dict[str, object], says: str) -> None:
    assert status(a_launch(None, **columns)) == says


def test_a_planned_launch_says_for_when() -> None:
    assert "- L-42 New onboarding · planned for 12 Dec 2026 · Activation 40 % → 50 % · not out yet" in listed(
        a_launch({"day": "2026-12-12"})
    )
    assert "planned" not in "\n".join(listed(a_launch()))


def test_work_for_engineerings_comfort_is_listed_apart() -> None:
    lines = listed(a_launch(COMFORT, number=3), a_launch(number=2), a_launch(COMFORT, number=1))
    assert [line[:6].strip(" -") for line in lines[:5]] == ["Launch", "L-2", "For en", "L-3", "L-1"]
    assert lines[2] == "For engineering's comfort"


def test_technical_work_that_users_feel_stands_with_the_others() -> None:
    lines = listed(a_launch({"kind": "technical", "felt_by": "users"}), a_launch({"kind": "technical"}))
    assert "For engineering's comfort" not in lines
    assert "For engineering's comfort" in listed(a_launch(COMFORT))


def test_help_gives_an_example_of_every_command() -> None:
    text = "\n".join(read(help_text().blocks))
    others = frozenset({"learnings"})
    for example, verb in (
        ("/launch New onboarding", "record"),
        ("/launch list", "list"),
        ("/launch list mine", "list"),
        ("/launch show L-42", "show"),
        ("/launch cancel L-42", "cancel"),
        ("/launch learnings onboarding", "subcommand"),
        ("/launch settings", "settings"),
        ("/launch help", "help"),
    ):
        assert example in text
        assert read_command(example.removeprefix("/launch "), others).verb == verb
    assert read_command("learnings onboarding", others) == Asked(
        "subcommand", word="learnings", title="onboarding"
    )


def test_what_can_be_done_now_stands_below_the_launch() -> None:
    whisper = shown(a_view(a_launch()), [], [small("Something to press")])
    assert read(whisper.blocks)[-1] == "Something to press"
    many = shown(a_view(a_launch()), [], [small("x")] * 60)
    assert len(many.blocks) == 50
