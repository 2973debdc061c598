"""What #team-onboarding ships: all that helps a new ferry line to sell its first tickets."""

from slackapp.playground.history.acts import fills, presses, replies, snoozes
from slackapp.playground.history.company import ELIF, INES, JONAS, JUN, MARA, ONBOARDING, OSKAR, RAVI, SAM
from slackapp.playground.history.launch import Answer, Launch

SELLING = "Lines selling within a week"
PIER = "Riders who find their pier"
DASHBOARD = "https://numbers.ferrybridge.example/"

IMPORT = Launch(
    title="Timetable import from a spreadsheet",
    owner=JONAS,
    room=ONBOARDING,
    recorded="Tue 12 May 10:20",
    form={
        "problem": "A new line types its whole timetable in by hand, and half of them stop before August.",
        "audience": "harbour offices setting up a new line",
        "metric": "Hours to first timetable",
        "from_to": "9 h → 3 h",
        "outcomes": "They see their own boats on the first afternoon.",
        "link": f"{DASHBOARD}first-timetable",
        "because": "seven of nine offices sent us a spreadsheet and asked whether we could do it",
        "guardrails": "Setup questions: 40 a week, under 48 a week",
        "systems": "timetable, import",
        "estimated_weeks": "3",
    },
    worked=(OSKAR, ELIF),
    before_spec=(JUN,),
    talk=(
        (ELIF, "The empty state finally has something to say{.|, I like it.}"),
        (MARA, "Which columns do we take if theirs are in another order?"),
        (JONAS, "Any order. It shows the first three boats and asks whether that looks right."),
    ),
    early=Answer("{4.8~5.4} h", "the first offices are the keen ones"),
    final=Answer(
        "{2.4~2.8} h",
        beside={
            "Setup questions is now": "{41~45} a week",
            "users_said": "Two offices asked for an export of the same file",
            "learning": "New lines arrive with a spreadsheet, and would like to leave with one",
        },
        decision="Keep",
        changes="Yes",
        talk=(
            (OSKAR, "Nine hours to under three. I will print this and put it on the fridge."),
            (SAM, "I have told this story at {three|four} harbours already."),
        ),
    ),
)

WELCOME_CALL = Launch(
    title="Welcome call on day one",
    owner=SAM,
    room=ONBOARDING,
    recorded="Mon 18 May 11:05",
    form={
        "problem": "New lines do not know whom to ask when they are stuck.",
        "audience": "lines in their first week",
        "metric": SELLING,
        "from_to": "36 % → 44 %",
        "kind": "Experiment",
        "evidence": "Experiment, with a control group",
        "because": "the two lines we called last winter sold on the third day",
        "idea_of": "Business",
    },
    talk=((INES, "Half of the new lines get the call, the other half the letter as before."),),
    early=Answer("{36.5~37.4} %", "only eleven lines so far", on="Mon 25 May 09:52"),
    final=Answer(
        "{35.8~36.9} %",
        beside={
            "users_said": "Most of them were on a boat when we called",
            "learning": "Whoever wants to talk to us has called us already",
        },
        decision="Stop",
        changes="No",
        talk=(
            (MARA, "Flat is an answer, too. Thank you for giving us half of the lines to compare with."),
            (SAM, "It was my idea, and I will survive it. I keep calling the ones who ask."),
        ),
    ),
    also=((SAM, "Mon 25 May 09:31", presses("Fewer of these", "Welcome call on day one")),),
)

PIER_MAP = Launch(
    title="Harbour map on the first screen",
    owner=ELIF,
    room=ONBOARDING,
    recorded="Wed 27 May 14:10",
    announced="The harbour map is live for all riders. {Thank you|Thanks}, all who walked the piers with me.",
    form={
        "problem": "Riders stand at the wrong pier and watch their boat leave.",
        "audience": "riders on their first trip",
        "metric": PIER,
        "from_to": "71 % → 80 %",
        "outcomes": "They walk straight to the right pier.",
        "link": f"{DASHBOARD}piers",
    },
    worked=(JONAS,),
    before_spec=(JONAS, JUN),
    talk=(
        (OSKAR, "The little boat that moves: was that {necessary|in the spec}?"),
        (ELIF, "Nothing has ever been more necessary."),
    ),
    early=Answer("{76~78} %", "it was a sunny week"),
    final=Answer(
        "{81.6~82.4} %",
        beside={
            "users_said": "Somebody asked for the way to the nearest coffee",
            "learning": "Riders look for the pier before they look for the boat",
        },
        decision="Keep",
        changes="Yes",
        talk=((JONAS, "Better than hoped. {So it was the boat that moves.|I blame the little boat.}"),),
    ),
)

CREW_SIGN_IN = Launch(
    title="Crew sign-in by link",
    owner=OSKAR,
    room=ONBOARDING,
    recorded="Mon 8 Jun 10:00",
    form={
        "problem": "Deckhands forget the password, and the boat leaves without its tickets checked.",
        "audience": "crews",
        "metric": "Crew sign-ins that fail",
        "from_to": "14 % → 6 %",
        "guardrails": "Accounts shared by a crew: 3 %, under 5 %",
        "systems": "sign-in",
        "estimated_weeks": "2",
    },
    worked=(JONAS,),
    talk=(
        (JUN, "A link in a group chat is an account for everybody in it. Do we watch that?"),
        (OSKAR, "There is a guardrail for it. Good question, though."),
    ),
    early=Answer("{10.5~11.5} %"),
    final=Answer(
        "{5.2~5.8} %",
        beside={
            "Accounts shared by a crew is now": "{6.0~6.3} %",
            "users_said": "A skipper forwards the link to the whole crew each Monday",
            "learning": "What is easy to send on is sent on",
        },
        decision="Iterate",
        changes="Yes",
        talk=(
            (JUN, "So the guardrail was worth its line."),
            (OSKAR, "It was. One link for each deckhand comes next."),
        ),
    ),
)

