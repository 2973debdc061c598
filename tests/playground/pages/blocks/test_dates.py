"""Moments as Slack says them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.playground.pages.blocks import dated, local_moment, mrkdwn_html
from slackapp.playground.pages.blocks.dates import local_text, said
from slackapp.playground.pages.blocks.gallery import READER
from tests.playground.pages.blocks.dom import read

#: Friday 20 November 2026, 09:30 in Stockholm: the reader's now.
NOW = READER.now


@pytest.mark.parametrize(
    ("moment", "form", "words"),
    [
        (NOW, "{date_num}", "2026-11-20"),
        (NOW, "{date}", "November 20th, 2026"),
        (NOW, "{date_short}", "Nov 20, 2026"),
        (NOW, "{date_long}", "Friday, November 20th, 2026"),
        (NOW, "{date_long_full}", "November 20, 2026"),
        (NOW, "{time}", "9:30 AM"),
        (NOW, "{time_secs}", "9:30:00 AM"),
        (NOW + timedelta(hours=3), "{time}", "12:30 PM"),
        (NOW - timedelta(hours=9), "{time}", "12:30 AM"),
        # Late in the evening in UTC it is tomorrow in Stockholm.
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "{date_num} {time}", "2026-11-20 12:30 AM"),
        (NOW, "{date_pretty} at {time}", "Today at 9:30 AM"),
        (NOW, "Due {date_pretty}", "Due today"),
        (NOW - timedelta(days=1), "{date_short_pretty}", "Yesterday"),
        (NOW + timedelta(days=1), "until {date_long_pretty}", "until tomorrow"),
        (NOW - timedelta(days=2), "{date_pretty}", "November 18th, 2026"),
        (NOW - timedelta(days=2), "{day_divider_pretty}", "Wednesday, November 18th"),
        (NOW - timedelta(days=365), "{day_divider_pretty}", "Thursday, November 20th, 2025"),
        (NOW - timedelta(minutes=3), "{ago}", "3 minutes ago"),
        (NOW - timedelta(days=1), "{ago}", "1 day ago"),
        (NOW + timedelta(hours=5), "{ago}", "In 5 hours"),
        (NOW, "{date_of_birth} {", "{date_of_birth} {"),
    ],
)
def test_tokens(moment: datetime, form: str, words: str) -> None:
    assert said(moment, form, READER) == words


@pytest.mark.parametrize(
    ("day", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_ordinals(day: int, ordinal: str) -> None:
    assert said(datetime(2026, 1, day, 12, tzinfo=UTC), "{date}", READER) == f"January {ordinal}, 2026"


def test_two_readers_read_their_own_time() -> None:
    text = "<!date^1795161600^{date_short} at {time}|x>"
    tokyo = replace(READER, zone=ZoneInfo("Asia/Tokyo"))
    assert read(mrkdwn_html(text, READER)).text == "Nov 20, 2026 at 9:00 AM"
    assert read(mrkdwn_html(text, tokyo)).text == "Nov 20, 2026 at 5:00 PM"


def test_a_date_can_be_a_link() -> None:
    (link,) = read(mrkdwn_html("<!date^1795161600^{time}^https://a.b|x>", READER)).all("a")
    assert (link.get("href"), link.text) == ("https://a.b", "9:00 AM")


def test_the_time_of_a_message() -> None:
    (time,) = read(dated("1795161600.000200", READER)).all("time")
    assert time.text == "9:00 AM"
    assert time.get("datetime") == "2026-11-20T08:00:00+00:00"
    assert time.get("title") == "Friday, November 20th, 2026 at 9:00:00 AM"


@given(
    st.integers(31_536_000, 4_102_444_800),
    st.sampled_from(["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]),
)
def test_a_field_shows_the_readers_time_and_gives_it_back(epoch: int, name: str) -> None:
    zone = ZoneInfo(name)
    # The hour that comes twice is read as its first time.
    assert local_text(local_moment(local_text(epoch, zone), zone), zone) == local_text(epoch, zone)
