"""A closed retro as Markdown (CommonMark), for wikis and for reading."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from slackapp.core.files import escaped
from slackapp.core.words import counted, tidy, written_day
from slackapp.features.retros.rules.phases import NAMES, Phase
from slackapp.features.retros.rules.record import ActionRecord, LookedBackOn, Mark, Noted, Record

_WEB = re.compile(r"https?://[^\s<>\\]+")


def as_markdown(record: Record) -> str:
    return "\n".join([*_heading(record), *_outcomes(record), *_topics(record), *_rest(record)]) + "\n"


def item(text: str, after: str = "") -> str:
    """Several lines that people wrote, as one item of a list; `after` is ours, and on the last line."""
    lines = [escaped(line) for line in tidy(text).splitlines() if line]
    return "- " + "\\\n  ".join(lines or [""]) + after


def _heading(record: Record) -> Iterator[str]:
    yield f"# {record.label} {escaped(record.template)}"
    yield ""
    facts = [f"\\#{escaped(record.channel)}"] if record.channel else []
    facts.append(f"{written_day(record.opened_at.date())} to {written_day(record.closed_at.date())}")
    facts.append(f"facilitated by {escaped(record.facilitator)}")
    facts.append("anonymous" if record.is_anonymous else "with names")
    yield ", ".join(facts) + "."
    of = "" if record.invited is None else f" of {record.invited}"
    counts = f"{counted(record.notes, 'note')} and {counted(record.votes, 'vote')}"
    yield f"{record.handed_in}{of} handed in, with {counts}."


def _outcomes(record: Record) -> Iterator[str]:
    yield from ("", "## What happened", "")
    for launch in record.launches:
        yield from _launch(launch)
    yield from ("", "### To users", "") if record.launches else ("### To users", "")
    yield _paragraphs(record.impact) or "*Closed without an answer.*"


def _launch(launch: LookedBackOn) -> Iterator[str]:
    change = f"**{escaped(launch.change)}**" if launch.change else ""
    yield f"- **{launch.label} {escaped(launch.title)}**: {change}{escaped(launch.rest)}"
    for question, mark in (("Works as intended", launch.works), ("What users needed", launch.needed)):
        yield f"  - {question}: {_mark(mark)}"


def _paragraphs(text: str) -> str:
    """As people wrote it, line by line."""
    return "\n\n".join(
        "\\\n".join(escaped(line) for line in part.splitlines()) for part in tidy(text).split("\n\n")
    )


def _mark(mark: Mark) -> str:
    if mark.mean is not None:
        return f"{mark.mean:.1f} of 5 (n = {mark.answers})"
    return f"{counted(mark.answers, 'answer')}, shown from three" if mark.answers else "no answers"


def _topics(record: Record) -> Iterator[str]:
    if record.topics:
        yield from ("", "## Topics")
    for topic in record.topics:
        yield from ("", f"### {escaped(topic.name)} ({counted(topic.votes, 'vote')})", "")
        yield from _notes(topic.notes)
    if record.loose:
        yield from ("", "## Notes in no topic", "")
        yield from _notes(record.loose)


def _notes(notes: Sequence[Noted]) -> Iterator[str]:
    for note in notes:
        facts = [escaped(note.column)]
        if note.author is not None:
            facts.append(escaped(note.author))
        if note.is_late:
            facts.append("late")
        if note.source is not None and _WEB.fullmatch(note.source):
            facts.append(f"[from a message](<{note.source}>)")
        yield item(note.text, f" ({', '.join(facts)})")


def _rest(record: Record) -> Iterator[str]:
    if record.decisions:
        yield from ("", "## Decisions", "")
        yield from (item(each.text, _of_topic(each.topic)) for each in record.decisions)
    if record.actions:
        yield from ("", "## Action items", "")
        yield from (_action(each) for each in record.actions)
    if record.carried_over:
        yield from ("", "## Still open from before", "")
        yield from (_action(each) for each in record.carried_over)
    yield from ("", "## Phases", "", "| phase | began (UTC) | by |", "|---|---|---|")
    for entry in record.phases:
        by = "its time had come" if entry.by is None else escaped(entry.by)
        yield f"| {NAMES[Phase(entry.phase)]} | {_moment(entry.began_at)} | {by} |"


def _action(action: ActionRecord) -> str:
    facts = [escaped(action.owner), f"due {written_day(action.due_on)}", action.state]
    if action.reason:
        facts.append(escaped(action.reason))
    if action.helped is not None:
        facts.append(f"helped: {action.helped.replace('_', ' ')}")
    plan = f": {escaped(action.if_then)}" if action.if_then else ""
    about = f"; topic: {escaped(action.topic)}" if action.topic else ""
    return f"- **{action.label}** {escaped(action.text)}{plan} ({', '.join(facts)}{about})"


def _of_topic(topic: str | None) -> str:
    return f" ({escaped(topic)})" if topic else ""


def _moment(at: datetime) -> str:
    return f"{written_day(at.astimezone(UTC).date())}, {at.astimezone(UTC):%H:%M}"