SHORT_FORM = Launch(
    title="Shorter sign-up form",
    owner=JONAS,
    room=ONBOARDING,
    recorded="Mon 15 Jun 11:30",
    form={
        "problem": "Our first form asks fourteen things, and people leave at the ninth.",
        "audience": "people who run a ferry line and find us by themselves",
        "metric": "Sign-ups finished",
        "from_to": "54 % → 62 %",
        "because": "every form we ever shortened was finished more often",
        "bottleneck": "Onboarding",
    },
    worked=(ELIF, OSKAR),
    talk=((ELIF, "Four fields. I counted {twice|three times}."),),
    early=Answer("{52.5~53.5} %", "but Midsummer is this week"),
    final=Answer(
        "{48.6~49.6} %",
        beside={
            "else_changed": "Nothing else that we know of, and we looked",
            "users_said": "They meet the licence question on the second page now, and stop there",
            "learning": "A short form that hides the hard question makes it harder",
        },
        decision="Roll back",
        changes="Yes",
        on="Thu 16 Jul 10:05",
        talk=(
            (MARA, "Five points down. Better to know it in July than at the end of the season."),
            (JONAS, "Rolled back this morning. The long form is {ugly and honest|honest, at least}."),
        ),
    ),
)

PRACTICE = Launch(
    title="Practice sailings",
    owner=MARA,
    room=ONBOARDING,
    recorded="Tue 16 Jun 13:40",
    form={
        "problem": "New lines are afraid to sell a real ticket first.",
        "audience": "lines in their first week",
        "day": "2026-06-29",
        "metric": SELLING,
        "from_to": "37 % → 45 %",
        "outcomes": "They have sold a ticket to themselves before anybody pays.",
        "link": f"{DASHBOARD}first-week",
        "because": "five of six lines we watched opened the form, and closed it again",
        "significant": ["yes"],
        "backup": "Jonas Bell",
        "senior_id": "Jun Sato",
        "senior_before_spec": "Yes",
    },
    before_spec=(JUN, ELIF),
    talk=(
        (SAM, "Can I sell a practice ticket to my mother?"),
        (MARA, "You can sell her forty, none of them sails."),
    ),
    also=(
        (
            MARA,
            "Mon 29 Jun 09:44",
            fills("New date", "Practice sailings", {"day": "2026-07-06"}),
        ),
        (MARA, "Mon 6 Jul 09:50", replies("It's out")),
        (JONAS, "Mon 6 Jul 10:30", presses("I worked on this", "Practice sailings")),
        (OSKAR, "Mon 6 Jul 11:15", presses("I worked on this", "Practice sailings")),
        (MARA, "Mon 13 Jul 09:41", snoozes("Practice sailings", "1 week")),
    ),
    early=Answer("{41.0~42.5} %", "read from a beach", on="Tue 21 Jul 12:05"),
    final=Answer(
        "{45.6~46.4} %",
        beside={
            "users_said": "Two lines kept practising for a week because it was fun",
            "learning": "People dare to sell once they have sold to themselves",
            "stance": "It supports",
            "about": "A list of what is left",
        },
        decision="Keep",
        changes="Yes",
        on="Fri 7 Aug 09:58",
        talk=(
            (SAM, "My mother is proud of all of us."),
            (ELIF, "Worth every {pretend ticket|ticket that never sailed}."),
            (JONAS, "And the first one this year that got where we hoped on that number."),
        ),
    ),
)

ARRIVALS = Launch(
    title="Arrival notices for harbour masters",
    owner=OSKAR,
    room=ONBOARDING,
    recorded="Mon 20 Jul 10:15",
    form={
        "problem": "Boats arrive early and nobody is there to take the line.",
        "audience": "harbour masters",
        "metric": "Boats met at the pier",
        "from_to": "62 % → 75 %",
        "backup": "Ravi Anand",
        "systems": "notices",
    },
    worked=(RAVI,),
    talk=(
        (
            RAVI,
            "My first launch here. {I have refreshed the dashboard nine times.|Is it normal to be nervous?}",
        ),
    ),
    early=Answer("{65~67} %", "only the northern harbours have it"),
    final=Answer(
        "{69.5~71.0} %",
        by=RAVI,
        on="Wed 19 Aug 10:12",
        beside={
            "else_changed": "Oskar, who built it, has left us; I read what he wrote down",
            "learning": "A notice twenty minutes ahead is read, one an hour ahead is forgotten",
        },
        decision="Iterate",
        changes="Yes",
        talk=(
            (MARA, "Oskar would have liked to see this. I have sent him the line. Well taken over, Ravi."),
        ),
    ),
)

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
    },
    talk=(
        (JONAS, "Screens are at the printer's, so to speak. Tuesday holds."),
        (ELIF, "Please let it say “about four minutes”. Boats are not trains."),
    ),
)

LAUNCHES = (
    IMPORT,
    WELCOME_CALL,
    PIER_MAP,
    CREW_SIGN_IN,
    SHORT_FORM,
    PRACTICE,
    ARRIVALS,
    LETTERS,
    CHECKLIST,
    DECKHANDS,
    PHOTOS,
    HARBOUR_CHAT,
    SEASON,
    FIRST_SAILING,
    PIER_SCREEN,
)
