"""People ask, answer, put off, pass on and leave in any order, and nobody is ever pestered or forgotten.

It runs for about twenty seconds, and does not shrink what it finds. `LADDER_EXAMPLES=2000`, and pytest's
`-o faulthandler_timeout=0`, make it look for as long as one likes, and shrink.
"""

import asyncio
import os
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from holidays import country_holidays
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update

from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import Ladder
from slackapp.features.workspaces.models import Person
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.rules import Dead
from tests.support.asking import KIND, ZONES, Asking, Put, asking

#: How many lives to look at.
EXAMPLES = os.environ.get("LADDER_EXAMPLES")
FEW = 25

#: Before daylight saving time ends in Europe and America, and begins in Auckland.
START = datetime(2026, 9, 17, 6, 0, tzinfo=UTC)
PEOPLE = st.sampled_from(sorted(ZONES))
SOMEBODY = st.none() | PEOPLE
WHICH = st.integers(0, 15)
MOST_PROMPTS = 12
#: A question nobody answers is over after so many days, also where everybody is asked once a week.
BOUND = timedelta(days=250)
#: The key of a morning's message ends in its date.
DAILY = re.compile(r":\d{4}-\d\d-\d\d$")
T = TypeVar("T")


@dataclass
class Told:
    """What the people concerned know of one question."""

    ladder: Ladder
    #: Nobody is asked before this moment.
    not_before: datetime
    #: Whoever may be asked: the first, the owner, the backup, and to whom it was passed on.
    concerned: set[str]
    news: bool = False
    ended: bool = False
    #: Who put it off, until which date of theirs.
    put_off: tuple[str, date] | None = None
    #: Of one that has ended: it had expired before.
    was_over: bool = False
    #: How often it was begun with.
    rounds: int = 1


@dataclass
class Who:
    zone: ZoneInfo
    country: str | None = None
    gone: bool = False
    weekly: bool = False
    #: Mornings with a question since they last answered, put off or passed on anything.
    ignored: int = 0
    #: The mornings so far.
    mornings: list["Morning"] = field(default_factory=list)


@dataclass
class Morning:
    """A message, when it went out, the person's date then, and how much it asked."""

    message: str
    at: datetime
    on: date
    asks: int = 0


