"""What #team-onboarding ships from August on."""

from slackapp.playground.history.acts import fills, presses
from slackapp.playground.history.company import ELIF, INES, JONAS, JUN, MARA, ONBOARDING, RAVI, SAM
from slackapp.playground.history.launch import Answer, Launch
from slackapp.playground.history.numbers import DASHBOARD, PIER, SELLING

LETTERS = Launch(
    title="Welcome letters in four languages",
    owner=RAVI,
    room=ONBOARDING,
    recorded="Mon 10 Aug 15:20",
    form={
        "problem": "Half of our new lines read our English letter with a dictionary.",
        "audience": "lines in their first week, outside Britain and Ireland",
    },
    talk=(
        (INES, "How will we see whether it worked?"),
        (RAVI, "I do not know yet. Good that it asks me next week."),
    ),
    final=Answer(
        "{11.6~12.4} %",
        beside={"learning": "People answer a letter that is written in their own language"},
        decision="Keep",
        talk=((ELIF, "And the Portuguese one has a joke in it that I am not allowed to translate."),),
    ),
    also=(
        (
            RAVI,
            "Mon 17 Aug 11:02",
            fills(
                "Name a metric",
                "Welcome letters in four languages",
                {"metric": "Welcome letters answered", "from_to": "8 % → 15 %"},
            ),
        ),
    ),
)

CHECKLIST = Launch(
    title="Setup checklist by e-mail",
    owner=RAVI,
    room=ONBOARDING,
    recorded="Mon 24 Aug 11:10",
    form={
        "problem": "Lines forget where they stopped, and begin anew or not at all.",
        "audience": "lines that paused their setup for three days",
        "metric": SELLING,
        "from_to": "46 % → 50 %",
        "because": "the list inside the product did move it in spring",
    },
    worked=(ELIF,),
    early=Answer("{46.0~46.7} %"),
    final=Answer(
        "{45.6~46.7} %",
        beside={
            "users_said": "One in five opened it",
            "learning": "A list does nothing for those who do not come back to see it",
            "stance": "It contradicts",
            "about": "A list of what is left",
        },
        decision="Stop",
        changes="No",
        talk=(
            (MARA, "Then the list works where people already are. That is worth a sentence in our notes."),
            (RAVI, "One e-mail less in the world{.|, gladly.}"),
        ),
    ),
)

DECKHANDS = Launch(
    title="A link for each deckhand",
    owner=JONAS,
    room=ONBOARDING,
    recorded="Mon 7 Sep 10:45",
    form={
        "problem": "A whole crew works under one name, and nobody knows who checked the tickets.",
        "audience": "crews",
        "metric": "Accounts shared by a crew",
        "from_to": "6 % → 3 %",
        "reworks": "L-9",
        "rework_reason": "Changed requirement",
        "systems": "sign-in",
    },
    worked=(RAVI,),
    before_spec=(JUN,),
    early=Answer("{4.2~4.8} %"),
    final=Answer(
        "{2.5~2.9} %",
        beside={"learning": "Crews keep to their own account when it greets them by name"},
        decision="Keep",
        talk=((JUN, "That is how a guardrail is meant to end."),),
    ),
)

PHOTOS = Launch(
    title="Photos of the pier",
    owner=ELIF,
    room=ONBOARDING,
    recorded="Mon 21 Sep 13:15",
    form={
        "problem": "On the map every pier looks the same; at the harbour none does.",
        "audience": "riders on their first trip",
        "metric": PIER,
        "from_to": "82 % → 88 %",
        "link": f"{DASHBOARD}piers",
        "because": "riders looked for the pier before they looked for the boat",
    },
    worked=(RAVI, JONAS),
    talk=(
        (SAM, "Forty-one piers photographed. Two seagulls, one wedding, no regrets."),
        (ELIF, "The wedding stays in."),
    ),
    early=Answer("{82.5~83.4} %", "half of the piers have their photo by now"),
    final=Answer(
        "{84.3~85.6} %",
        by=INES,
        on="Thu 22 Oct 10:20",
        beside={
            "else_changed": "The autumn timetable moved three boats to other piers",
            "learning": "A photo helps most where the map is least wrong",
        },
        talk=((ELIF, "Thank you for reading it, Ines. I will decide once I know about the moved boats."),),
    ),
    also=(
        (
            ELIF,
            "Wed 21 Oct 09:52",
            fills("Ask someone else", "Photos of the pier", {"person": "Ines Okafor"}),
        ),
    ),
)

HARBOUR_CHAT = Launch(
    title="Chat with the harbour office",
    owner=SAM,
    room=ONBOARDING,
    recorded="Thu 10 Sep 12:20",
    form={
        "problem": "Riders ask us what only the harbour office can know.",
        "audience": "riders with a question on the day",
        "day": "2026-10-12",
    },
    talk=((JONAS, "Who answers at six in the morning?"), (SAM, "That is the question, yes.")),
    also=((SAM, "Mon 12 Oct 10:12", presses("Dropped", "Chat with the harbour office")),),
)

SEASON = Launch(
    title="Season copy",
    owner=MARA,
    room=ONBOARDING,
    recorded="Wed 30 Sep 10:35",
    form={
        "problem": "Lines plan next year from an empty page, though most of it stays as it was.",
        "audience": "lines in their second season",
        "metric": "Hours to plan a season",
        "from_to": "6 h → 2 h",
        "outcomes": "They change the days that change, and leave the rest alone.",
        "link": f"{DASHBOARD}season",
        "because": "nine of ten timetables are last year's with three changes",
        "guardrails": "Wrong sailings reported: 5 a week, under 8 a week",
        "backup": "Jonas Bell",
        "significant": ["yes"],
    },
    worked=(JONAS, RAVI, ELIF),
    before_spec=(JONAS, INES),
    talk=(
        (
            RAVI,
            "The button says “As last year”. {I would press that rather often.|I want one at home.}",
        ),
        (INES, "I count hours from the first click to the first published boat, as with the import in May."),
        (MARA, "Exactly that. Thank you."),
    ),
    early=Answer("{3.4~4.1} h", "but the early ones are our friends"),
)

FIRST_SAILING = Launch(
    title="Fewer questions at the first sailing",
    owner=RAVI,
    room=ONBOARDING,
    recorded="Mon 26 Oct 11:25",
    form={
        "problem": "On its first day a line calls us about things the screen could have said.",
        "audience": "lines on the day of their first sailing",
        "metric": "Calls on the first day",
        "from_to": "2.4 → 1.2",
        "because": "half of the calls ask where the list of passengers is",
    },
    worked=(ELIF,),
    talk=((SAM, "My phone thanks you{ in advance|}."),),
)

PIER_SCREEN = Launch(
    title="Arrival times on the pier screen",
    owner=RAVI,
    room=ONBOARDING,
    recorded="Tue 20 Oct 14:30",
    form={
        "problem": "Riders ask the crew when the boat comes, and the crew asks the boat.",
        "audience": "everybody who waits at a pier",
        "day": "2026-11-03",
        "metric": "Questions to the crew",
        "from_to": "30 a day → 15 a day",
        "backup": "Mara Lind",
        "senior_id": "Jonas Bell",
    },
    talk=(
        (JONAS, "Screens are at the printer's, so to speak. Tuesday holds."),
        (ELIF, "Please let it say “about four minutes”. Boats are not trains."),
    ),
)

LAUNCHES = (
    LETTERS,
    CHECKLIST,
    DECKHANDS,
    PHOTOS,
    HARBOUR_CHAT,
    SEASON,
    FIRST_SAILING,
    PIER_SCREEN,
)
