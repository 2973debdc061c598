"""The story on discovery: everybody is asked whether they took part, and the answers are counted."""

from slackapp.playground.demo.seats import Seats
from slackapp.playground.demo.stage import Stage
from slackapp.playground.history.company import FUNCTIONS, JONAS, MARA, PRIYA
from slackapp.playground.history.company import ONBOARDING as TEAM
from slackapp.playground.history.poll_acts import chooses, polls
from slackapp.playground.history.polls import TOOK_PART

_ASKED = "Did you take part"
_ANSWERS = ((MARA, "Yes"), (JONAS, "No"), (PRIYA, "No"))


async def ask_around(stage: Stage) -> None:
    slack, seats = stage.slack, Seats(stage)
    mara, team = slack.person(MARA.name), slack.channel(TEAM)
    stage.tells(
        "One thing is left: who is there when it is found out what to build? Mara types */discovery poll*, "
        "and takes the question that is asked every two weeks."
    )
    await polls(TEAM, TOOK_PART)(seats, mara)
    for who, answer in _ANSWERS:
        await chooses(TEAM, _ASKED, answer, also={"function": FUNCTIONS[who]})(seats, slack.person(who.name))
    stage.tells("Each answers with one click, and says once what their function is.")
    stage.shows(team, _ASKED)
    await stage.lets_pass(days=2)
    stage.tells("Two days later it closes by itself, and says how many. Nobody is shown who said what.")
    stage.shows(team, "is closed")
