"""What #team-billing ships from August on."""

from slackapp.playground.history.acts import answers, corrects, fills, presses
from slackapp.playground.history.company import BEA, BILLING, INES, NELL, PRIYA, SAM, TOMAS
from slackapp.playground.history.launch import Answer, Launch
from slackapp.playground.history.numbers import DASHBOARD, FINISHED, QUIET_DAYS

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
    before_spec=(PRIYA,),
    talk=(
        (BEA, "{4,100|3,900} lines deleted. I would like this to count as a metric."),
        (PRIYA, "With me it does. Tomás will be jealous when he is back."),
    ),
    also=(
        (TOMAS, "Mon 17 Aug 09:35", presses("I worked on this", "Fare rules in one place")),
        (TOMAS, "Mon 17 Aug 09:45", presses("I was in before the spec", "Fare rules in one place")),
    ),
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
    title="Split payments",
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
            (PRIYA, "I will say so beside the verdict, with the reason. Then both stand there."),
        ),
    ),
    also=(
        (
            PRIYA,
            "Wed 14 Oct 12:10",
            fills(
                "Override",
                "Split payments",
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
    title="Local-language invoices",
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
    also=((SAM, "Tue 20 Oct 11:00", presses("I worked on this", "Local-language invoices")),),
)

LAUNCHES = (
    FARE_RULES,
    LATE_BOATS,
    RECEIPTS,
    SPLIT,
    WINTER,
    LANGUAGES,
)
