"""Where the story is played: people act, days pass, and what anybody sees is told on the console."""

from collections.abc import Awaitable, Mapping
from datetime import timedelta

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from slackapp.app import App
from slackapp.core.clock import TurnedClock
from slackapp.playground.slack import Channel, Message, Person, StandIn


class StoryError(Exception):
    """Something that belongs to the story did not happen."""


class Stage:
    def __init__(self, console: Console, clock: TurnedClock, slack: StandIn, app: App) -> None:
        self.slack = slack
        self._console, self._clock, self._app = console, clock, app

    # Living through it

    async def lets_pass(self, days: int) -> None:
        """Let the days pass one by one, as they would."""
        for _ in range(days):
            self._clock.turn(self._clock.now() + timedelta(days=1))
            await self._app.catch_up()
            await self.slack.quiet()
        self.names_the_day()

    async def lets_minutes_pass(self, minutes: int) -> None:
        self._clock.turn(self._clock.now() + timedelta(minutes=minutes))
        await self.settle()

    async def does(self, act: Awaitable[object]) -> None:
        """Let somebody act, and let what follows happen."""
        await act
        await self.settle()

    async def fill(self, person: Person, values: Mapping[str, object]) -> None:
        """Put values into the form before the person."""
        await person.modal()
        for field, value in values.items():
            person.fill(field, value)

    async def submit(self, person: Person) -> None:
        if wrong := await person.submit():
            raise StoryError(f"The form was not accepted: {' '.join(wrong.values())}")
        await self.settle()

    async def settle(self) -> None:
        await self.slack.quiet()
        await self._app.frame.finish()
        await self._app.catch_up()

    def last(self, channel: Channel, words: str) -> Message:
        """The latest message in the channel that shows these words. `StoryError` if there is none."""
        found = [message for message in self.slack.messages(channel) if words in message.shown]
        if not found:
            raise StoryError(f"Nobody was shown “{words}”.")
        return found[-1]

    # Telling it

    def names_the_day(self) -> None:
        day = self._clock.now()
        self._console.print()
        self._console.rule(f"[bold]{day:%A} {day.day} {day:%B %Y}[/bold]", align="left", style="dim")

    def tells(self, words: str) -> None:
        """What the teller says. A person's words or a button stand in it between asterisks."""
        line = Text("\n")
        for number, piece in enumerate(words.split("*")):
            line.append(piece, "bold cyan" if number % 2 else "")
        self._console.print(Padding(line, (0, 0, 0, 2)))

    def shows(self, channel: Channel, words: str) -> Message:
        """The latest message in the channel with these words."""
        message = self.last(channel, words)
        self.shows_message(message, channel)
        return message

    def shows_message(self, message: Message, channel: Channel) -> None:
        alone = ", seen by whoever asked" if message.ephemeral else ""
        also = ", in its thread too" if message.broadcast else ""
        where = f"#{channel.name}"
        if channel.person is not None:
            where = f"to {self.slack.person(channel.person).name} alone"
        self.shows_panel(f"Afterlaunch, {where}{also}{alone}", message.shown)

    def shows_panel(self, title: str, shown: str) -> None:
        body = Text(shown)
        body.highlight_regex(r"\[[^\]\n]+\]", "green")
        panel = Panel(body, title=f"[dim]{title}[/dim]", title_align="left", border_style="dim", width=96)
        self._console.print(Padding(panel, (0, 0, 0, 4)))

    def adds(self, words: str) -> None:
        self._console.print(Padding(Text(words, "italic dim"), (1, 0, 0, 2)))
