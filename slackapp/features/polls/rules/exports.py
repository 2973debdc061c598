"""A poll as a file: `docs/polls.md` says what each kind looks like."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from slackapp.core.files import FileKind, csv_table, escaped, json_text
from slackapp.core.words import counted, with_unit, written_day
from slackapp.features.polls.rules.record import Outcome, PollRecord, RoundRecord

__all__ = ["COLUMNS", "FileKind", "file_name", "written"]

#: Raised when what stood in the file before means something else, or is gone; not when something is added.
VERSION = 1

COLUMNS = (
    "round",
    "opened_at",
    "closed_at",
    "wording",
    "question",
    "meant",
    "answered",
    "withheld",
    "function",
    "what",
    "option",
    "count",
    "percent",
    "value",
)

Row = Mapping[str, object]


def file_name(record: PollRecord, kind: FileKind) -> str:
    """P-7 2026-09-09.md: the day it was taken away."""
    return f"{record.label} {record.taken_at.date()}.{kind.ending}"


def written(record: PollRecord, kind: FileKind) -> str:
    return _WRITERS[kind](record)


def _as_csv(record: PollRecord) -> str:
    """A row for each number; of a round of which nothing is shown one that says why."""
    return csv_table(COLUMNS, (row for of in record.rounds for row in _rows(of)))


def _as_json(record: PollRecord) -> str:
    return json_text({"format": "afterlaunch.poll", "version": VERSION, **asdict(record)}, default=_plain)


def _as_markdown(record: PollRecord) -> str:
    names = "without names" if record.anonymous else "with names, and nobody's answer is shown"
    lines = [f"# {record.label}", "", f"{counted(len(record.rounds), 'round')}, {names}."]
    for of in reversed(record.rounds):
        lines += ["", *_round_lines(of)]
    return "\n".join(lines) + "\n"


def _rows(of: RoundRecord) -> Iterator[Row]:
    known = {
        "round": of.number,
        "opened_at": of.opened_at.isoformat(),
        "closed_at": of.closed_at.isoformat() if of.closed_at else None,
        "wording": of.version,
        "question": of.question,
        "meant": of.meant,
        "answered": of.answered,
    }
    if of.outcome is None:
        yield {**known, "withheld": of.withheld}
        return
    if not of.answered:
        yield known
    for row in _outcome_rows(of.outcome):
        yield {**known, **row}
    for function, outcome in of.by_function.items():
        for row in _outcome_rows(outcome):
            yield {**known, "function": function, **row}


def _outcome_rows(outcome: Outcome) -> Iterator[Row]:
    for each in outcome.counts:
        yield {"what": "option", "option": each.option, "count": each.count, "percent": each.percent}
    for what in _NUMBERS:
        if (value := getattr(outcome, what)) is not None:
            yield {"what": what, "value": _number(value)}
    for text in outcome.texts:
        yield {"what": "text", "value": text}


def _round_lines(of: RoundRecord) -> Iterator[str]:
    until = f" to {written_day(of.closed_at.date())}" if of.closed_at else ", still open"
    yield f"## Round {of.number}: {written_day(of.opened_at.date())}{until}"
    yield ""
    yield escaped(of.question)
    yield ""
    meant = f" of {of.meant}" if of.meant else ""
    yield f"{of.answered}{meant} answered."
    if of.outcome is None:
        yield ""
        yield escaped(of.withheld or "")
        return
    yield from _outcome_lines(of.outcome)
    for function, outcome in of.by_function.items():
        yield ""
        yield f"### {escaped(function)}: {outcome.answered} answered"
        yield from _outcome_lines(outcome)


def _outcome_lines(outcome: Outcome) -> Iterator[str]:
    if not outcome.answered:
        return
    yield ""
    for each in outcome.counts:
        yield f"- {escaped(each.option)}: {each.count} ({with_unit(each.percent, '%')})"
    said = [f"{what} {_number(value)}" for what in _NUMBERS if (value := getattr(outcome, what)) is not None]
    if said:
        yield f"- {', '.join(said)}"
    for text in outcome.texts:
        lines = [escaped(line) for line in text.splitlines() if line]
        yield "- " + "\\\n  ".join(lines)


_NUMBERS = ("mean", "median", "least", "most")


def _number(value: Decimal) -> str:
    return f"{round(value, 4).normalize():f}"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return _number(value)
    assert isinstance(value, datetime)
    return value.isoformat()


_WRITERS: Mapping[FileKind, Callable[[PollRecord], str]] = {
    FileKind.MARKDOWN: _as_markdown,
    FileKind.CSV: _as_csv,
    FileKind.JSON: _as_json,
}