class Ladders(RuleBasedStateMachine):
    #: A migrated database, copied for each example.
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "ladder.db"
        shutil.copy(self.template, path)
        self.engine = create_engine(f"sqlite+aiosqlite:///{path}")
        self.clock = TurnedClock(START)
        self.feature: Asking = self.run(asking(self.engine, self.clock))
        self.told: dict[int, Told] = {}
        self.people = {user: Who(ZoneInfo(tz)) for user, tz in ZONES.items()}
        self.seen = 0
        self.mornings: dict[str, Morning] = {}
        #: Which message told it.
        self.news: dict[int, str] = {}

    def ended(self) -> list[int]:
        """What an answer, or something else, may be taken back of."""
        return [subject for subject, told in self.told.items() if told.ended and not told.news]

    def run(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return self._runner.run(wait())

    def do(self, use: Callable[[Tx], Awaitable[T]]) -> T | None:
        """What the use case returns; None if it refuses, which is its right."""
        try:
            done = self.run(self.feature.do(use))
        except UserError:
            done = None
        self.check()
        return done

    def now(self) -> datetime:
        return self.clock.now()

    def today(self, user: str) -> date:
        return self.now().astimezone(self.people[user].zone).date()

    def prompt(self, which: int) -> tuple[int, Prompt, Told] | None:
        """One of the questions, with its row; rather one that is asked, or open at least, than another."""
        lively = [subject for subject, told in self.told.items() if not told.ended]
        asked = [subject for subject in self.run(self.asked()) if subject in lively]
        subjects = (asked or lively) if which < 8 else lively if which < 12 else list(self.told)
        if not subjects:
            return None
        subject = subjects[which % len(subjects)]
        row = self.run(self.feature.prompt(subject))
        return subject, row, self.told[subject]

    async def asked(self) -> list[int]:
        async def read(tx: Tx) -> list[int]:
            found = await tx.session.scalars(
                select(Prompt.subject_id).where(
                    Prompt.state == PromptState.ASKED, Prompt.message.is_not(None)
                )
            )
            return list(found)

        return await self.feature.do(read)

    # What happens

    @initialize(user=PEOPLE, backup=SOMEBODY, days=st.sampled_from([0, 8]))
    def begin(self, user: str, backup: str | None, days: int) -> None:
        for owner in ("U1", "U2"):
            self.ask(user, owner, backup, Ladder.UNTIL_ANSWERED, days, 1)

    @precondition(lambda self: len(self.told) < MOST_PROMPTS)
    @rule(
        user=PEOPLE,
        owner=SOMEBODY,
        backup=SOMEBODY,
        ladder=st.sampled_from([*Ladder, Ladder.UNTIL_ANSWERED, Ladder.UNTIL_ANSWERED]),
        days=st.sampled_from([0, 0, 3, 12, 25]),
        number=st.sampled_from([1, 1, 1, 6]),
    )
    def ask(
        self, user: str, owner: str | None, backup: str | None, ladder: Ladder, days: int, number: int
    ) -> None:
        at = self.now() + timedelta(days=days)
        for _ in range(number):
            subject = len(self.told) + 1
            if ladder == Ladder.NEWS:
                self.told[subject] = Told(ladder, at, {user}, news=True)
                self.run(self.feature.tell(subject, user, at=at))
            else:
                self.told[subject] = Told(ladder, at, {user, owner or user, backup or user})
                ask = self.feature.ask(subject, user, ladder=ladder, owner=owner, backup=backup, at=at)
                self.run(ask)
        self.check()

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours: int) -> None:
        self.run(self.feature.turn(hours=hours))
        self.check()

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.run(self.feature.turn(days=days))
        self.check()

    @rule(hours=st.integers(20, 400))
    def nothing_runs_for_a_while(self, hours: int) -> None:
        self.clock.turn(self.now() + timedelta(hours=hours))
        self.run(self.feature.beat())
        self.check()

    @rule(which=WHICH, days=st.sampled_from([1, 3, 7]))
    def snooze(self, which: int, days: int) -> None:
        if (found := self.prompt(which)) is None:
            return
        subject, row, told = found
        before = row.snoozes
        self.do(lambda tx: service.snooze(tx, row.user_id, row.id, days))
        row = self.run(self.feature.prompt(subject))
        if row.snoozes > before:
            assert not told.ended
            assert not told.news
            told.put_off = (row.user_id, self.today(row.user_id) + timedelta(days=days))
            self.people[row.user_id].ignored = 0

    @rule(which=WHICH, by=st.none() | SOMEBODY, to=PEOPLE)
    def pass_on(self, which: int, by: str | None, to: str) -> None:
        if (found := self.prompt(which)) is None:
            return
        subject, row, told = found
        before = (row.user_id, row.state, row.message)
        told.concerned, known = told.concerned | {to}, told.concerned
        put_off, told.put_off = told.put_off, None
        done = self.do(lambda tx: _returning(service.pass_on(tx, by or row.user_id, row.id, to)))
        if done is None:
            told.concerned, told.put_off = known, put_off
            after = self.run(self.feature.prompt(subject))
            assert (after.user_id, after.state, after.message) == before
        else:
            self.people[by or before[0]].ignored = 0

    @rule(which=WHICH, owner=PEOPLE, backup=SOMEBODY)
    def reassign(self, which: int, owner: str, backup: str | None) -> None:
        if (found := self.prompt(which)) is None or found[2].news:
            return
        subject, row, told = found
        told.concerned |= {owner, backup or owner}
        self.do(lambda tx: service.reassign(tx, KIND, subject, owner_id=owner, backup_id=backup))
        after = self.run(self.feature.prompt(subject))
        if after.user_id != row.user_id:
            told.put_off = None

    @rule(which=WHICH, days=st.integers(0, 15))
    def postpone(self, which: int, days: int) -> None:
        if (found := self.prompt(which)) is None or found[2].ended or found[2].news:
            return
        subject, _, told = found
        at = self.now() + timedelta(days=days)
        told.not_before, told.put_off, told.rounds = at, None, told.rounds + 1
        self.do(lambda tx: service.postpone(tx, KIND, subject, at))

    @rule(which=WHICH, by=SOMEBODY)
    def answer(self, which: int, by: str | None) -> None:
        if (found := self.prompt(which)) is None or found[2].news:
            return
        subject, row, told = found
        user = by or row.user_id
        self.do(lambda tx: service.answered(tx, KIND, subject, user))
        told.was_over = told.was_over if told.ended else row.state == PromptState.EXPIRED
        told.ended, self.people[user].ignored = True, 0

    @rule(which=WHICH)
    def drop(self, which: int) -> None:
        if (found := self.prompt(which)) is None:
            return
        subject, row, told = found
        self.do(lambda tx: service.forget(tx, KIND, subject))
        told.was_over = told.was_over if told.ended else row.state == PromptState.EXPIRED
        told.ended = True

    @precondition(lambda self: self.ended())
    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        ended = self.ended()
        subject = ended[which % len(ended)]
        told = self.told[subject]
        told.ended, told.put_off = False, None
        open_again = self.do(lambda tx: service.reopen(tx, KIND, subject))
        assert open_again != told.was_over

    @rule(
        which=WHICH, user=SOMEBODY, profile=st.sampled_from([{"deleted": True}, {"is_restricted": True}, {}])
    )
    def leave_or_come_back(self, which: int, user: str | None, profile: dict[str, Any]) -> None:
        found = self.prompt(which)
        user = user or (found[1].user_id if found else "U1")
        who = self.people[user]
        who.gone = bool(profile)
        self.run(self.feature.know(user, tz=str(who.zone), **profile))
        self.check()

    @rule(user=PEOPLE, zone=st.sampled_from([*ZONES.values(), "America/Los_Angeles", "Asia/Kolkata", "UTC"]))
    def move(self, user: str, zone: str) -> None:
        who = self.people[user]
        who.zone = ZoneInfo(zone)
        self.run(self.feature.know(user, tz=zone, deleted=who.gone))
        self.check()

    @rule(user=PEOPLE, country=st.sampled_from([None, "SE", "US", "IL"]))
    def keep_other_holidays(self, user: str, country: str | None) -> None:
        self.people[user].country = country
        self.do(
            lambda tx: tx.session.execute(
                update(Person).where(Person.user_id == user).values(country=country)
            )
        )

    @rule(user=PEOPLE, weekly=st.booleans())
    def ask_for_fewer(self, user: str, *, weekly: bool) -> None:
        who = self.people[user]
        if not who.mornings:
            return
        who.weekly, who.ignored = weekly, who.ignored if weekly else 0
        self.do(lambda tx: service.set_weekly(tx, user, who.mornings[-1].message, weekly=weekly))

    @rule(which=WHICH, reason=st.sampled_from(["cannot_dm_bot", "out_of_reach"]))
    def nobody_saw_the_message(self, which: int, reason: str) -> None:
        if (found := self.prompt(which)) is None or found[1].message is None:
            return
        key, user = found[1].message, found[1].user_id
        who, morning = self.people[user], self.mornings.get(key)
        if reason == "out_of_reach":
            self.news = {subject: told for subject, told in self.news.items() if told != key}
            if morning is not None and morning.asks:
                who.ignored = max(0, who.ignored - 1)
        dead = Dead(key, reason, user, None, maybe_shown=False)
        self.do(lambda tx: service.undeliverable(tx, dead))

    # What must hold

    def check(self) -> None:
        """Everything that was put to people since the last look, as the outbox has it."""
        new, self.seen = self.feature.puts[self.seen :], len(self.feature.puts)
        puts: dict[str, list[Put]] = defaultdict(list)
        for put in new:
            puts[put.message].append(put)
        for row in self.run(self.rows()):
            assert row.user_id is not None
            if DAILY.search(row.key) and row.key not in self.mornings:
                self.mornings[row.key] = self.another_morning(self.people[row.user_id], row)
            for put in puts.pop(row.key, ()):
                self.check_put(put)
        assert not puts
        self.check_news()
        for subject, told in self.told.items():
            assert self.feature.channel[subject] <= told.rounds
            if told.ladder != Ladder.UNTIL_ANSWERED:
                assert not self.feature.channel[subject]

    async def rows(self) -> list[OutboxMessage]:
        async def read(tx: Tx) -> list[OutboxMessage]:
            found = await tx.session.scalars(select(OutboxMessage).order_by(OutboxMessage.due_at))
            return list(found)

        return await self.feature.do(read)

    def another_morning(self, who: Who, row: OutboxMessage) -> Morning:
        """It comes no sooner after the last than it may."""
        local = row.due_at.astimezone(who.zone)
        assert not who.gone
        assert time(9, 30) <= local.time() < time(12)
        assert works(who, local.date())
        if who.mornings:
            last = who.mornings[-1]
            assert local.date() > last.on
            assert row.due_at - last.at >= timedelta(hours=12)
            if who.weekly or who.ignored >= 3:
                assert local.date() >= last.on + timedelta(days=7)
        who.mornings.append(Morning(row.key, row.due_at, local.date()))
        return who.mornings[-1]

    def check_put(self, put: Put) -> None:
        told, who = self.told[put.subject_id], self.people[put.user_id]
        assert not told.ended
        assert not told.news
        assert not who.gone
        assert put.user_id in told.concerned
        assert put.at >= told.not_before
        if told.put_off is not None and told.put_off[0] == put.user_id:
            assert put.at.astimezone(who.zone).date() >= told.put_off[1]
        told.put_off = None
        if put.at_once:
            return
        morning = self.mornings[put.message]
        assert put.at == morning.at
        morning.asks += 1
        who.ignored += morning.asks == 1
        assert morning.asks <= 3

    def check_news(self) -> None:
        async def read(tx: Tx) -> list[Prompt]:
            found = await tx.session.scalars(
                select(Prompt).where(Prompt.message.is_not(None), Prompt.ladder == Ladder.NEWS)
            )
            return list(found)

        messages: Counter[str] = Counter()
        for row in self.run(self.feature.do(read)):
            assert row.message is not None
            messages[row.message] += 1
            told = self.told[row.subject_id]
            assert row.user_id in told.concerned
            assert self.mornings[row.message].at >= told.not_before
            # Told once: where it stands it stays.
            assert self.news.setdefault(row.subject_id, row.message) == row.message
        assert all(count <= 5 for count in messages.values())

    def teardown(self) -> None:
        try:
            self.end()
        finally:
            self.run(self.engine.dispose())
            self._runner.close()
            self._folder.cleanup()

    def end(self) -> None:
        """Time goes on, and nobody does anything any more: all comes to an end."""
        start = self.now()
        while (due := self.run(self.feature.next_due())) is not None:
            assert due < start + BOUND
            self.run(self.feature.turn_to(max(due, self.now() + timedelta(minutes=1))))
            self.check()
        for subject, told in self.told.items():
            if told.ladder in {Ladder.UNTIL_ANSWERED, Ladder.AMONG_US} and not told.ended:
                assert self.feature.expired[subject]
                if told.ladder == Ladder.UNTIL_ANSWERED:
                    assert self.feature.channel[subject]


def works(who: Who, day: date) -> bool:
    return country_holidays(who.country).is_working_day(day) if who.country else day.weekday() < 5


async def _returning(work: Awaitable[Any]) -> bool:
    await work
    return True


def test_nobody_is_pestered_and_nothing_is_forgotten(sqlite_template: Path) -> None:
    class Here(Ladders):
        template = sqlite_template

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=int(EXAMPLES or FEW),
            stateful_step_count=40,
            deadline=None,
            phases=list(Phase) if EXAMPLES else [Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
