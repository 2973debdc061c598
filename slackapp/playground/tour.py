"""The tour: five steps, each done by really doing it, which is seen from the workspace."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from slackapp.core.clock import Clock
from slackapp.playground.slack import Channel, Message, Person, StandIn
from slackapp.playground.slack.ids import micros
from slackapp.playground.story import Story, TourState

#: The first line of a launch's card.
_CARD = re.compile(r"L-(\d+) (.+)")
_LOOKS = ("list", "show", "learnings")


@dataclass(frozen=True)
class Step:
    title: str
    hint: str
    done: bool = False
    skipped: bool = False
    #: The one to be done now.
    current: bool = False
    #: Where to do it, at which message, and as whom; None: wherever one is, as whoever one is.
    where: Channel | None = None
    message: Message | None = None
    who: Person | None = None

    @property
    def over(self) -> bool:
        return self.done or self.skipped


@dataclass(frozen=True)
class _Launch:
    """What became of a launch that was recorded since the tour began."""

    channel: Channel
    #: Whom its final check was put to last.
    asked: Person | None
    #: With what.
    question: Message | None
    #: What its channel was told of it.
    outcome: Message | None
    #: Somebody has read that.
    seen: bool

    @property
    def stage(self) -> int:
        """How many steps it has come: whoever has it answered was asked."""
        return 4 if self.seen else 3 if self.outcome else 2 if self.asked else 1


class Tour:
    """Of one workspace; whoever looks at it sees the same."""

    def __init__(self, slack: StandIn, story: Story, clock: Clock) -> None:
        self._slack, self._story, self._clock = slack, story, clock
        #: The last exchange before the last step was to be done.
        self._before_last: int | None = None

    @property
    def closed(self) -> bool:
        return self._story.tour.closed or self._story.tour.begun is None

    def start(self) -> None:
        """From the beginning: only what is done from now on counts."""
        numbers = [number for _, _, number, _ in self._cards(0)]
        self._before_last = None
        self._keep(TourState(self._clock.now().isoformat(), max(numbers, default=0)))

    def close(self) -> None:
        self._keep(replace(self._story.tour, closed=True))

    def open(self) -> None:
        """Where it was left; from the beginning if it never began."""
        if self._story.tour.begun is None:
            self.start()
        self._keep(replace(self._story.tour, closed=False))

    def skip(self, number: int) -> None:
        """Go on without this step, counted from 1."""
        state = self._story.tour
        if 1 <= number <= len(_STEPS):
            self._keep(replace(state, skipped=state.skipped | {number}))

    def _keep(self, state: TourState) -> None:
        self._story.tours(state)
        self._slack.changes.note()

    def steps(self, reader: Person) -> Sequence[Step]:
        """As they stand now, told to this person. What was done once stays done."""
        state = self._story.tour
        launch = self._furthest()
        done = set(state.done)
        for number, title in enumerate(_STEPS, 1):
            del title
            if number in done | state.skipped:
                continue
            if not self._is_done(number, launch):
                break
            done.add(number)
        if done != state.done:
            self._story.tours(replace(state, done=frozenset(done)))
        over = done | state.skipped
        current = next((number for number in range(1, len(_STEPS) + 1) if number not in over), 0)
        return [
            replace(
                self._told(number, launch, reader),
                done=number in done,
                skipped=number in state.skipped - done,
                current=number == current,
            )
            for number in range(1, len(_STEPS) + 1)
        ]

    def _is_done(self, number: int, launch: _Launch | None) -> bool:
        if number < len(_STEPS):
            return launch is not None and launch.stage >= number
        latest = max((exchange.number for exchange in self._slack.traffic), default=0)
        if self._before_last is None:
            self._before_last = latest
        return any(
            exchange.number > self._before_last
            and (
                exchange.what == "app_home_opened"
                or (exchange.what == "/launch" and str(exchange.sent.get("text", "")).startswith(_LOOKS))
            )
            for exchange in self._slack.traffic
        )

    def _told(self, number: int, launch: _Launch | None, reader: Person) -> Step:
        title = _STEPS[number - 1]
        if number == 1:
            who = reader if _records(reader) else next(filter(_records, self._slack.people()), reader)
            where = team_channel(self._slack, who)
            return Step(title, _RECORD, where=where, who=None if who == reader else who)
        if number == len(_STEPS):
            return Step(title, _LOOK)
        if launch is None:
            return Step(title, _HINTS[number])
        if number == 3 and launch.asked:  # noqa: PLR2004 - the third step
            return Step(
                title, _HINTS[number], where=launch.asked.dm, message=launch.question, who=launch.asked
            )
        if number == 4:  # noqa: PLR2004 - the fourth
            return Step(title, _HINTS[number], where=launch.channel, message=launch.outcome)
        return Step(title, _HINTS[number])

    # What the workspace shows

    def _furthest(self) -> _Launch | None:
        state = self._story.tour
        if state.begun is None:
            return None
        launches = [
            self._followed(channel, card, title) for channel, card, _, title in self._cards(state.after)
        ]
        return max(launches, key=lambda launch: launch.stage, default=None)

    def _cards(self, after: int) -> Iterator[tuple[Channel, Message, int, str]]:
        """The cards of launches with a higher number: channel, message, number, title."""
        for channel in self._slack.channels():
            for message in self._slack.messages(channel):
                if not message.by_app or message.broadcast:
                    continue
                found = _CARD.match(message.text) and _CARD.fullmatch(message.shown.partition("\n")[0])
                if found and int(found[1]) > after:
                    yield channel, message, int(found[1]), found[2]

    def _followed(self, channel: Channel, card: Message, title: str) -> _Launch:
        questions = (
            (person, message)
            for person in self._slack.people()
            for message in self._slack.messages(person.dm)
            if message.by_app
            and micros(message.ts) > micros(card.ts)
            and "the final check" in message.shown
            and title in message.shown
        )
        outcome = self._outcome(channel, card, title)
        seen = outcome is not None and any(
            micros(person.read_mark(channel)) >= micros(outcome.ts) for person in self._slack.people()
        )
        # Whoever does not answer is asked again, and then somebody else: earlier questions are closed.
        asked, question = max(questions, key=lambda found: micros(found[1].ts), default=(None, None))
        return _Launch(channel, asked, question, outcome, seen)

    def _outcome(self, channel: Channel, card: Message, title: str) -> Message | None:
        threads = {card.ts, card.thread_ts} - {None}
        return next(
            (
                message
                for message in self._slack.messages(channel)
                if message.by_app
                and message.broadcast
                and message.thread_ts in threads
                and title in message.shown
            ),
            None,
        )


def _records(person: Person) -> bool:
    """Guests and people of another organisation are only asked; bots and whoever left are nobody to be."""
    account = person.account
    outside = account.is_restricted or account.is_ultra_restricted or account.is_stranger
    return not (outside or account.is_bot or account.deleted)


def team_channel(slack: StandIn, person: Person) -> Channel | None:
    """Where to record: a team's channel rather than everybody's, one with the app if there is any."""

    def fits(room: Channel) -> tuple[bool, bool, int, str]:
        return slack.bot_user_id not in room.members, room.private, len(room.members), room.name

    rooms = [room for room in slack.channels() if person.id in room.members and not room.archived]
    return min(rooms, key=fits, default=None)


_STEPS = (
    "Record a launch",
    "Turn the clock",
    "Answer",
    "See the outcome in the channel",
    "Look at the history",
)
_RECORD = (
    "Write /launch New onboarding into a team's channel. Fill in the form, with numbers such as "
    "40\N{NO-BREAK SPACE}% → 50\N{NO-BREAK SPACE}%, and submit it."
)
_HINTS = {
    2: "Nobody has to remember it now. Turn the clock at the top by weeks, until its final check comes after "
    "thirty days. The early look after a week may be left alone.",
    3: "Whoever recorded it was asked. Reply in the question's thread with the number, such as "
    "44\N{NO-BREAK SPACE}%.",
    4: "The answer has gone to the launch's channel, beside what was hoped for. Read it there.",
}
_LOOK = "Type /launch list in a channel, or open Home: every launch, and what came of it."
