"""What Slack saw, as it is listed: in order, searched, paged, and without a secret."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from slackapp.playground.pages.blocks import Reader
from slackapp.playground.pages.instruments.traffic import PAGE, Shown, documents, shown
from slackapp.playground.slack.traffic import Traffic

#: A Monday morning, half past nine in Stockholm.
MORNING = 1788766200.0
READER = Reader("U1", ZoneInfo("Europe/Stockholm"), datetime.fromtimestamp(MORNING, UTC))

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def some() -> Traffic:
    traffic = Traffic(lambda: MORNING)
    asked = traffic.request(
        "slash_commands", "/launch", {"text": "New onboarding", "token": "playground1"}, 0
    )
    traffic.end(asked, ok=True, answer=None)
    refused = traffic.call("chat.postMessage", {"channel": "C1", "text": "Grüße"})
    messages = ["[ERROR] no such channel [json-pointer:/channel]"]
    answer = {"ok": False, "error": "channel_not_found", "response_metadata": {"messages": messages}}
    traffic.end(refused, ok=False, answer=answer, error="channel_not_found")
    lost = traffic.call("chat.update", {"channel": "C1"})
    lost.fault = "reset_after"
    traffic.end(lost, ok=True, answer={"ok": True})
    traffic.request("events_api", "message", {"event": {}}, 2)
    return traffic


def look(words: str = "", *, refused: bool = False, page: int = 0) -> Shown:
    return shown(some(), READER, words=words, refused=refused, page=page)


def test_the_newest_stands_first_and_each_says_what_came_of_it() -> None:
    rows = look().rows
    assert [(row.kind, row.what, row.came, row.bad) for row in rows] == [
        ("event", "message, again (2)", "under way", False),
        ("chat.update", "", "ok", True),
        ("chat.postMessage", "", "channel_not_found", True),
        ("command", "/launch", "ok", False),
    ]
    assert rows[2].said == ["[ERROR] no such channel [json-pointer:/channel]"]
    assert [row.gist for row in rows] == ["", "", "Grüße", "New onboarding"]
    assert rows[1].fault == "reset_after"
    assert (rows[0].day, rows[0].time, rows[0].took) == ("Mon 7 Sep", "9:30:00 AM", "")


def test_words_are_looked_for_in_everything_and_all_of_them_have_to_be_there() -> None:
    def found(words: str, *, refused: bool = False) -> list[str]:
        return [row.kind for row in look(words, refused=refused).rows]

    assert found("grüße") == ["chat.postMessage"]
    assert found("Channel C1") == ["chat.update", "chat.postMessage"]
    assert found("command onboarding") == ["command"]
    assert found("json-pointer") == ["chat.postMessage"]
    assert found("", refused=True) == ["chat.update", "chat.postMessage"]
    assert found("update", refused=True) == ["chat.update"]
    assert found("nothing like it") == []


def test_pages_follow_one_another_without_a_gap() -> None:
    traffic = Traffic(lambda: MORNING)
    for number in range(PAGE + 3):
        traffic.end(traffic.call("auth.test", {"n": number}), ok=True, answer={})
    first, second = (shown(traffic, READER, words="", refused=False, page=page) for page in (0, 1))
    assert (first.more, second.more) == (True, False)
    assert [row.number for row in (*first.rows, *second.rows)] == list(range(PAGE + 3, 0, -1))
    assert shown(traffic, READER, words="", refused=False, page=9).rows == []


def test_no_secret_is_shown() -> None:
    traffic = Traffic(lambda: MORNING)
    sent = {
        "token": "playgroundabc",
        "response_url": "http://127.0.0.1:4444/response/s3cret-and_more",
        "blocks": [{"text": "xoxb-playground-0123abcd and xapp-playground-4567"}],
    }
    answer = {"url": "ws://127.0.0.1:4444/link/?ticket=s3cret-and_more&app_id=A1"}
    traffic.end(traffic.request("interactive", "press", sent, 0), ok=True, answer=answer)
    both = "".join(documents(traffic, 1) or ())
    for secret in ("playgroundabc", "s3cret", "and_more", "0123abcd", "4567"):
        assert secret not in both
    assert "app_id=A1" in both
    # It cannot be guessed by searching, either.
    assert shown(traffic, READER, words="s3cret", refused=False, page=0).found == 0
    assert documents(traffic, 2) is None


@given(json, json, st.text(max_size=20))
def test_any_document_can_be_read_and_searched(sent: object, answer: object, words: str) -> None:
    traffic = Traffic(lambda: MORNING)
    exchange = traffic.call("chat.postMessage", {"it": sent})
    traffic.end(exchange, ok=True, answer={"it": answer})
    assert documents(traffic, 1) is not None
    assert shown(traffic, READER, words=words, refused=False, page=0).found in (0, 1)
