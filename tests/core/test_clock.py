"""Story time: turned by hand, or shared between processes through a file."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from slackapp.core.clock import FileClock, SystemClock, TurnedClock, monotonic


def test_the_system_clock_is_aware_and_now() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert SystemClock().now().tzinfo is UTC


def test_a_turned_clock_stands_until_it_is_turned() -> None:
    clock = TurnedClock(datetime(2026, 9, 7, 10, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == clock.now() == datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.turn(datetime(2026, 9, 8, 8, 0, tzinfo=UTC))
    assert clock.now().day == 8


def test_a_turned_clock_takes_no_naive_moment() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        TurnedClock(datetime(2026, 9, 7, 8, 0))  # noqa: DTZ001 - what has to be refused


def test_a_file_is_read_each_time(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = FileClock(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    for written in ("2026-09-07T10:00:00+02:00\n", "2026-09-07T08:00:00Z", "2026-09-07T08:00:00"):
        file.write_text(written, encoding="utf-8")
        assert clock.now() == datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    file.write_text("2026-09-08T08:00:00Z", encoding="utf-8")
    assert clock.now().day == 8


def test_a_file_that_is_just_being_written_leaves_time_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2026-09-07T08:00:00Z", encoding="utf-8")
    clock = FileClock(file)
    before = clock.now()
    file.write_text("", encoding="utf-8")
    assert clock.now() == before


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z"])
def test_a_file_without_a_moment_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "clock"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="clock"):
        FileClock(file).now()


def test_wire_time_never_goes_back() -> None:
    assert monotonic() <= monotonic()
