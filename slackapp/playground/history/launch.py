"""One launch from its first day to its last: what its people do about it, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slackapp.playground.history.acts import (
    Act,
    Fields,
    announces,
    answers,
    card,
    comments,
    fills,
    launches,
    outcome,
    presses,
    reacts,
)
from slackapp.playground.history.diary import Entry, at_work, moment, morning
from slackapp.playground.history.dice import Dice
from slackapp.playground.slack.company import Member

#: What the form shows before More is pressed.
_EIGHT = {"title", "problem", "audience", "metric", "from_to", "outcomes", "link", "day"}
_USUAL = ("7", "30")
_CHEERS = ("tada", "clap", "raised_hands", "ship", "rocket")
_NODS = ("eyes", "+1", "thinking_face", "pray")

Lines = tuple[tuple[Member, str], ...]


@dataclass(frozen=True)
class Answer:
    """What is said when its day has come. In all its words a choice may be open: see `dice`."""

    value: str
    #: Said behind the number in a reply.
    note: str = ""
    #: What the form is given beside the number; without it the answer is a reply where that is enough.
    beside: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    #: Whether it changes what is built next: Yes, No, or nothing said.
    changes: str = ""
    #: Who answers, and when, if it is not the owner on the morning of the day.
    by: Member | None = None
    on: str = ""
    #: What is said of the outcome in the launch's thread.
    talk: Lines = ()


@dataclass(frozen=True)
class Launch:
    """What stands in its form, and what becomes of it. Days are by the clock of whoever acts."""

    title: str
    owner: Member
    room: str
    recorded: str
    form: Fields
    #: Told to the channel first, and recorded from that message's menu.
    announced: str = ""
    worked: tuple[Member, ...] = ()
    before_spec: tuple[Member, ...] = ()
    talk: Lines = ()
    early: Answer | None = None
    final: Answer | None = None
    #: What else happens: who does what, and when.
    also: tuple[tuple[Member, str, Act], ...] = ()


def course(launch: Launch, seed: int) -> Iterator[Entry]:
    """All that its people do about it. The same seed gives the same."""
    dice = Dice(seed, launch.title)
    yield from _beginning(launch, dice)
    ticked = launch.form.get("checkpoints", _USUAL)
    assert isinstance(ticked, (tuple, list))
    checkpoints = sorted(int(days) for days in ticked)
    for answer, days in ((launch.early, checkpoints[0]), (launch.final, checkpoints[-1])):
        if answer is not None:
            yield from _answered(launch, answer, _out_on(launch) + timedelta(days=days), dice)
    for who, when, act in launch.also:
        yield Entry(moment(when, who) + timedelta(minutes=dice.minutes(0, 9)), who, act)


def _beginning(launch: Launch, dice: Dice) -> Iterator[Entry]:
    at = moment(launch.recorded, launch.owner) + timedelta(minutes=dice.minutes(0, 20))
    more = not launch.form.keys() <= _EIGHT
    if launch.announced:
        said, form = dice.say(launch.announced), {"title": launch.title, **launch.form}
        yield Entry(at, launch.owner, announces(said, launch.room, form, more=more))
    else:
        yield Entry(at, launch.owner, launches(launch.title, launch.room, launch.form, more=more))
    for label, people in (
        ("I worked on this", launch.worked),
        ("I was in before the spec", launch.before_spec),
    ):
        for who in people:
            yield Entry(
                at_work(at + timedelta(minutes=dice.minutes(4, 150)), who), who, presses(label, launch.title)
            )
    yield from _talk(launch, launch.talk, at, dice)


def _answered(launch: Launch, answer: Answer, due: date, dice: Dice) -> Iterator[Entry]:
    who = answer.by or launch.owner
    at = moment(answer.on, who) if answer.on else morning(due, who, dice.minutes(2, 50))
    value, note = dice.say(answer.value), dice.say(answer.note)
    if answer.beside:
        beside = {name: dice.say(text) for name, text in answer.beside.items()}
        yield Entry(at, who, fills("Record", launch.title, {"value": value, **beside}))
    else:
        yield Entry(at, who, answers(launch.title, value, note))
    for label in filter(None, (answer.decision, answer.changes)):
        at += timedelta(minutes=dice.minutes(1, 3))
        yield Entry(at, who, presses(label, launch.title))
    if answer.talk or answer.decision:
        yield from _received(launch, answer, at, dice)


def _received(launch: Launch, answer: Answer, at: datetime, dice: Dice) -> Iterator[Entry]:
    """How the outcome is taken by those who talk of it, or worked on it."""
    names = _CHEERS if answer.decision == "Keep" else _NODS
    for who in dict.fromkeys([*launch.worked, *(who for who, _ in answer.talk)]):
        if dice.happens(0.7) and who != (answer.by or launch.owner):
            reaction = reacts(outcome(launch.room, launch.title), dice.one(names))
            yield Entry(at_work(at + timedelta(minutes=dice.minutes(5, 200)), who), who, reaction)
    yield from _talk(launch, answer.talk, at, dice)


def _talk(launch: Launch, lines: Lines, at: datetime, dice: Dice) -> Iterator[Entry]:
    for who, line in lines:
        at = at_work(at + timedelta(minutes=dice.minutes(3, 45)), who)
        yield Entry(at, who, comments(card(launch.room, launch.title), dice.say(line)))


def _out_on(launch: Launch) -> date:
    if day := launch.form.get("day"):
        return date.fromisoformat(str(day))
    return moment(launch.recorded, launch.owner).astimezone(ZoneInfo(launch.owner.zone)).date()
