"""One launch from its first day to its outcome, played at a stand-in for Slack and told as it happens."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from slackapp.app import App, build, connected
from slackapp.core.clock import TurnedClock
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.playground.slack import Channel, ImpossibleError, Message, Person, StandIn

START = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)

LAUNCH = {
    "problem": "New teams give up before they see anything of value.",
    "audience": "teams in their first week",
    "metric": "Activation",
    "from_to": "40 % → 50 %",
    "outcomes": "They invite a colleague on their first day.",
    "link": "https://numbers.example.com/activation",
}


class StoryError(Exception):
    """Something that belongs to the story did not happen."""


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
        ) as slack:
            database = f"sqlite+aiosqlite:///{folder}/demo.db"
            settings = load(Settings, **slack.environment(), AFTERLAUNCH_DATABASE_URL=database)
            async with build(settings, clock) as app, connected(app):
                story = Story(console, clock, slack, app)
                try:
                    await story.tell()
                except (ImpossibleError, TimeoutError) as error:
                    raise StoryError(str(error)) from error
                if slack.troubles:
                    raise StoryError(f"Slack had trouble with an answer: {slack.troubles[0]}")
    story.end(record)


class Story:
    def __init__(self, console: Console, clock: TurnedClock, slack: StandIn, app: App) -> None:
        self._console, self._clock, self._slack, self._app = console, clock, slack, app
        self._mara = slack.add_person("Mara Lind", tz="Europe/Stockholm")
        self._jonas = slack.add_person("Jonas Bell", tz="Europe/London")
        self._team = slack.add_channel("team-onboarding", [self._mara, self._jonas])

    async def tell(self) -> None:
        self._console.print(
            Padding(
                "[bold]What happened after it shipped?[/bold]\n"
                "A team at Ferrybridge, a company made up for this story, ships a new onboarding.\n"
                "Slack is a stand-in on this machine; everything else is the real Afterlaunch.",
                (1, 0, 0, 0),
            ),
        )
        await self._record_the_launch()
        await self._first_look()
        await self._what_happened()
        await self._decide()

    async def _record_the_launch(self) -> None:
        self._date()
        self._does(self._mara, self._team, "types", "/launch New onboarding")
        await self._mara.command("/launch", "New onboarding", self._team)
        await self._mara.modal()
        self._does(self._mara, self._team, "gets the form and presses", "More")
        await self._mara.press("More")
        await self._slack.until(lambda: self._mara.top and "Because" in self._mara.top.shown)
        await self._fill({**LAUNCH, "because": "six of eight new users asked us where to begin"})
        if await self._mara.submit():
            raise StoryError("The form was not accepted.")
        await self._app.catch_up()
        self._shows(self._team, self._only(self._slack.messages(self._team), "New onboarding"))
        self._aside("Nobody has to remember anything now.")

    async def _first_look(self) -> None:
        await self._turn(days=7)
        question = self._last(self._mara.dm, "What happened to")
        self._shows(self._mara.dm, question)
        await self._reply("42 %")

    async def _what_happened(self) -> None:
        await self._turn(days=23)
        self._shows(self._mara.dm, self._last(self._mara.dm, "the final check"))
        await self._reply("about half?")
        await self._reply("44 %, but Black Friday came early this year")
        outcome = self._last(self._team, "40 % → 44 %")
        if not outcome.broadcast:
            raise StoryError("The outcome did not reach the channel.")
        self._shows(self._team, outcome)

    async def _decide(self) -> None:
        self._does(self._mara, self._mara.dm, "presses", "Iterate")
        await self._mara.press("Iterate", self._last(self._mara.dm, "What do you do about it?"))
        await self._app.catch_up()
        self._shows(self._team, self._last(self._team, "Decision: Iterate"))
        self._does(self._jonas, self._team, "types", "/launch list")
        answer = await self._jonas.command("/launch", "list", self._team)
        if answer is None or "moved, iterate" not in answer.shown:
            raise StoryError("The list does not tell the outcome.")
        self._shows(self._team, answer)

    # Living through it

    async def _fill(self, values: Mapping[str, object]) -> None:
        for field, value in values.items():
            self._mara.fill(field, value)
        self._console.print(Padding(f"[dim]The form, as {self._mara.name} fills it in:[/dim]", (1, 0, 0, 2)))
        view = await self._mara.modal()
        self._panel(view.title, view.shown)

    async def _reply(self, words: str) -> None:
        self._does(self._mara, self._mara.dm, "replies", words)
        await self._mara.say(self._mara.dm, words)
        await self._slack.quiet()
        await self._app.catch_up()
        self._shows(self._mara.dm, self._slack.messages(self._mara.dm)[-1])

    async def _turn(self, days: int) -> None:
        """Let the days pass one by one, as they would."""
        for _ in range(days):
            self._clock.turn(self._clock.now() + timedelta(days=1))
            await self._app.catch_up()
        self._date()

    def _last(self, channel: Channel, words: str) -> Message:
        found = [message for message in self._slack.messages(channel) if words in message.shown]
        if not found:
            raise StoryError(f"Nobody was shown “{words}”.")
        return found[-1]

    @staticmethod
    def _only(messages: list[Message], words: str) -> Message:
        found = [message for message in messages if words in message.shown]
        if len(found) != 1:
            raise StoryError(f"“{words}” was shown {len(found)} times, not once.")
        return found[0]

    # Telling it

    def _date(self) -> None:
        day = self._clock.now()
        self._console.print()
        self._console.rule(f"[bold]{day:%A} {day.day} {day:%B %Y}[/bold]", align="left", style="dim")

    def _does(self, person: Person, channel: Channel, verb: str, words: str) -> None:
        where = self._where(channel)
        line = Text.assemble("\n", (person.name, "bold"), f" {verb} in {where}: ", (words, "bold cyan"))
        self._console.print(Padding(line, (0, 0, 0, 2)))

    def _shows(self, channel: Channel, message: Message) -> None:
        seen = " (only the person who asked sees this)" if message.ephemeral else ""
        also = ", in the thread and in the channel" if message.broadcast else ""
        self._panel(f"Afterlaunch, {self._where(channel)}{also}{seen}", message.shown)

    def _panel(self, title: str, shown: str) -> None:
        body = Text(shown)
        body.highlight_regex(r"\[[^\]\n]+\]", "green")
        panel = Panel(body, title=f"[dim]{title}[/dim]", title_align="left", border_style="dim", width=96)
        self._console.print(Padding(panel, (0, 0, 0, 4)))

    def _aside(self, words: str) -> None:
        self._console.print(Padding(Text(words, "italic dim"), (1, 0, 0, 2)))

    def _where(self, channel: Channel) -> str:
        return f"#{channel.name}" if channel.id == self._team.id else "a direct message"

    def end(self, record: Path | None) -> None:
        calls = self._slack.calls
        refused = [call for call in calls if not call.ok]
        if refused:
            raise StoryError(f"Slack refused {refused[0].method}: {refused[0].response.get('error')}.")
        self._aside(f"{len(calls)} calls to Slack, none refused.")
        if record is not None:
            self._aside(f"They are in {record}.")
