"""What a workspace in use had kept at the first revision: rows of every table."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, insert

FIRST = "0001"
MOMENT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
LAUNCHES = 60
PEOPLE = 12

Row = dict[str, Any]


def fill(connection: Connection) -> None:
    """Put them into a database at that revision."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table, every in rows().items():
        connection.execute(insert(metadata.tables[table]), every)


def rows() -> dict[str, list[Row]]:
    numbers = range(1, LAUNCHES + 1)
    users = [f"U{number}" for number in range(PEOPLE)]
    home: Row = {"workspace_id": 1}
    return {
        "workspaces": [{"id": 1, "team_id": "T1", "name": "Ferrybridge", "installed_at": MOMENT}],
        "counters": [home | {"name": "launches", "value": LAUNCHES}],
        "inbound_keys": [home | {"key": f"Ev{number}", "seen_at": MOMENT} for number in numbers],
        "people": [home | _person(user) for user in users],
        "prompt_paces": [
            home | {"user_id": user, "ignored": 1, "weekly": False, "last_on": date(2026, 9, 7)}
            for user in users
        ],
        "readings": [home | _reading(number) for number in numbers],
        "launches": [home | _launch(number) for number in numbers],
        "follow_ups": [home | _follow_up(number) for number in numbers],
        "prompts": [home | _prompt(number) for number in numbers],
        "outbox": [home | _message(number) for number in numbers],
    }


def _person(user: str) -> Row:
    flags = dict.fromkeys(("is_admin", "is_bot", "is_guest", "deleted"), False)
    return {"user_id": user, "name": f"Årsta {user}", "tz": "Europe/Stockholm", **flags}


def _reading(number: int) -> Row:
    return {
        "id": number, "metric": "signups", "value": number, "unit": "%", "observed_on": date(2026, 9, 7),
        "note": "", "entered_by": "U1", "entered_at": MOMENT, "taken_back_at": None,
    }  # fmt: skip


def _launch(number: int) -> Row:
    return {
        "id": number, "number": number, "channel_id": "C1", "recorder_id": "U1", "owner_id": "U2",
        "title": f"Release {number}", "problem": "Åre 'quoted'", "audience": "a", "outcomes": "",
        "because": "", "day": date(2026, 8, 1), "metric": f"Årskort {number % 7}", "direction": "up",
        "unit": "%", "baseline": 40, "target": 50, "smallest_change": 2, "checkpoints": [7, 30],
        "state": "out", "recorded_at": MOMENT, "frozen_at": MOMENT,
    }  # fmt: skip


def _follow_up(number: int) -> Row:
    answered = number % 3 == 0
    return {
        "id": number, "launch_id": number, "days": 30, "final": True, "due_on": date(2026, 8, 31),
        "state": "answered" if answered else "open", "reading_id": number if answered else None,
    }  # fmt: skip


def _prompt(number: int) -> Row:
    return {
        "id": number, "user_id": f"U{number % PEOPLE}", "kind": "follow_up", "subject_id": number,
        "state": "asked", "at_once": False, "due_at": MOMENT, "ladder": "until_answered", "step": 1,
        "snoozes": 0, "next_at": MOMENT, "message": f"prompts:{number}",
    }  # fmt: skip


def _message(number: int) -> Row:
    """Sent to a person, refused in a channel, or waiting."""
    state = ("sent", "dead", "waiting")[number % 3]
    user = f"U{number % PEOPLE}"
    sent = state == "sent"
    return {
        "id": number, "key": f"prompts:{number}", "uid": f"{number:032x}",
        "channel_id": "C1" if state == "dead" else None, "user_id": None if state == "dead" else user,
        "broadcast": False, "text": f"Release {number}", "blocks": [{"type": "divider"}], "state": state,
        "wanted": 1, "shown": int(sent), "withdrawn": False, "posted_channel": f"D{user}" if sent else None,
        "ts": f"1788768000.{number:06}" if sent else None, "due_at": MOMENT, "retry_at": 0.0,
        "leased_until": 0.0, "fence": number, "attempts": 0, "sending": 1,
        "reason": "is_archived" if state == "dead" else None,
    }  # fmt: skip
