"""Messages of the outbox in plain words: a line each, or all about one. Nothing in them moves a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slackapp.core.words import counted, plain, tidy
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.remedies import remedy
from slackapp.slack.text import as_typed

_HEAD = ("ID", "WORKSPACE", "STATE", "TO", "KEY", "DUE", "TRIES", "REASON", "WHEN")

#: What a state means to whoever looks after the app.
MEANINGS: Mapping[str, str] = {
    State.WAITING: "Slack does not show it as it should look yet",
    State.SENT: "Slack shows it",
    State.DEAD: "Slack will not take it",
    State.GONE: "somebody deleted it in Slack",
    State.CANCELLED: "nobody wants it any more, or it was dropped",
}


@dataclass(frozen=True)
class Moment:
    """When a message is looked at: in story time, and in seconds on the database's clock."""

    now: datetime
    wire: float


def listed(rows: Sequence[OutboxMessage], teams: Mapping[int, str], at: Moment) -> list[str]:
    """A line for each below a line of headings."""
    table = [_HEAD, *(_line(row, teams[row.workspace_id], at) for row in rows)]
    widths = [max(len(line[place]) for line in table) for place in range(len(_HEAD))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in table)
    return ["  ".join(line).rstrip() for line in padded]


def _line(row: OutboxMessage, team: str, at: Moment) -> tuple[str, ...]:
    return (
        str(row.id), plain(team), row.state, plain(_place(row)), plain(row.key), _day(row.due_at),
        str(row.attempts), plain(row.reason or "-"), _since(row.due_at, at.now),
    )  # fmt: skip


def shown(row: OutboxMessage, team: str, at: Moment, paused_until: float | None) -> Iterator[str]:
    """All about one message, what it says, what happens next, and what to do."""
    below = row.reply_to or row.in_thread
    facts = {
        "message": str(row.id),
        "workspace": team,
        "key": row.key,
        "state": f"{row.state}: {MEANINGS[row.state]}",
        "to": _place(row) + (f", below {below}" if below else ""),
        "told of it": row.responsible_id or "nobody",
        "due": f"{_day(row.due_at)}, {_since(row.due_at, at.now)}",
        "looks": f"revision {row.wanted} is wanted, {row.shown or 'none'} is shown",
        "in Slack": f"{row.posted_channel} {row.ts}" if row.ts else "not known to be there",
        "tries": str(row.attempts),
        **({} if row.file_name is None else {"file": f"{row.file_name}, {counted(_size(row), 'byte')}"}),
        "reason": row.reason or "-",
    }
    for name, fact in facts.items():
        yield f"{name:<11} {plain(fact)}"
    yield ""
    yield from (f"  | {line}" for line in says(row))
    yield ""
    yield from _next(row, at, paused_until)


def says(row: OutboxMessage) -> list[str]:
    """What stands in it, line by line, as it was written."""
    lines = list(_read(row.blocks)) or [row.text]
    return [line for text in lines for line in tidy(as_typed(text)).splitlines()]


def _read(part: object) -> Iterator[str]:
    match part:
        case list():
            for each in part:
                yield from _read(each)
        case {"type": "rich_text_section", "elements": list(parts)}:
            yield "".join(_word(each) for each in parts)
        case {"type": "button", "text": {"text": str(label)}}:
            yield f"[{label}]"
        case {"text": str(text)}:
            yield text
        case dict():
            for name in ("text", "fields", "elements", "accessory", "element"):
                yield from _read(part.get(name))


def _word(part: Mapping[str, Any]) -> str:
    kinds = {"user": "@{user_id}", "channel": "#{channel_id}", "emoji": ":{name}:", "link": "{url}"}
    written = part.get("text")
    return str(written) if written is not None else kinds.get(str(part.get("type")), "").format_map(part)


def _next(row: OutboxMessage, at: Moment, paused_until: float | None) -> Iterator[str]:
    """What happens by itself, and what somebody has to do."""
    if row.state == State.DEAD:
        yield "Nothing happens until it is tried again or dropped."
        again = f"run `afterlaunch deliveries retry {row.id}`"
        channel = row.channel_id or f"the direct messages of {row.user_id}"
        yield plain(remedy(row.reason or "unknown", channel=channel, again=again))
        yield f"Or give it up: `afterlaunch deliveries drop {row.id}`."
    elif row.state == State.WAITING:
        yield _when(row, at, paused_until)
    else:
        yield "Nothing happens until it is said anew."


def _when(row: OutboxMessage, at: Moment, paused_until: float | None) -> str:
    if row.due_at > at.now:
        return f"It goes out when it is due, in {_lasted((row.due_at - at.now).total_seconds())}."
    if row.leased_until > at.wire:
        return f"A worker has it, for {_lasted(row.leased_until - at.wire)} at most."
    if paused_until is not None:
        return (
            "The workspace waits for its token to work again; `afterlaunch doctor` says what is wrong. "
            f"It is tried in {_lasted(max(paused_until - at.wire, 0.0))}."
        )
    if row.retry_at > at.wire:
        return f"It is tried again in {_lasted(row.retry_at - at.wire)}."
    return "It goes out as soon as there is room, if the app runs."


def document(row: OutboxMessage, team: str) -> dict[str, object]:
    """The same for machines."""
    return {
        "id": row.id, "workspace": team, "key": row.key, "state": row.state,
        "channel": row.channel_id, "user": row.user_id, "reply_to": row.reply_to, "in_thread": row.in_thread,
        "responsible": row.responsible_id, "due_at": row.due_at.isoformat(), "attempts": row.attempts,
        "reason": row.reason, "wanted": row.wanted, "shown": row.shown,
        "posted_channel": row.posted_channel, "ts": row.ts, "uid": row.uid,
        "file_name": row.file_name, "file_id": row.file_id,
        "retry_at": row.retry_at, "leased_until": row.leased_until, "last_send": row.last_send,
        "says": says(row),
    }  # fmt: skip


def _size(row: OutboxMessage) -> int:
    return len((row.file_content or "").encode())


def _place(row: OutboxMessage) -> str:
    return row.channel_id or row.user_id or "-"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"


def _since(moment: datetime, now: datetime) -> str:
    if moment > now:
        return f"in {_lasted((moment - now).total_seconds())}"
    return f"{_lasted((now - moment).total_seconds())} ago"


def _lasted(seconds: float) -> str:
    """How long that is, in the one unit that says it best."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
