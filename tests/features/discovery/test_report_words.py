"""What a report says, word for word."""

from datetime import date, timedelta
from decimal import Decimal

from slackapp.core.proportions import Proportion
from slackapp.features.discovery.blocks import report as blocks
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import Level, Opinion
from slackapp.features.discovery.rules.report import Asked, Done, EarlyClick, LeftOut, Records, Shipped
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.rules import Function
from slackapp.slack.charts import Chart
from tests.support.launched import read
from tests.support.reports import TODAY, reported

ENGINEERING, PRODUCT, DESIGN = Function.ENGINEERING, Function.PRODUCT, Function.DESIGN
HIT, MOVED, FLAT, REGRESSED = Verdict.HIT, Verdict.MOVED, Verdict.FLAT, Verdict.REGRESSED


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def with_engineer(verdict: Verdict | None, days_late: int | None) -> Shipped:
    return Shipped(ago(10), verdict, days_late, is_early=True, has_early_engineer=True)


#: A quarter of a team.
QUARTER = Records(
    since=ago(200),
    asked=[
        Asked(
            ago(7 + 14 * number),
            {
                ENGINEERING: Proportion(min(number, 4), 4),
                PRODUCT: Proportion(2, 2),
                DESIGN: Proportion(number % 2, 1),
                None: Proportion(0, 1),
            },
        )
        for number in range(6)
    ],
    done=[
        Done(
            ago(3),
            [PRODUCT, ENGINEERING],
            [Contributed.CHEAPER, Contributed.CONSTRAINT],
            Decimal("2.5"),
        ),
        Done(ago(31), [PRODUCT, DESIGN], []),
        Done(ago(50), [ENGINEERING], [Contributed.SCOPE, Contributed.CONSTRAINT], Decimal(4)),
    ],
    clicks=[EarlyClick(ago(9), ENGINEERING), EarlyClick(ago(9), PRODUCT), EarlyClick(ago(2), None)],
    shipped=[
        with_engineer(HIT, 0),
        with_engineer(MOVED, 2),
        with_engineer(HIT, 1),
        with_engineer(MOVED, -1),
        with_engineer(FLAT, 6),
        Shipped(ago(20), FLAT, 9),
        Shipped(ago(21), REGRESSED, 14),
        Shipped(ago(22), None, 4, is_early=True),
        Shipped(ago(23), Verdict.UNMEASURED),
    ],
    opinions=[
        Opinion("trust", Level(ago(9), 6, mean=Decimal("4.17")), Level(ago(39), 5, mean=Decimal("3.6"))),
        Opinion("morale", Level(ago(9), 7, yes=Proportion(5, 7)), None),
    ],
    left_out=LeftOut(withheld=2, without_function=1),
)


def test_a_quarter() -> None:
    lines = [
        "Discovery in #team-onboarding, the last 90 days (10 Jun 2026 to 7 Sep 2026)",
        "Who takes part",
        (
            "- Said that they took part, over 6 rounds: Engineering 14 of 24 (58 %), "
            "Product 12 of 12 (100 %), Design 3 of 6 (50 %), others 0 of 6 (0 %)"
        ),
        "- There in 3 logged activities: Engineering 2, Product 2, Design 1",
        "- Were in before a spec: Engineering 1, Product 1, function not known 1",
        "Others: of functions of which fewer than three answered in a round, or that are not known.",
        "Function not known: people say theirs in /launch settings.",
        "How early",
        "- At least one engineer in discovery: 8 of 13 weeks",
        "- Somebody in before the spec: 6 of 9 launches (67 %)",
        "- An engineer among them: 5 of 9 launches (56 %)",
        "What engineering brought",
        "- 2 constraints found, 1 cheaper alternative found, scope flagged once",
        "- Weeks saved: 6.5 in all, as people put it (n = 2)",
        "Launches with an engineer in before the spec, and without",
        "- Hit or moved: 80 % with (43 to 96 %, n = 5), not enough yet without (2 of 5)",
        "- Against the day first planned: 1 day late with (n = 5), 9 days late without (n = 3); medians",
        "- Out by that day: 40 % with (14 to 73 %, n = 5), not enough yet without (3 of 5)",
        "After a share: its 90 % interval (Wilson). Association, not proof.",
        "How people see it",
        "- Trust: 4.2 of 5 (n = 6), 3.6 of 5 (n = 5) before",
        "- Morale: 71 % yes (n = 7)",
        (
            "Not in these numbers: 2 anonymous rounds that too few answered, "
            "1 round that asked who took part without counting by function."
        ),
        "[Last 30 days] [Last 180 days] [Send me this as a chart] [Post here]",
    ]
    assert read(blocks.report(reported(QUARTER)).blocks) == lines


