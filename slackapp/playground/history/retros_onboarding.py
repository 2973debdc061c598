"""The retros of #team-onboarding."""

from slackapp.playground.history.acts import presses
from slackapp.playground.history.company import ELIF, JONAS, MARA, ONBOARDING, OSKAR, RAVI, SAM
from slackapp.playground.history.retro import Ballot, Hand, Retro, Score, Talk, Task

ASSUMED = Retro(
    room=ONBOARDING,
    facilitator=MARA,
    begins="Mon 22 Jun 10:30",
    form={
        "template": "Assumed and actual",
        "anonymity": "With names",
        "people": [member.name for member in (MARA, JONAS, OSKAR, ELIF, SAM)],
    },
    hands=(
        Hand(
            JONAS,
            "Mon 22 Jun 14:10",
            (
                "Offices tidy their spreadsheet before they send it",
                "They send the one with the lunch menu in column F",
                "Yes: nobody types a timetable any more",
            ),
        ),
        Hand(
            OSKAR,
            "Tue 23 Jun 09:40",
            (
                "Three example boats are enough to check an import",
                "They look for their own boat, and check that one only",
                "",
            ),
        ),
        Hand(
            ELIF,
            "Tue 23 Jun 11:20",
            (
                "",
                "Two offices wanted their file back after the import",
                "An import without an export is half a door",
            ),
        ),
        Hand(
            SAM,
            "Tue 23 Jun 15:30",
            (
                "A call on day one makes people feel safe",
                "Most of them were on a boat when we called",
                "The right thing for whoever asks, the wrong thing for everybody",
            ),
        ),
    ),
    ballots=(
        Ballot(JONAS, "Wed 24 Jun 10:20", {"half a door": 2, "Three example boats": 1}),
        Ballot(ELIF, "Wed 24 Jun 13:05", {"half a door": 2, "on a boat when we called": 1}),
        Ballot(SAM, "Wed 24 Jun 15:45", {"on a boat when we called": 2}),
    ),
    discussed="Thu 25 Jun 14:05",
    talks=(
        Talk(
            "half a door",
            tasks=(
                Task(
                    "Let a line take its timetable out as a spreadsheet",
                    JONAS,
                    "2026-07-10",
                    "If an office asks for its file, then it gets it with one click",
                ),
            ),
        ),
        Talk(
            "on a boat when we called",
            tasks=(Task("Say in the letter when we can be called", SAM, "2026-07-03"),),
            decision="We call the lines that ask us to, and no others",
        ),
    ),
    scores=(
        Score(
            JONAS,
            "Thu 25 Jun 13:32",
            {"Timetable import": (5, 5), "Welcome call": (3, 1)},
        ),
        Score(
            ELIF,
            "Thu 25 Jun 14:41",
            {"Timetable import": (4, 5), "Welcome call": (4, 2)},
        ),
        Score(
            OSKAR,
            "Thu 25 Jun 14:50",
            {"Timetable import": (5, 4), "Welcome call": (2, 2)},
        ),
    ),
    closed="Thu 25 Jun 15:20",
    impact="New lines see their own boats on their first afternoon. Of the call nobody told us anything.",
)

#: In August, with half of the team away: what is handed in late is what makes it possible.
PRACTICE = Retro(
    room=ONBOARDING,
    facilitator=MARA,
    begins="Mon 10 Aug 11:00",
    start=presses("Start a retro", "Practice sailings"),
    form={"people": [member.name for member in (MARA, ELIF, JONAS, OSKAR)]},
    hands=(
        Hand(
            MARA,
            "Mon 10 Aug 11:25",
            (
                "People sold to themselves before they sold to anybody\nWe could say it in one line",
                "I was away when the first number came, and nobody else read it",
                "Fear is a better reason than a missing button",
            ),
        ),
        Hand(
            ELIF,
            "Tue 11 Aug 10:40",
            (
                "The empty pier looks friendly",
                "Practice and real tickets look the same for too long\nTwo lines did not notice it was over",
                "Say clearly when the game is over",
            ),
        ),
        Hand(
            JONAS,
            "Wed 12 Aug 14:05",
            (
                "Nobody called us about the first ticket",
                "The end of practice is not visible enough\nI rebuilt the mail queue for mails never sent",
                "Ask whether it has to be real before it is built",
            ),
        ),
        Hand(
            OSKAR,
            "Wed 12 Aug 15:10",
            (
                "My last launch here got where we hoped",
                "What I know about notices is in my head",
                "Write down who looks after what before somebody packs",
            ),
        ),
    ),
    goes_on=("Thu 13 Aug 10:05", "Thu 13 Aug 11:20"),
    grouped=(ELIF, "Thu 13 Aug 10:40"),
    groups={
        "When practice ends": (
            "look the same for too long",
            "did not notice it was over",
            "when the game is over",
            "not visible enough",
        ),
        "Who knows what": ("I was away", "is in my head", "before somebody packs"),
    },
    ballots=(
        Ballot(JONAS, "Thu 13 Aug 11:30", {"When practice ends": 2, "Who knows what": 1}),
        Ballot(ELIF, "Thu 13 Aug 13:10", {"When practice ends": 2, "Fear is a better reason": 1}),
        Ballot(OSKAR, "Thu 13 Aug 15:25", {"Who knows what": 3}),
    ),
    discussed="Fri 14 Aug 13:05",
    talks=(
        Talk(
            "When practice ends",
            tasks=(
                Task(
                    "Mark practice tickets so that nobody boards with one",
                    ELIF,
                    "2026-09-04",
                    "If a ticket is for practice, then it says so in the boat's own colour",
                ),
            ),
        ),
        Talk(
            "Who knows what",
            tasks=(Task("Write down who looks after which system", MARA, "2026-08-28"),),
            decision="Every launch has a backup from now on",
        ),
    ),
    scores=(
        Score(JONAS, "Fri 14 Aug 12:40", {"Practice sailings": (4, 5)}),
        Score(ELIF, "Fri 14 Aug 13:45", {"Practice sailings": (5, 5)}),
        Score(OSKAR, "Fri 14 Aug 13:50", {"Practice sailings": (4, 5)}),
    ),
    closed="Fri 14 Aug 14:10",
    impact="They sell sooner, and ask less. Two lines kept practising because it was fun.",
)

