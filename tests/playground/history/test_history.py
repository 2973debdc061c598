"""Half a year lived through: it shows all that it is meant to, and is the same each time."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from slackapp.playground.history import END, START, HistoryError, live
from slackapp.playground.history.plan import plan
from slackapp.playground.slack import Channel, Message, Person
from slackapp.playground.world import World, world

SEED = 7
#: By then almost every kind of thing has happened once.
A_THIRD = START + (END - START) / 3
PRIVATE_WORD = "skerry"
#: Of topics with as many votes, a lot decides which is first, and no seed.
DRAWN_BY_LOT = "Topics of R-"


def rooms(place: World, person: Person) -> Iterator[Channel]:
    """Where the person may read."""
    if not person.account.deleted:
        yield person.dm
    for channel in place.slack.channels():
        if person.id in channel.members:
            yield channel


def line(place: World, message: Message) -> str:
    names = {person.id: person.name for person in place.slack.people()}
    liked = [(each["name"], sorted(names[user] for user in each["users"])) for each in message.reactions]
    reply = "  > " if message.thread_ts not in {None, message.ts} else ""
    said = message.shown
    if said.startswith(DRAWN_BY_LOT):
        said = "\n".join(sorted(re.sub(r"^\d+\. ", "", each) for each in said.split("\n")))
    # Of what is said in two rooms at one moment either may be first.
    at = message.ts.partition(".")[0]
    return f"{reply}{at} {names.get(message.user, 'app')}: {said} {sorted(liked)}"


def everything(place: World) -> dict[str, list[str]]:
    """What each person reads, wherever they may."""
    return {
        person.name: [line(place, each) for room in rooms(place, person) for each in person.reads(room)]
        for person in place.slack.people()
    }


def said(place: World, room: str) -> str:
    return "\n".join(each.shown for each in place.slack.messages(place.slack.channel(room)))


def told(place: World, name: str) -> str:
    person = place.slack.person(name)
    return "\n".join(each.shown for each in place.slack.messages(person.dm))


def every_verdict_is_there(place: World) -> None:
    words = said(place, "team-onboarding") + said(place, "team-billing")
    for verdict in ("hit", "moved", "flat", "regressed", "unmeasured"):
        assert f"Verdict: {verdict}" in words
    assert "Verdict: hit, with guardrail loss" in words
    assert "Verdict: flat, says @Priya Nair" in words
    assert "Computed: regressed" in words
    for decision in ("Keep", "Iterate", "Roll back", "Look again", "Stop"):
        assert f"Decision: {decision}" in words


def launches_are_of_many_kinds(place: World) -> None:
    words = "\n".join(said(place, room.name) for room in place.slack.channels())
    for trace in (
        "A strong case: ",
        "Experiment, with a control group",
        "Version 2: from → to 19 % → 23 %, now 19 % → 25 %",
        "Reworks L-9: changed requirement",
        "Cancelled by @Sam Thornley",
        "2 worked on it · 1 was in before the spec",
    ):
        assert trace in words
    assert "L-9 Crew sign-in by link" in words
    assert "supports L-1" in words
    assert "contradicts L-1" in words
    assert len(set(re.findall(r"^(L-\d+) ", words, re.MULTILINE))) == 30


def what_nobody_knew_expired_and_one_of_them_was_answered_late(place: World) -> None:
    words = said(place, "team-billing")
    assert "Bookings on quiet days was not measured after Price calendar. Nobody could say." in words
    assert re.search(r"Group bookings kept: 70 % → 8\d(\.\d)? %, 63 days after Group deposits", words)
    assert "Nobody could say what happened to Bookings on quiet days" in told(place, "Tomás Reis")


def questions_took_every_way(place: World) -> None:
    assert "Asked again on 6 Jul 2026." in told(place, "Mara Lind")
    assert "@Nell Harding is asked now." in told(place, "Bea Carvalho")
    assert "@Ines Okafor is asked now." in told(place, "Elif Arslan")
    assert "It is a launch of @Bea Carvalho" in told(place, "Nell Harding")
    assert "Asked again on 19 Aug 2026." in told(place, "Nell Harding")  # weekly: a week after the 12th
    assert "Boats met at the pier: 62 % → " in told(place, "Ravi Anand")  # whose owner had left
    assert "is judged by Welcome letters answered." in told(place, "Ravi Anand")
    assert "Taken back: 0.15 s" in told(place, "Jun Sato")
    assert "You worked on L-3" in told(place, "Oskar Nyman")
    assert "Noted: I first read the week before" in told(place, "Tomás Reis")  # which he wrote later


def nobody_is_misunderstood(place: World) -> None:
    for person in place.slack.people():
        if not person.account.deleted:
            shown = told(place, person.name)
            for trouble in ("Nothing is recorded yet", "no clear number", "Nothing is open", "went wrong"):
                assert trouble not in shown, (person.name, shown)


def retros_were_held_in_both_teams(place: World) -> None:
    onboarding, billing = said(place, "team-onboarding"), said(place, "team-billing")
    words = onboarding + billing
    closed = re.findall(r"^(R-\d+) [^\n]+: what came of it$", words, re.MULTILINE)
    assert sorted(closed) == [f"R-{number}" for number in range(1, 7)]
    assert re.search(
        r"^R-2 Post-launch review[^:]+\nClosed 8 Jul 2026", billing, re.MULTILINE
    )  # the live one
    assert "R-3 looks back on Practice sailings." in onboarding  # as it was offered
    assert "When practice ends · 4 votes" in onboarding
    assert "· late" in onboarding
    assert words.count("What happened to users? Closed without an answer.") == 1
    assert "10 votes · anonymous" in billing
    assert "6 votes · with names" in billing
    for decision in ("No fare goes live while another one is being changed", "Every launch has a backup"):
        assert decision in words
    assert "No retro about Season copy for now, said Mara Lind." in onboarding


def what_retros_decided_was_done_dropped_or_waits(place: World) -> None:
    for name, words in (
        ("Jonas Bell", "A-1 Let a line take its timetable out as a spreadsheet: it helped."),
        ("Sam Thornley", "A-2 Say in the letter when we can be called: nobody can tell whether it helped."),
        ("Sam Thornley", "A-4 Ask two lines whether grandparents are family was dropped"),
        ("Priya Nair", "A-8 Write down who may say yes to a fare: it did not help."),
        ("Elif Arslan", "A-10 · overdue since 16 Oct 2026"),
        ("Ravi Anand", "You are not asked about it any more. Your team's next retro shows it."),
    ):
        assert words in told(place, name), (name, words)


def a_retro_of_a_series_is_open_and_one_was_skipped(place: World) -> None:
    words = said(place, "team-onboarding")
    assert len(re.findall(r"^R-\d+ [^:]*\n(?:Closed|Collecting)", words, re.MULTILINE)) == 5
    now = words[
        words.index("R-7 Post-launch review, on L-21 A link for each deckhand, L-25 Photos of the pier") :
    ]
    assert "2 of 8 handed in" in now
    assert "[Write notes]" in now
    for waited in (
        "overdue since 25 Sep 2026",
        "overdue since 16 Oct 2026",
        "Forty-one piers have a photo now, and riders send us theirs",
    ):
        assert waited in now


def polls_were_held_in_both_teams(place: World) -> None:
    onboarding, billing = said(place, "team-onboarding"), said(place, "team-billing")
    for words, poll, rounds in ((onboarding, "P-1", 12), (onboarding, "P-2", 5), (billing, "P-3", 5)):
        assert len(re.findall(rf"^{poll} is closed\. \d of \d answered", words, re.MULTILINE)) == rounds
    assert onboarding.count("Fewer than 5 people answered") == 1
    assert "And boats that sail past midnight on 31 December?" in onboarding


def a_round_waits_for_whoever_looks(place: World) -> None:
    mara = place.slack.person("Mara Lind")
    [*_, latest] = [
        each
        for each in mara.reads(place.slack.channel("team-onboarding"))
        if "Did you take part in finding out what to build" in each.shown
    ]
    assert "3 of 8 answered" in latest.shown
    assert "[Yes]" in latest.shown


def discovery_left_its_traces(place: World) -> None:
    words = said(place, "team-onboarding") + said(place, "team-billing")
    for trace in (
        "Tech deep dive on 28 Sep 2026, before the spec of L-26 Season copy",
        "Saved about 1.5 weeks",
        "Technical considerations, says @Jun Sato: A practice ticket must not reach the payment provider",
        "Technical considerations, says @Jonas Bell: The screens load everything anew",
    ):
        assert trace in words


def something_is_left_to_do(place: World) -> None:
    mara = place.slack.person("Mara Lind")
    [*_, question] = place.slack.messages(mara.dm)
    assert "What happened to Hours to plan a season after Season copy shipped?" in question.shown
    assert "[Record]" in question.shown
    assert mara.unread(mara.dm) == 1
    words = said(place, "team-onboarding") + said(place, "team-billing")
    assert "Planned for 3 Nov 2026" in words
    assert "Planned for 5 Nov 2026" in words
    assert "Asked about on 4 Nov 2026" in words


def the_private_channel_stays_private(place: World) -> None:
    insiders = {"Mara Lind", "Jun Sato", "Tomás Reis", "Dana Whitlock"}
    for name, lines in everything(place).items():
        spoken_of = any(PRIVATE_WORD in each.casefold() for each in lines)
        assert spoken_of == (name in insiders), name


def people_talk(place: World) -> None:
    for room, least in (("general", 30), ("team-onboarding", 40), ("team-billing", 30)):
        by_people = [
            each
            for each in place.slack.messages(place.slack.channel(room))
            if not each.by_app and each.subtype is None
        ]
        assert len(by_people) > least, room
    assert not re.search(r"[{}|]|\d~\d", said(place, "general"))


async def reports_have_something_to_say(place: World) -> None:
    mara, priya = place.slack.person("Mara Lind"), place.slack.person("Priya Nair")
    for person, room in ((mara, "team-onboarding"), (priya, "team-billing")):
        report = await person.command("/discovery", "report 180", place.slack.channel(room))
        assert report is not None
        for trace in ("At least one engineer in discovery", "Weeks saved", "Association, not proof"):
            assert trace in report.shown
    lately = await mara.command("/discovery", "report", place.slack.channel("team-onboarding"))
    assert lately is not None
    assert re.search(r"took part, over 6 rounds: Engineering \d+ of 18 .*others \d+ of 18", lately.shown)
    assert "1 anonymous round that too few answered" in lately.shown
    assert "not enough yet" in lately.shown


async def the_list_says_so_too(place: World) -> None:
    mara = place.slack.person("Mara Lind")
    answer = await mara.command("/launch", "list", place.slack.channel("team-onboarding"))
    assert answer is not None
    for trace in ("L-26 Season copy", "planned for 3 Nov 2026"):
        assert trace in answer.shown
    learned = await mara.command("/launch", "learnings list", place.slack.channel("team-onboarding"))
    assert learned is not None
    assert "A list of what is left to do gets a line selling sooner" in learned.shown


HOLDS: tuple[Callable[[World], None], ...] = (
    every_verdict_is_there,
    launches_are_of_many_kinds,
    what_nobody_knew_expired_and_one_of_them_was_answered_late,
    questions_took_every_way,
    nobody_is_misunderstood,
    retros_were_held_in_both_teams,
    what_retros_decided_was_done_dropped_or_waits,
    a_retro_of_a_series_is_open_and_one_was_skipped,
    polls_were_held_in_both_teams,
    a_round_waits_for_whoever_looks,
    discovery_left_its_traces,
    something_is_left_to_do,
    the_private_channel_stays_private,
    people_talk,
)


async def test_half_a_year_shows_what_it_is_meant_to_and_the_same_each_time(
    sqlite_template: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """The one whole run, which takes some twenty seconds, and a third of it once more."""
    steps: list[tuple[int, int, str]] = []
    seen: list[dict[str, list[str]]] = []
    acts = sum(entry.at < A_THIRD for entry in plan(SEED))

    async with empty(sqlite_template, tmp_path / "once.db") as place:

        def look(done: int, of: int, day: str) -> None:
            steps.append((done, of, day))
            if done == acts:
                seen.append(everything(place))

        await live(place, SEED, look)
        assert place.turning.now == END
        assert [done for done, *_ in steps] == list(range(steps[-1][1] + 1))
        assert place.slack.troubles == []
        assert [call for call in place.slack.calls if not call.ok] == []
        for holds in HOLDS:
            with subtests.test(holds.__name__):
                holds(place)
        with subtests.test("the list"):
            await the_list_says_so_too(place)
        with subtests.test("the reports"):
            await reports_have_something_to_say(place)
        with subtests.test("a second history"), pytest.raises(HistoryError, match="empty workspace"):
            await live(place, SEED, look)

    async with empty(sqlite_template, tmp_path / "again.db") as place:

        def look_again(done: int, of: int, day: str) -> None:
            del of, day
            if done == acts:
                seen.append(everything(place))

        await live(place, SEED, look_again, until=plan(SEED)[acts].at + timedelta(seconds=1))
    once, again = seen
    assert sum(map(len, once.values())) > 500
    for name, lines in once.items():
        with subtests.test(f"the same words at the same moments for {name}"):
            assert again[name] == lines


def empty(template: Path, database: Path) -> AbstractAsyncContextManager[World]:
    shutil.copy(template, database)
    return world(f"sqlite+aiosqlite:///{database}", START)
