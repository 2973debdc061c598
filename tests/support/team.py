"""A team whose days pass by the clock, and all that its people do: each act as a person would do it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slackapp.app import App
from slackapp.core.clock import TurnedClock
from slackapp.playground.slack import Channel, ImpossibleError, Message, Person, StandIn
from slackapp.playground.slack.shown import blocks_text, words
from slackapp.playground.slack.views import View
from tests.support.witness import What, Witness

#: The app is looked at as often as this, and on everybody's morning.
A_WHILE = timedelta(hours=4)
MORNING = time(9, 30)


@dataclass
class Team:
    slack: StandIn
    app: App
    clock: TurnedClock
    witness: Witness = field(init=False)

    def __post_init__(self) -> None:
        self.witness = Witness(self.slack, self.clock)

    async def turn_to(self, moment: datetime) -> None:
        """Let time pass, and stop at every person's half past nine."""
        while (now := self.clock.now()) < moment:
            zones = {person.account.tz for person in self.slack.people()}
            mornings = [_next(MORNING, ZoneInfo(zone), now) for zone in zones]
            self.clock.turn(min(moment, now + A_WHILE, *mornings))
            await self._see_to_what_is_due()

    async def settle(self, after: Person | None = None) -> None:
        """Let what people did have its effect, and then what the clock asks for."""
        await self.slack.quiet()
        await self.app.frame.finish()
        await self.app.relay.drain()
        self.witness.look(after=after.id if after else None)
        await self._see_to_what_is_due()

    async def _see_to_what_is_due(self) -> None:
        await self.app.catch_up()
        if self.witness.look(by_clock=True):
            # Slack tells the app of its own messages too.
            await self.slack.quiet()

    async def does(self, person: Person, what: str, act: Awaitable[object]) -> None:
        self.witness.note(What.DID, person, what)
        await act
        await self.settle(person)

    def find(self, person: Person, about: str, label: str) -> tuple[Message, str]:
        """The latest message with this button or menu below these words, and what tells it from others."""
        rooms = [person.dm, *(room for room in self.slack.channels() if person.id in room.members)]
        messages = [message for room in rooms for message in person.reads(room)]
        for message in sorted(messages, key=lambda each: each.ts, reverse=True):
            if (found := _below(message, about, label)) is not None:
                return message, found
        raise ImpossibleError(f"{person.name} sees no {label!r} below {about!r}")

    async def hand_in(self, person: Person, fields: Mapping[str, object]) -> dict[str, str]:
        """Fill in the form before the person and submit it; what is wrong with it, by field."""
        view = await person.modal()
        for name, value in fields.items():
            person.fill(_block(view, name), self._meant(name, value))
        self.witness.note(What.FORM, person, (await person.modal()).shown)
        wrong = await person.submit()
        if wrong:
            self.witness.note(What.FORM, person, (await person.modal()).shown)
        return wrong

    def _meant(self, name: str, value: object) -> object:
        return self.slack.person(str(value)) if name in {"owner", "backup", "person"} else value