#: The first of a series: the second is skipped, the third is open at the end.
HARBOUR = Retro(
    room=ONBOARDING,
    facilitator=MARA,
    begins="Wed 2 Sep 14:00",
    form={
        "collect": "5 days",
        "recurs": "Every four weeks",
        "weekday": "Wednesday",
        "at": "14:00",
        "launches": ["Arrival notices"],
    },
    hands=(
        Hand(
            RAVI,
            "Thu 3 Sep 10:15",
            (
                "A written hand-over was enough to take over a launch",
                "Only the northern harbours had it, so the early look said little",
                "Twenty minutes is soon enough",
            ),
        ),
        Hand(
            ELIF,
            "Thu 3 Sep 14:30",
            ("A notice that says one thing is read", "", "An hour ahead people are still on the water"),
        ),
        Hand(
            MARA,
            "Fri 4 Sep 10:10",
            ("", "We decided to iterate, and did not say what", "An early look at half is half a look"),
        ),
    ),
    ballots=(
        Ballot(RAVI, "Mon 7 Sep 14:20", {"did not say what": 2, "early look said little": 1}),
        Ballot(ELIF, "Tue 8 Sep 10:05", {"did not say what": 2}),
    ),
    discussed="Wed 9 Sep 14:05",
    talks=(
        Talk(
            "did not say what",
            tasks=(Task("Read the answers to our letters aloud once a month", RAVI, "2026-09-25"),),
            decision="Whoever decides to iterate names the next launch",
        ),
    ),
    closed="Wed 9 Sep 14:35",
    impact="A harbour master stands at the pier for seven boats of ten, where it was six.",
)

LISTS = Retro(
    room=ONBOARDING,
    facilitator=RAVI,
    begins="Mon 28 Sep 10:00",
    form={"template": "Assumed and actual", "people": [member.name for member in (RAVI, ELIF, MARA)]},
    hands=(
        Hand(
            RAVI,
            "Mon 28 Sep 10:30",
            (
                "Whoever stopped has forgotten us",
                "They had the e-mail, and no reason to open it",
                "The right question in the wrong place",
            ),
        ),
        Hand(
            ELIF,
            "Mon 28 Sep 13:20",
            (
                "A list is a list, wherever it stands",
                "One in five opened it, most of them from our office",
                "",
            ),
        ),
        Hand(
            MARA,
            "Tue 29 Sep 11:40",
            ("", "They answer what is written in their own language", "Fewer letters, better ones"),
        ),
    ),
    ballots=(
        Ballot(RAVI, "Wed 30 Sep 11:10", {"wrong place": 2, "better ones": 1}),
        Ballot(ELIF, "Wed 30 Sep 14:20", {"wrong place": 1, "better ones": 1}),
    ),
    discussed="Thu 1 Oct 11:05",
    talks=(
        Talk(
            "wrong place",
            tasks=(Task("Take the setup e-mail out of the help pages", ELIF, "2026-10-16"),),
            decision="Lists stay inside the product",
        ),
    ),
    closed="Thu 1 Oct 11:25",
    impact="Nobody noticed that the e-mail came, and nobody noticed that it stopped.",
)

RETROS = (ASSUMED, PRACTICE, HARBOUR, LISTS)

#: For the one that opens by itself in the last week.
LAST = (
    Hand(
        JONAS,
        "Thu 29 Oct 10:15",
        (
            "The deckhands' links took two weeks, as we had said",
            "I still do not know who reads the sign-in alerts",
            "",
        ),
    ),
    Hand(
        RAVI,
        "Thu 29 Oct 15:40",
        (
            "“As last year” is the best button we have",
            "Three boats moved to other piers, and the photos did not",
            "Ask the harbours in autumn what moves",
        ),
    ),
)
