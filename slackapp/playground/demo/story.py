"""The story: one launch is planned, comes out and is looked at; of another nobody can say anything."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from slackapp.app import build, connected
from slackapp.core.clock import TurnedClock
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.playground.demo.asking_around import ask_around
from slackapp.playground.demo.looking_back import look_back, see_it_done
from slackapp.playground.demo.stage import Stage, StoryError
from slackapp.playground.history.company import JONAS, MARA, PRIYA
from slackapp.playground.history.company import ONBOARDING as TEAM
from slackapp.playground.slack import ImpossibleError, StandIn, Timing

#: A Monday, eleven o'clock where Mara works.
START = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)

#: Slack gives three seconds. A busy machine may take longer, and the story is the same.
PATIENT = Timing(acknowledge=60.0, trigger=60.0, patience=60.0)

ONBOARDING = {
    "problem": "New teams give up before they see anything of value.",
    "audience": "teams in their first week",
    "metric": "Activation",
    "from_to": "40 % → 50 %",
    "outcomes": "They invite a colleague on their first day.",
    "link": "https://numbers.example.com/activation",
    "day": "2026-09-10",
}
BELOW_MORE = {
    "because": "six of eight new users asked us where to begin",
    "guardrails": "Support requests: 40 a week, under 48 a week",
}
DIGEST = {
    "problem": "People forget that there is something new for them.",
    "audience": "people who come less than weekly",
    "metric": "Weekly visits",
    "from_to": "2000 → 2600",
}


async def play(console: Console, record: Path | None) -> None:
    """Play the story and tell it on the console. Raises `StoryError` if it does not come out.

    `record` gets every call to Slack, a JSON object a line.
    """
    clock = TurnedClock(START)
    with tempfile.TemporaryDirectory() as folder:
        async with StandIn.serve(
            shipped("manifest.yml"),
            clock=lambda: clock.now().timestamp(),
            record=record,
            timing=PATIENT,
        ) as slack:
            database = f"sqlite+aiosqlite:///{folder}/demo.db"
            settings = load(
                Settings, **slack.environment(), AFTERLAUNCH_DATABASE_URL=database, AFTERLAUNCH_PACING="off"
            )
            async with build(settings, clock, slack_waits=PATIENT.acknowledge) as app, connected(app):
                stage = Stage(console, clock, slack, app)
                try:
                    await Story(stage).tell()
                except (ImpossibleError, TimeoutError) as error:
                    raise StoryError(str(error)) from error
                _check(slack)
    stage.adds(f"{len(slack.calls)} calls to Slack, none refused.")
    if record is not None:
        stage.adds(f"They are in {record}.")


def _check(slack: StandIn) -> None:
    if slack.troubles:
        raise StoryError(f"Slack had trouble with an answer: {slack.troubles[0]}")
    if refused := [call for call in slack.calls if not call.ok]:
        raise StoryError(f"Slack refused {refused[0].method}: {refused[0].response.get('error')}.")


class Story:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._mara, self._jonas, self._priya = (
            stage.slack.add_person(each.name, tz=each.zone, title=each.title) for each in (MARA, JONAS, PRIYA)
        )
        self._team = stage.slack.add_channel(TEAM, [self._mara, self._jonas, self._priya])

    async def tell(self) -> None:
        self._stage.tells(
            "*What happened after it shipped?*\n"
            "Mara, Jonas and Priya work at Ferrybridge, a company made up for this story.\n"
            "Slack is a stand-in on this machine; everything else is the real Afterlaunch."
        )
        await self._a_launch_is_planned()
        await self._it_comes_out()
        await self._a_first_look()
        await self._what_happened()
        await self._somebody_else_knows()
        await self._the_other_one()
        await look_back(self._stage)
        await ask_around(self._stage)
        await see_it_done(self._stage)

    async def _a_launch_is_planned(self) -> None:
        stage, mara, priya = self._stage, self._mara, self._priya
        stage.names_the_day()
        stage.tells("Mara's team ships on Thursday. In its channel she types */launch New onboarding*.")
        await mara.command("/launch", "New onboarding", self._team)
        await stage.fill(mara, ONBOARDING)
        form = await mara.modal()
        stage.shows_panel(f"{form.title}, as Mara fills it in", form.shown.partition("\n")[2])
        await mara.press("More")
        await stage.slack.until(lambda: mara.top and "Because" in mara.top.shown)
        await stage.fill(mara, BELOW_MORE)
        await stage.submit(mara)
        stage.tells(
            "Below *More* she adds why she believes it, and a guardrail: support must not get more to do."
        )
        stage.shows(self._team, "L-1 New onboarding")
        await priya.command("/launch", "Weekly digest", self._team)
        await stage.fill(priya, DIGEST)
        await stage.submit(priya)
        stage.last(self._team, "L-2 Weekly digest")
        stage.tells("Priya's Weekly digest is out already; she records it as well, as L-2.")
        stage.adds("Nobody has to remember anything now.")

    async def _it_comes_out(self) -> None:
        stage, mara = self._stage, self._mara
        await stage.lets_pass(days=3)
        stage.tells("In the morning Mara finds a message.")
        stage.shows(mara.dm, "Is New onboarding out?")
        stage.tells("She replies: *yes*")
        await stage.does(mara.say(mara.dm, "yes"))
        stage.shows(mara.dm, "is out since")
        card = stage.last(self._team, "L-1 New onboarding")
        stage.tells("The card in the channel says so too. From now on its numbers are fixed.")
        stage.adds(next(line for line in card.shown.split("\n") if line.startswith("Fixed:")))

    async def _a_first_look(self) -> None:
        stage, mara = self._stage, self._mara
        await stage.lets_pass(days=7)
        first = stage.shows(mara.dm, "an early look")
        stage.tells("She has no time to look it up, and chooses *Snooze*, *1 day*.")
        await stage.does(mara.choose("prompts.snooze", "1 day", first))
        await stage.lets_pass(days=1)
        stage.last(mara.dm, "[Record]")
        stage.tells("It is back. Now she looks, and replies: *42 %, but it was a quiet week*")
        await stage.does(mara.say(mara.dm, "42 %, but it was a quiet week"))
        stage.shows(mara.dm, "[Add more]")

    async def _what_happened(self) -> None:
        stage, mara = self._stage, self._mara
        await stage.lets_pass(days=24)
        stage.tells("Thirty days were over on Saturday, so Mara is asked on Monday.")
        stage.shows(mara.dm, "the final check")
        stage.tells("This time she forgets it. Two working days later she is reminded, once.")
        await stage.lets_pass(days=2)
        reminder = stage.last(mara.dm, "[Ask someone else]")
        stage.tells("She is on her way to a customer, presses *Ask someone else*, and chooses Jonas.")
        await stage.does(mara.press("Ask someone else", reminder))
        await stage.fill(mara, {"person": self._jonas})
        await stage.submit(mara)
        stage.shows(mara.dm, "@Jonas Bell is asked now.")

    async def _somebody_else_knows(self) -> None:
        stage, jonas = self._stage, self._jonas
        await stage.lets_pass(days=1)
        question = stage.shows(jonas.dm, "the final check")
        stage.tells("Jonas has the dashboard open. He presses *Record*.")
        await stage.does(jonas.press("Record", question))
        form = await jonas.modal()
        [guardrail] = [block["block_id"] for block in form.blocks if "guardrail" in block["block_id"]]
        await stage.fill(
            jonas,
            {
                "value": "44 %",
                guardrail: "52 a week",
                "else_changed": "The new pricing page came in the same month",
                "users_said": "They find the checklist, and ask how to skip it",
                "learning": "A checklist helps teams that start alone",
            },
        )
        await stage.submit(jonas)
        outcome = stage.shows(self._team, "with guardrail loss")
        if not outcome.broadcast:
            raise StoryError("The outcome did not reach the channel.")
        stage.tells("This is the moment it is all for. Jonas is asked, too, what they do about it.")
        await stage.does(jonas.press("Iterate", stage.last(jonas.dm, "What do you do about it?")))
        await stage.does(jonas.press("Yes", stage.last(jonas.dm, "Does this change what we build next?")))
        decided = stage.last(self._team, "Decision: Iterate").shown.split("\n")
        stage.tells("He presses *Iterate*, and then *Yes*. The outcome in the channel now says:")
        stage.adds(next(line for line in decided if line.startswith("Decision:")))

    async def _the_other_one(self) -> None:
        stage, mara = self._stage, self._mara
        await stage.lets_pass(days=4)
        stage.tells(
            "And Weekly digest? Priya is on leave: she was asked and reminded, and today the channel is "
            "asked, without a name."
        )
        stage.shows(self._team, "Does anyone know")
        await stage.lets_pass(days=9)
        stage.last(self._priya.dm, "counts as unmeasured")
        stage.tells("Nobody did. After fourteen working days the question expires, which is counted too.")
        stage.tells("Mara types */launch list*.")
        answer = await mara.command("/launch", "list", self._team)
        if answer is None or "moved, with guardrail loss, iterate" not in answer.shown:
            raise StoryError("The list does not tell the outcome.")
        stage.shows_message(answer, self._team)