def _next(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date()
    while (moment := datetime.combine(day, at, zone).astimezone(UTC)) <= now:
        day += timedelta(days=1)
    return moment


def _below(message: Message, about: str, label: str) -> str | None:
    """The value of the button, or the block of the menu, that follows the words in this message."""
    spoken_of = False
    for block in message.blocks:
        if block["type"] == "divider":
            spoken_of = False
        elif block["type"] != "actions":
            spoken_of = spoken_of or about in "\n".join(blocks_text([block], {}, message.names))
        elif spoken_of:
            for element in block["elements"]:
                if element["type"] == "button" and words(element["text"], {}) == label:
                    return str(element.get("value", ""))
                if element["type"] == "static_select" and words(element["placeholder"], {}) == label:
                    return str(block["block_id"])
    return None


def _block(view: View, name: str) -> str:
    """The block of a field that is named by its id, or by how its label begins."""
    for block in view.blocks:
        if block["type"] == "input" and str(words(block["label"], {})).startswith(name):
            return str(block["block_id"])
    return name


#: What one of the team does. What they could not do raises.
Act = Callable[[Team, Person], Awaitable[None]]


def replies(said: str, *, about: str = "") -> Act:
    """Write to the app: in its direct message, or in the thread of the question about that."""

    async def act(team: Team, person: Person) -> None:
        thread = team.find(person, about, "Record")[0] if about else None
        await team.does(
            person, f"reply{' in the thread' if about else ''}", person.say(person.dm, said, thread)
        )

    return act


def corrects(said: str, into: str) -> Act:
    """Edit what they wrote to the app."""

    async def act(team: Team, person: Person) -> None:
        [message] = [m for m in team.slack.messages(person.dm) if m.user == person.id and m.shown == said]
        await team.does(person, "edit that reply", person.edit(message, into))

    return act


def presses(label: str, about: str) -> Act:
    async def act(team: Team, person: Person) -> None:
        message, value = team.find(person, about, label)
        press = person.press(label, message, value=value or None)
        await team.does(person, f"press [{label}] below {about!r}", press)

    return act


def snoozes(about: str, option: str) -> Act:
    async def act(team: Team, person: Person) -> None:
        message, block = team.find(person, about, "Snooze")
        await team.does(person, f"snooze {about!r} for {option}", person.choose(block, option, message))

    return act


def fills(
    label: str,
    about: str,
    fields: Mapping[str, object],
    *,
    more: bool = False,
    wrong: Mapping[str, object] | None = None,
) -> Act:
    """Press the button, fill in the form it opens, and submit it. `wrong` is tried first, and refused."""

    async def act(team: Team, person: Person) -> None:
        message, value = team.find(person, about, label)
        await team.does(
            person, f"press [{label}] below {about!r}", person.press(label, message, value=value or None)
        )
        await _submit(team, person, fields, more=more, wrong=wrong)

    return act


def launches(title: str, room: str, fields: Mapping[str, object], *, more: bool = False) -> Act:
    """Record a launch, or plan one, by the command."""

    async def act(team: Team, person: Person) -> None:
        typed = person.command("/launch", title, team.slack.channel(room))
        await team.does(person, f"type /launch {title} in #{room}", typed)
        await _submit(team, person, fields, more=more)

    return act


def announces(said: str, room: str, fields: Mapping[str, object], *, more: bool = False) -> Act:
    """Tell the channel, and record a launch from that message's menu."""

    async def act(team: Team, person: Person) -> None:
        message = await person.say(team.slack.channel(room), said)
        await team.settle(person)
        await team.does(person, "choose Record as launch", person.shortcut("launches.from_message", message))
        await _submit(team, person, fields, more=more)

    return act


async def _submit(
    team: Team,
    person: Person,
    fields: Mapping[str, object],
    *,
    more: bool,
    wrong: Mapping[str, object] | None = None,
) -> None:
    if more:
        await person.modal()
        await person.press("More")
        await team.slack.until(lambda: person.top and "Because" in person.top.shown)
    if wrong is not None:
        assert await team.hand_in(person, wrong) != {}
    refused = await team.hand_in(person, fields)
    assert refused == {}, refused
    await team.settle(person)


def settles(room: str, **fields: object) -> Act:
    async def act(team: Team, person: Person) -> None:
        typed = person.command("/launch", "settings", team.slack.channel(room))
        await team.does(person, "type /launch settings", typed)
        await _submit(team, person, fields, more=False)

    return act


def types(text: str, room: str) -> Act:
    async def act(team: Team, person: Person) -> None:
        typed = person.command("/launch", text, team.slack.channel(room))
        await team.does(person, f"type /launch {text} in #{room}", typed)

    return act


def invites(room: str) -> Act:
    """Invite the app to the channel."""

    async def act(team: Team, person: Person) -> None:
        channel: Channel = team.slack.channel(room)
        team.slack.invite_bot(channel, person)
        team.witness.note(What.DID, person, f"invite Afterlaunch to #{room}")
        await team.settle(person)

    return act


def travels(zone: str) -> Act:
    async def act(team: Team, person: Person) -> None:
        team.slack.set_zone(person, zone)
        team.witness.locate()
        team.witness.note(What.DID, person, f"arrive in {zone}")
        await team.settle(person)

    return act


def leaves() -> Act:
    """Their account is deactivated."""

    async def act(team: Team, person: Person) -> None:
        team.witness.note(What.DID, person, "leave the company")
        team.slack.deactivate(person)
        await team.settle(person)

    return act
