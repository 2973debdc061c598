"""What a few do in #team-platform, which is private: a technical launch, and a pilot nobody else knows."""

from slackapp.playground.history.acts import answers, presses
from slackapp.playground.history.company import DANA, JUN, MARA, TOMAS
from slackapp.playground.history.launch import Answer, Launch
from slackapp.playground.slack.company import PLATFORM

NEARER = Launch(
    title="Timetables served from nearby",
    owner=JUN,
    room=PLATFORM,
    recorded="Tue 2 Jun 11:00",
    form={
        "problem": "On the islands the timetable takes longer to load than the boat to dock.",
        "audience": "riders on the outer islands",
        "metric": "Time to first timetable",
        "from_to": "2.4 s → 1.2 s",
        "kind": "Technical",
        "unlocks": "a timetable that works with one bar of signal",
        "felt_by": "Users will feel it",
        "systems": "timetable, network",
        "estimated_weeks": "6",
    },
    worked=(TOMAS,),
    talk=((DANA, "The copies are read-only, and I have looked at who can write. Fine by me."),),
    early=Answer("{1.5~1.6} s", on="Tue 9 Jun 10:20"),
    also=(
        (JUN, "Tue 9 Jun 09:40", answers("Timetables served from nearby", "0.15 s")),
        (JUN, "Tue 9 Jun 09:55", presses("Undo", "Timetables served from nearby")),
    ),
    final=Answer(
        "{1.0~1.1} s",
        beside={
            "users_said": "Nobody said anything, which is what one hopes for",
            "learning": "Being nearer helps more than being smaller",
        },
        decision="Keep",
        changes="Yes",
        talk=((MARA, "I stood on a pier last week and felt it."),),
    ),
)

PILOT = Launch(
    title="Pilot with the Skerry Line",
    owner=JUN,
    room=PLATFORM,
    recorded="Mon 14 Sep 10:30",
    form={
        "problem": "The Skerry Line's own shop falls over on every sunny Friday.",
        "audience": "riders on the islands",
        "metric": "Skerry bookings",
        "from_to": "400 a week → 600 a week",
        "checkpoints": ["14", "30"],
        "expected_value": "unlocks a contract for 2027",
        "backup": "Mara Lind",
    },
    worked=(TOMAS, MARA),
    talk=((MARA, "Please keep this in here until they have told their own people."),),
    early=Answer("{460~490} a week", "two sunny Fridays"),
    final=Answer(
        "{560~585} a week",
        beside={"learning": "A line trusts us after the first sunny Friday that holds"},
        decision="Keep",
        changes="Yes",
        talk=((DANA, "And nothing in the logs that made me write an e-mail."),),
    ),
)

LAUNCHES = (NEARER, PILOT)