def test_the_first_week() -> None:
    shipped = [Shipped(ago(1), HIT, 0), Shipped(ago(1), FLAT)]
    records = Records(since=ago(4), clicks=[EarlyClick(ago(1), None)], shipped=shipped)
    assert read(blocks.report(reported(records, 30)).blocks) == [
        "Discovery in #team-onboarding, the last 30 days (9 Aug 2026 to 7 Sep 2026)",
        "Who takes part",
        "- No closed poll asked who took part: /discovery poll does",
        "- Were in before a spec: function not known 1",
        "Function not known: people say theirs in /launch settings.",
        "How early",
        "- At least one engineer in discovery: 0 of 2 weeks, since the first record here",
        "- Somebody in before the spec: 0 of 2 launches",
        "- An engineer among them: 0 of 2 launches",
        "Launches with an engineer in before the spec, and without",
        "- Hit or moved: not enough yet (0 with, 2 without; it needs 5 of one)",
        "- Against the day first planned: not enough yet (0 with, 1 without; it needs 3 of one)",
        "[Last 90 days] [Last 180 days] [Post here]",
    ]


def test_a_team_too_small_to_be_counted_by_function_is_told_so() -> None:
    records = Records(since=ago(20), asked=[Asked(ago(9), {None: Proportion(3, 4)})])
    lines = read(blocks.report(reported(records)).blocks)
    assert lines[2:4] == [
        "- Said that they took part, over 1 round: 3 of 4",
        "Not by function: in no round did three of one function answer.",
    ]


def test_nothing_is_compared_without_saying_what_it_is_not() -> None:
    shipped = [Shipped(ago(1), None, 3) for _ in range(3)]
    lines = read(blocks.report(reported(Records(shipped=shipped))).blocks)
    assert lines[-3:-1] == [
        "- Against the day first planned: not enough yet with (0 of 3), 3 days late without (n = 3); medians",
        "Association, not proof.",
    ]


def test_nothing_yet() -> None:
    whisper = blocks.report(reported(Records(), 180))
    assert read(whisper.blocks) == [
        "Discovery in #team-onboarding, the last 180 days (12 Mar 2026 to 7 Sep 2026)",
        "Nothing is recorded here for these days. It begins with one of these:",
        "- I was in before the spec, on the card of a launch you were early in: one click.",
        "- /discovery log: an interview, a support review, a deep dive, and who was there.",
        "- /discovery poll: who took part, asked every two weeks, counted by function.",
        "[Last 30 days] [Last 90 days]",
    ]


def test_what_is_posted_says_who_asked_and_stands_without_its_charts_too() -> None:
    message = blocks.posted(reported(QUARTER), "U1")
    words = [block for block in message.blocks if not isinstance(block, Chart)]
    assert message.fallback == words
    assert read(words)[-1] == "Asked for by @Mara."
    assert len(message.blocks) == len(words) + 2


def test_charts_show_the_latest_twenty_weeks_and_functions_of_which_enough_answered() -> None:
    weeks, functions = blocks.chart(reported(QUARTER, 180)).documents()[:2]
    assert weeks["title"] == "Times an engineer was in discovery, last 20 weeks"
    labels = weeks["chart"]["axis_config"]["categories"]
    assert (len(labels), labels[-2:]) == (20, ["31 Aug", "7 Sep"])
    assert functions["chart"]["axis_config"]["categories"] == [
        "Engineering (24)",
        "Product (12)",
        "Design (6)",
    ]
