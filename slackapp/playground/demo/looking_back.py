"""The story's last chapters: the team looks back in a retro, and what it decides gets done."""

from slackapp.playground.demo.seats import Seats
from slackapp.playground.demo.stage import Stage
from slackapp.playground.history.company import JONAS, MARA, PRIYA
from slackapp.playground.history.company import ONBOARDING as TEAM
from slackapp.playground.history.retro import Talk, Task
from slackapp.playground.history.retro_acts import closes, discusses, starts, votes, writes

_SKIP = "Let people skip the checklist"

#: Who writes what: what went well, what could be better, lessons.
_NOTES = (
    (MARA, ("We had said what we hoped for", "Nobody looked until we were asked", "")),
    (
        JONAS,
        (
            "The checklist is found",
            "Support has more to do, and nobody had planned for it",
            "A checklist wants a way out",
        ),
    ),
    (
        PRIYA,
        (
            "",
            "Nobody could say what the digest did",
            "No launch without somebody who looks",
        ),
    ),
)
_VOTES = (
    (MARA, {"Support has more": 1, "No launch without": 1}),
    (JONAS, {"Support has more": 2}),
    (PRIYA, {"No launch without": 1}),
)
_TALKS = (
    Talk("Support has more", tasks=(Task(_SKIP, JONAS, "2026-11-05"),)),
    Talk("No launch without", decision="Every launch has a backup from now on"),
)


async def look_back(stage: Stage) -> None:
    slack, seats = stage.slack, Seats(stage)
    mara, team = slack.person(MARA.name), slack.channel(TEAM)
    await stage.lets_pass(days=1)
    stage.tells(
        "And what does the team make of it? Priya is back, the three sit together, and Mara types "
        "*/retro start*.\nIt is held live: seven minutes to write, three to vote."
    )
    await starts(TEAM, {"pace": "Live"}, None)(seats, mara)
    stage.tells("Before anybody writes a word, it shows what they had hoped for and what happened.")
    stage.shows(team, "Before you write")
    for who, notes in _NOTES:
        await writes(TEAM, notes)(seats, slack.person(who.name))
    stage.tells("They write. Nobody reads what the others wrote, and it is kept without names.")
    stage.shows(team, "handed in")
    await stage.lets_minutes_pass(7)
    stage.last(team, "Voting")
    for who, ballot in _VOTES:
        await votes(TEAM, ballot)(seats, slack.person(who.name))
    await stage.lets_minutes_pass(3)
    stage.last(team, "Discussing")
    stage.tells(
        "After seven minutes all notes are revealed, shuffled; after three more they talk about the one with "
        "the most votes.\nMara notes down what comes of it, says what happened to users, and closes."
    )
    await discusses(TEAM, _TALKS)(seats, mara)
    await closes(TEAM, "They find the checklist, and ask how to skip it.")(seats, mara)
    stage.shows(team, "what came of it")


async def see_it_done(stage: Stage) -> None:
    """A week after the retro."""
    jonas = stage.slack.person(JONAS.name)
    await stage.lets_pass(days=5)
    # London's clocks have gone back, and its mornings with them.
    await stage.lets_minutes_pass(30)
    stage.tells("A week after the retro Jonas finds a message.")
    stage.shows(jonas.dm, f"Is this done? {_SKIP}")
    stage.tells("He replies: *done*")
    await stage.does(jonas.say(jonas.dm, "done"))
    stage.last(jonas.dm, f"A-1 {_SKIP}: done.")
    stage.adds("In two weeks he is asked whether it helped.")
