"""What #team-billing ships: fares, payments, refunds and the harbours' invoices."""

from slackapp.playground.history.acts import answers, corrects, fills, presses, snoozes
from slackapp.playground.history.company import BEA, BILLING, ELIF, INES, NELL, PRIYA, SAM, TOMAS
from slackapp.playground.history.launch import Answer, Launch

FINISHED = "Payments finished"
QUIET_DAYS = "Bookings on quiet days"
DASHBOARD = "https://numbers.ferrybridge.example/"

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
    title="Monthly invoices for harbours",
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
        (BEA, "Thu 9 Jul 09:48", snoozes("Monthly invoices for harbours", "3 days")),
        (
            BEA,
            "Mon 13 Jul 09:36",
            fills("Ask someone else", "Monthly invoices for harbours", {"person": "Nell Harding"}),
        ),
        (
            PRIYA,
            "Tue 28 Jul 10:24",
            fills(
                "I know",
                "Monthly invoices for harbours",
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
    title="Deposits for groups",
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
            (PRIYA, "Two months late, and a hit. Thank you for looking it up, Nell."),
            (NELL, "I owe this channel an apology and a number. There is the number."),
        ),
    ),
)

FARE_RULES = Launch(
    title="Fare rules in one place",
    owner=BEA,
    room=BILLING,
    recorded="Mon 3 Aug 10:30",
    form={
        "problem": "A fare lives in five places, and four of them are wrong on the first of the month.",
        "audience": "lines that change their fares by the season",
        "metric": "Days to change a fare",
        "from_to": "12 days → 3 days",
        "kind": "Technical",
        "unlocks": "seasonal fares without a release",
        "felt_by": "It makes engineering more comfortable",
        "systems": "fares, billing",
        "estimated_weeks": "4",
        "evidence": "Before and after",
    },
    worked=(TOMAS,),
    before_spec=(TOMAS, PRIYA),
    talk=((TOMAS, "{4,100|3,900} lines deleted. I would like this to count as a metric."),),
    early=Answer("{6~7} days"),
    final=Answer(
        "{4.0~4.6} days",
        beside={"learning": "Half of the days went into asking who may say yes"},
        decision="Iterate",
        changes="Yes",
        talk=((PRIYA, "The other half is mine, then. I will find out who may say yes."),),
    ),
)

LATE_BOATS = Launch(
    title="Cheaper late boats",
    owner=PRIYA,
    room=BILLING,
    recorded="Mon 17 Aug 13:30",
    form={
        "problem": "The last boat sails with eleven people and three hundred seats.",
        "audience": "riders who are free in the evening",
        "metric": QUIET_DAYS,
        "from_to": "19 % → 23 %",
        "guardrails": "Revenue per seat: €14, over €13",
        "bottleneck": "Pricing",
        "because": "two lines tried it by hand and filled the bar",
    },
    worked=(BEA,),
    talk=((NELL, "Three hundred cheap seats are still three hundred cheap seats. Keep an eye on it."),),
    early=Answer("{20.5~21.4} %"),
    final=Answer(
        "{22.9~23.8} %",
        beside={
            "Revenue per seat is now": "€{12.5~12.8}",
            "users_said": "Regulars wait for the evening now",
            "learning": "A cheaper boat takes riders from the dear one",
        },
        decision="Look again",
        talk=(
            (NELL, "Told you. Kindly."),
            (PRIYA, "You did. More people, less money: we look again before the winter fares."),
        ),
    ),
    also=((PRIYA, "Tue 25 Aug 10:40", fills("Edit", "Cheaper late boats", {"from_to": "19 % → 25 %"})),),
)

RECEIPTS = Launch(
    title="Receipts by message",
    owner=TOMAS,
    room=BILLING,
    recorded="Mon 31 Aug 11:20",
    form={
        "problem": "People write to us for a receipt three weeks after the trip.",
        "audience": "people who travel for work",
        "metric": "Receipt requests",
        "from_to": "210 a week → 120 a week",
    },
    talk=((BEA, "It even has the boat's name on it. Accountants love a boat's name."),),
    also=(
        (TOMAS, "Mon 7 Sep 09:41", answers("Receipts by message", "210 a week")),
        (TOMAS, "Mon 7 Sep 09:58", corrects("210 a week", "201 a week, I first read the week before")),
        (
            TOMAS,
            "Wed 30 Sep 09:55",
            fills("No number", "Receipts by message", {"reason": "The data is missing"}),
        ),
    ),
)

SPLIT = Launch(
    title="Split a group's payment",
    owner=PRIYA,
    room=BILLING,
    recorded="Mon 14 Sep 15:10",
    form={
        "problem": "One person pays for eleven friends, or nobody does.",
        "audience": "groups of friends",
        "metric": FINISHED,
        "from_to": "85 % → 88 %",
        "link": f"{DASHBOARD}payments",
        "because": "people paid with what they already had in their hand, and here that is eleven hands",
    },
    worked=(TOMAS, BEA),
    early=Answer("{85.2~85.6} %"),
    final=Answer(
        "{83.6~84.1} %",
        beside={"else_changed": "The card network was down for two evenings"},
        decision="Look again",
        talk=(
            (INES, "Without those two evenings it is {85.1|84.9} %, so neither up nor down."),
            (PRIYA, "I have said so beside the verdict, with the reason. Both stand there."),
        ),
    ),
    also=(
        (
            PRIYA,
            "Wed 14 Oct 12:10",
            fills(
                "Override",
                "Split a group's payment",
                {
                    "verdict": "Flat",
                    "reason": "The card network was down for two of the thirty evenings",
                },
            ),
        ),
    ),
)

WINTER = Launch(
    title="Winter fares",
    owner=BEA,
    room=BILLING,
    recorded="Mon 5 Oct 10:25",
    form={
        "problem": "In November a summer price buys an empty boat.",
        "audience": "commuters and the brave",
        "metric": QUIET_DAYS,
        "from_to": "21 % → 26 %",
        "guardrails": "Revenue per seat: €13, over €12",
        "idea_of": "Business",
    },
    worked=(TOMAS, SAM),
    before_spec=(NELL,),
    talk=(
        (NELL, "Same guardrail as last time, please."),
        (BEA, "Already in it."),
    ),
    early=Answer("{22.0~22.9} %", "the weather helps"),
)

LANGUAGES = Launch(
    title="Invoices in the harbour's language",
    owner=PRIYA,
    room=BILLING,
    recorded="Mon 19 Oct 11:15",
    form={
        "problem": "Offices hand our invoice to the one colleague who reads English, when she is in.",
        "audience": "harbour offices",
        "day": "2026-11-05",
        "metric": "Invoices paid in time",
        "from_to": "66 % → 72 %",
        "because": "people answered the letters that were written in their own language",
        "backup": "Bea Carvalho",
    },
    talk=((TOMAS, "Four languages are done, the Danish one waits for a word for “berth”."),),
    also=((SAM, "Tue 20 Oct 11:00", presses("I worked on this", "Invoices in the harbour's language")),),
)

LAUNCHES = (
    WALLETS,
    FAMILIES,
    INVOICES,
    CALENDAR,
    DEPOSITS,
    FARE_RULES,
    LATE_BOATS,
    RECEIPTS,
    SPLIT,
    WINTER,
    LANGUAGES,
)
