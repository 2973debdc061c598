"""The retros of #team-billing."""

from slackapp.playground.history.company import BEA, BILLING, NELL, PRIYA, SAM, TOMAS
from slackapp.playground.history.retro import Ballot, Hand, Retro, Talk, Task

#: Held in one sitting, half an hour in all.
SUMMER = Retro(
    room=BILLING,
    facilitator=PRIYA,
    begins="Wed 8 Jul 15:04",
    form={"pace": "live"},
    hands=(
        Hand(
            PRIYA,
            "Wed 8 Jul 15:06",
            (
                "Wallets got where we hoped, and we had said so before",
                "Family fares took three weeks to explain to one line",
                "A control group ends the talk about the weather",
            ),
        ),
        Hand(
            BEA,
            "Wed 8 Jul 14:07",
            ("The fees held", "Two fare tables were live at once, for a {day|whole day}", ""),
        ),
        Hand(
            NELL,
            "Wed 8 Jul 09:08",
            (
                "A guardrail on fees, and I slept",
                "The fees are in a sheet that only I can open",
                "",
            ),
        ),
        Hand(
            TOMAS,
            "Wed 8 Jul 14:09",
            (
                "Nobody at the pier has asked how it works",
                "I tested with my own phone only",
                "Borrow ten phones next time",
            ),
        ),
    ),
    ballots=(
        Ballot(PRIYA, "Wed 8 Jul 15:12", {"sheet that only I": 2, "Two fare tables": 2}),
        Ballot(BEA, "Wed 8 Jul 14:12", {"Two fare tables": 1, "sheet that only I": 2}),
        Ballot(TOMAS, "Wed 8 Jul 14:13", {"Borrow ten phones": 2, "sheet that only I": 1}),
    ),
    discussed="Wed 8 Jul 15:18",
    talks=(
        Talk(
            "sheet that only I",
            tasks=(Task("Put the fees beside the other numbers", BEA, "2026-07-17"),),
        ),
        Talk(
            "Two fare tables",
            tasks=(Task("Ask two lines whether grandparents are family", SAM, "2026-07-22"),),
            decision="No fare goes live while another one is being changed",
        ),
    ),
    closed="Wed 8 Jul 15:31",
    impact="Commuters pay with what they have in their hand. Families bring the third head.",
)

#: Of how the team works together, so that users do not come into it.
AUTUMN = Retro(
    room=BILLING,
    facilitator=PRIYA,
    begins="Mon 21 Sep 11:05",
    form={
        "template": "Alignment",
        "anonymity": "With names",
        "launches": [],
        "people": [member.name for member in (PRIYA, TOMAS, NELL, BEA)],
    },
    hands=(
        Hand(
            TOMAS,
            "Mon 21 Sep 14:20",
            (
                "We agree on what a fare is, since August",
                "Quiet days are three launches deep, and still quiet",
                "One thing at a time on quiet days",
            ),
        ),
        Hand(
            NELL,
            "Mon 21 Sep 10:40",
            (
                "Everybody knows the two guardrails",
                "Cheap seats take riders from the dear ones",
                "Look at revenue before the number of riders",
            ),
        ),
        Hand(
            BEA,
            "Tue 22 Sep 10:15",
            ("", "Half of a change is waiting for a yes", "Name one person who may say yes to a fare"),
        ),
    ),
    ballots=(
        Ballot(BEA, "Wed 23 Sep 14:10", {"Name one person": 2, "revenue before": 1}),
        Ballot(PRIYA, "Wed 23 Sep 15:30", {"Name one person": 2, "revenue before": 1}),
    ),
    discussed="Thu 24 Sep 14:05",
    talks=(
        Talk(
            "Name one person",
            tasks=(Task("Write down who may say yes to a fare", PRIYA, "2026-10-02"),),
            decision="Priya says yes to changes of up to ten percent",
        ),
        Talk(
            "revenue before",
            tasks=(
                Task(
                    "Show revenue per seat above riders per boat",
                    NELL,
                    "2026-10-09",
                    "If a fare is about quiet days, then revenue stands above riders",
                ),
            ),
        ),
    ),
    closed="Thu 24 Sep 14:40",
)

RETROS = (SUMMER, AUTUMN)
