"""What #team-onboarding ships from May to July, so that a new ferry line sells its first tickets."""

from slackapp.playground.history.acts import fills, presses, replies, snoozes
from slackapp.playground.history.company import ELIF, INES, JONAS, JUN, MARA, ONBOARDING, OSKAR, RAVI, SAM
from slackapp.playground.history.launch import Answer, Launch
from slackapp.playground.history.numbers import DASHBOARD, PIER, SELLING

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
        "audience": "skippers and deckhands",
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
    before_spec=(OSKAR,),
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
    title="Arrival notices",
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

LAUNCHES = (
    IMPORT,
    WELCOME_CALL,
    PIER_MAP,
    CREW_SIGN_IN,
    SHORT_FORM,
    PRACTICE,
    ARRIVALS,
)
