"""Words on their way into Slack and back."""

from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.words import clip, counted, plain, tidy
from slackapp.slack.text import as_typed, escape, quoted


@given(st.text())
def test_escaped_text_holds_no_markup_and_comes_back_as_it_was(text: str) -> None:
    safe = escape(text)
    assert "<" not in safe
    assert ">" not in safe
    assert as_typed(safe) == text


def test_links_come_back_as_they_were_written() -> None:
    assert as_typed("see <https://a.example/x?y=1&amp;z=2>") == "see https://a.example/x?y=1&z=2"
    assert as_typed("ask <mailto:mara@a.example|mara@a.example>") == "ask mara@a.example"
    assert as_typed("<http://a.example|a.example> is 44") == "a.example is 44"
    assert as_typed("44 &lt; 45 &amp;amp; more") == "44 < 45 &amp; more"


@given(st.text(), st.integers(1, 50))
def test_quoted_words_stay_within_their_limit_before_they_are_made_safe(text: str, limit: int) -> None:
    assert len(as_typed(quoted(text, limit))) <= limit


@given(st.text())
def test_plain_text_is_one_line_and_plain_already(text: str) -> None:
    line = plain(text)
    assert line == plain(line) == line.strip()
    assert "".join(line.split("\u200d")).replace("\u200c", "").isprintable()


@given(st.text())
def test_tidy_text_keeps_its_lines_and_is_tidy_already(text: str) -> None:
    kept = tidy(text)
    assert kept == tidy(kept)
    assert "\n\n\n" not in kept
    assert [line for line in kept.split("\n") if line] == [
        line for line in map(plain, text.splitlines()) if line
    ]


@given(st.text(), st.integers(1, 50))
def test_clipped_text_shows_where_it_was_cut(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    assert clipped == text or clipped.endswith("…")


def test_one_is_not_many() -> None:
    assert [counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
