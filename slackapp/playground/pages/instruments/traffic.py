"""What Slack saw, as a list that can be searched: requests to the app and its calls, without any secret."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slackapp.playground.pages.blocks import Reader
from slackapp.playground.pages.blocks.dates import moment_of, said
from slackapp.playground.slack.traffic import Exchange, Traffic

#: How many stand on one page.
PAGE = 50
#: Of a longer document only so many characters are shown.
LONGEST = 40_000
#: Of a text in the list so many.
GIST = 80

_TOKEN = re.compile(r"x(?:oxb|app)-[A-Za-z0-9-]+")
_ADDRESS = re.compile(r"(/response/|ticket=)[A-Za-z0-9_-]+")
_KINDS = {"slash_commands": "command", "interactive": "interaction", "events_api": "event"}


@dataclass(frozen=True)
class Row:
    number: int
    #: Where the reader is: `Mon 14 Sep`, `9:30:00 AM`.
    day: str
    time: str
    to_app: bool
    kind: str
    what: str
    #: How the text in it begins, by which one exchange is told from another; empty where there is none.
    gist: str
    #: `under way`, `ok` or Slack's word for what is wrong.
    came: str
    bad: bool
    #: What Slack says about it beside that word.
    said: Sequence[str]
    took: str
    fault: str


@dataclass(frozen=True)
class Shown:
    rows: Sequence[Row]
    found: int
    page: int

    @property
    def more(self) -> bool:
        return self.found > (self.page + 1) * PAGE


def shown(traffic: Traffic, reader: Reader, *, words: str, refused: bool, page: int) -> Shown:
    """A page of them, the newest first: those with these words in them, or only what went wrong."""
    wanted = words.casefold().split()
    found = [
        exchange
        for exchange in reversed(list(traffic))
        if (not refused or _is_bad(exchange)) and all(word in _text(exchange) for word in wanted)
    ]
    rows = [_row(exchange, reader) for exchange in found[page * PAGE : (page + 1) * PAGE]]
    return Shown(rows, len(found), page)


def documents(traffic: Traffic, number: int) -> tuple[str, str] | None:
    """What was sent and what was answered, to be read; None for an exchange that is not kept any more."""
    exchange = next((each for each in traffic if each.number == number), None)
    return None if exchange is None else (_pretty(exchange.sent), _pretty(exchange.answer))


def _is_bad(exchange: Exchange) -> bool:
    return exchange.ok is False or exchange.fault is not None


def _text(exchange: Exchange) -> str:
    """All in which words are looked for."""
    kind = _KINDS.get(exchange.kind, "")
    head = " ".join([exchange.kind, kind, exchange.what, exchange.error, exchange.fault or ""])
    return f"{head} {_safe(exchange.sent)} {_safe(exchange.answer)}".casefold()


def _row(exchange: Exchange, reader: Reader) -> Row:
    there = moment_of(exchange.at).astimezone(reader.zone)
    again = f"{exchange.what}, again ({exchange.again})" if exchange.again else exchange.what
    return Row(
        exchange.number,
        f"{there:%a} {there.day} {there:%b}",
        said(there, "{time_secs}", reader),
        exchange.to_app,
        _KINDS.get(exchange.kind, exchange.kind),
        again,
        _gist(exchange.sent),
        "under way" if exchange.ok is None else "ok" if exchange.ok else exchange.error or "not ok",
        _is_bad(exchange),
        _messages(exchange.answer),
        "" if exchange.took is None else _seconds(exchange.took),
        exchange.fault or "",
    )


def _gist(sent: Mapping[str, Any]) -> str:
    event = sent.get("event")
    text = sent.get("text") or (event.get("text") if isinstance(event, dict) else None)
    if not isinstance(text, str):
        return ""
    line = _ADDRESS.sub(r"\1…", _TOKEN.sub("…", " ".join(text.split())))
    return line if len(line) <= GIST else f"{line[: GIST - 1]}…"


def _messages(answer: object) -> Sequence[str]:
    metadata = answer.get("response_metadata") if isinstance(answer, dict) else None
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return [str(message) for message in messages] if isinstance(messages, list) else []


def _seconds(took: float) -> str:
    if took < 0.001:  # noqa: PLR2004 - a millisecond
        return "under 1 ms"
    return f"{took * 1000:.0f} ms" if took < 1 else f"{took:.1f} s"


def _pretty(document: Any) -> str:  # noqa: ANN401 - any JSON
    if document is None or document in ("", {}):
        return ""
    text = _safe(document, indent=2)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… ({len(text) - LONGEST} more characters)"


def _safe(document: Any, indent: int | None = None) -> str:  # noqa: ANN401 - any JSON
    """As JSON, without what would open something: tokens, and the secret parts of addresses."""
    if isinstance(document, dict):
        document = {name: value for name, value in document.items() if name != "token"}
    text = json.dumps(document, ensure_ascii=False, indent=indent, default=str)
    return _ADDRESS.sub(r"\1…", _TOKEN.sub("…", text))
