"""What #team-billing ships from May to July: fares, payments and invoices."""

from slackapp.playground.history.acts import fills, snoozes
from slackapp.playground.history.company import BEA, BILLING, ELIF, INES, NELL, PRIYA, SAM, TOMAS
from slackapp.playground.history.launch import Answer, Launch
from slackapp.playground.history.numbers import DASHBOARD, FINISHED, QUIET_DAYS

WALLETS = Launch(
    title="Pay with the phone's wallet",
    owner=TOMAS,
    room=BILLING,
    recorded="Tue 19 May 10:50",
    form={
        "problem": "People stand in the wind with a card in one hand and a bicycle in the other.",
        "audience": "commuters who buy at the pier",
        "metric": FINISHED,
        "from_to": "78 % → 84 %",
        "link": f"{DASHBOARD}payments",
        "guardrails": "Fees per ticket: 1.9 %, under 2.2 %",
        "expected_value": "unlocks €90k a year",
        "systems": "payments",
        "estimated_weeks": "4",
    },
    worked=(BEA,),
    before_spec=(BEA, NELL),
    talk=(
        (NELL, "I will watch the fees. Somebody has to."),
        (TOMAS, "That is why there is a guardrail with your name on it, in spirit."),
    ),
    early=Answer("{81.0~82.0} %"),
    final=Answer(
        "{84.6~85.4} %",
        beside={
            "Fees per ticket is now": "{2.0~2.1} %",
            "learning": "People pay with what they already have in their hand",
        },
        decision="Keep",
        changes="Yes",
        talk=(
            (
                NELL,
                "Fees are where they should be. {I have nothing to complain about.|A good day for finance.}",
            ),
            (PRIYA, "Our first hit that I saw coming."),
        ),
    ),
)

FAMILIES = Launch(
    title="Family fares",
    owner=PRIYA,
    room=BILLING,
    recorded="Mon 1 Jun 11:40",
    form={
        "problem": "Families pay per head, and leave two heads in the car.",
        "audience": "families on day trips",
        "metric": "Tickets per booking",
        "from_to": "1.6 → 2",
        "kind": "Experiment",
        "evidence": "Experiment, with a control group",
        "idea_of": "Business",
        "expected_value": "unlocks €60k a year",
        "bottleneck": "Pricing",
    },
    worked=(SAM, TOMAS),
    talk=((SAM, "Four lines say yes, two wait and see. That is your control group, Ines."),),
    early=Answer("{1.68~1.74}", "Whitsun was in it"),
    final=Answer(
        "{1.81~1.88}",
        beside={
            "users_said": "Grandparents ask whether they are family",
            "learning": "A fare for four brings the third, and seldom the fourth",
        },
        decision="Keep",
        changes="Yes",
        talk=((INES, "With the control group beside it this one is not the weather."),),
    ),
)

INVOICES = Launch(
    title="One invoice a month",
    owner=BEA,
    room=BILLING,
    recorded="Tue 9 Jun 14:15",
    form={
        "problem": "Harbours get an invoice for each boat and pay them all late.",
        "audience": "harbour offices",
        "metric": "Invoices paid in time",
        "from_to": "64 % → 75 %",
        "link": f"{DASHBOARD}invoices",
    },
    worked=(TOMAS,),
    before_spec=(NELL,),
    early=Answer("{63.5~65.0} %", "the first monthly one is not even due"),
    also=(
        (BEA, "Thu 9 Jul 09:48", snoozes("One invoice a month", "3 days")),
        (
            BEA,
            "Mon 13 Jul 09:36",
            fills("Ask someone else", "One invoice a month", {"person": "Nell Harding"}),
        ),
        (
            PRIYA,
            "Tue 28 Jul 10:24",
            fills(
                "I know",
                "One invoice a month",
                {
                    "value": "66 %",
                    "else_changed": "Half of the harbour offices are closed in July",
                    "learning": "A harbour pays when its office is open, whatever the invoice looks like",
                },
            ),
        ),
    ),
)

CALENDAR = Launch(
    title="Price calendar",
    owner=TOMAS,
    room=BILLING,
    recorded="Mon 22 Jun 10:10",
    form={
        "problem": "Nobody sees that Tuesday is half the price of Saturday.",
        "audience": "riders who can choose their day",
        "metric": QUIET_DAYS,
        "from_to": "18 % → 24 %",
        "systems": "fares, search",
        "estimated_weeks": "5",
    },
    worked=(BEA, ELIF),
    talk=((ELIF, "Green for cheap, grey for dear. Nobody is shouted at in red."),),
    early=Answer("{18.4~19.2} %"),
)

DEPOSITS = Launch(
    title="Group deposits",
    owner=NELL,
    room=BILLING,
    recorded="Mon 13 Jul 09:40",
    form={
        "problem": "School classes book forty seats and forget to come.",
        "audience": "groups of ten or more",
        "metric": "Group bookings kept",
        "from_to": "70 % → 80 %",
    },
    worked=(BEA,),
    talk=(
        (PRIYA, "Ten percent down, back if they cancel two weeks ahead. Simple enough to say on the phone."),
    ),
    final=Answer(
        "{82.0~84.0} %",
        on="Mon 14 Sep 15:30",
        beside={
            "else_changed": "School holidays, so the first real classes came in September",
            "learning": "Whoever has paid a little remembers the day",
        },
        decision="Keep",
        talk=(
            (PRIYA, "A month late, and a hit. Thank you for looking it up, Nell."),
            (NELL, "I owe this channel an apology and a number. There is the number."),
        ),
    ),
)

LAUNCHES = (
    WALLETS,
    FAMILIES,
    INVOICES,
    CALENDAR,
    DEPOSITS,
)
