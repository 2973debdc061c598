"""A closed retro as CSV (RFC 4180), for spreadsheets: one table, a row for each thing."""

from collections.abc import Iterator, Mapping, Sequence

from slackapp.core.files import csv_table
from slackapp.features.retros.rules.record import ActionRecord, LookedBackOn, Noted, Record

COLUMNS = (
    "kind",
    "id",
    "topic",
    "text",
    "column",
    "votes",
    "late",
    "source",
    "author",
    "owner",
    "due_on",
    "state",
    "helped",
    "if_then",
    "reason",
    "metric",
    "before",
    "hoped",
    "after",
    "answers",
    "mean",
    "at",
)

Row = Mapping[str, object]


def as_csv(record: Record) -> str:
    return csv_table(COLUMNS, _rows(record))


def _rows(record: Record) -> Iterator[Row]:
    yield {
        "kind": "retro",
        "id": record.label,
        "text": record.template,
        "owner": record.facilitator,
        "answers": record.handed_in,
        "at": record.closed_at.isoformat(),
    }
    yield {
        "kind": "impact",
        "text": record.impact,
        "state": "answered" if record.impact else "skipped",
    }
    for launch in record.launches:
        yield from _launch(launch)
    for topic in record.topics:
        yield {"kind": "topic", "topic": topic.name, "votes": topic.votes}
        yield from _notes(topic.notes, topic.name)
    yield from _notes(record.loose, None)
    for decision in record.decisions:
        yield {"kind": "decision", "topic": decision.topic, "text": decision.text}
    for action in record.actions:
        yield _action("action", action)
    for action in record.carried_over:
        yield _action("carried over", action)
    for phase in record.phases:
        yield {"kind": "phase", "text": phase.phase, "owner": phase.by, "at": phase.began_at.isoformat()}


def _launch(launch: LookedBackOn) -> Iterator[Row]:
    yield {
        "kind": "launch",
        "id": launch.label,
        "text": launch.title,
        "state": launch.verdict,
        "reason": launch.unanswered,
        "metric": launch.metric,
        "before": launch.before,
        "hoped": launch.hoped,
        "after": launch.after,
    }
    for question, mark in (("works as intended", launch.works), ("what users needed", launch.needed)):
        mean = None if mark.mean is None else f"{mark.mean:.2f}"
        yield {
            "kind": "score",
            "id": launch.label,
            "text": question,
            "answers": mark.answers,
            "mean": mean,
        }


def _notes(notes: Sequence[Noted], topic: str | None) -> Iterator[Row]:
    for note in notes:
        yield {
            "kind": "note",
            "topic": topic,
            "text": note.text,
            "column": note.column,
            "late": note.is_late,
            "source": note.source,
            "author": note.author,
        }


def _action(kind: str, action: ActionRecord) -> Row:
    return {
        "kind": kind,
        "id": action.label,
        "topic": action.topic,
        "text": action.text,
        "owner": action.owner,
        "due_on": action.due_on,
        "state": action.state,
        "helped": action.helped,
        "if_then": action.if_then,
        "reason": action.reason,
    }
