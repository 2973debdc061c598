"""What is logged holds nothing that could open a door."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from slackapp.core.logging import configure, redact

SECRETS = [
    "xoxb-123456789012-abcDEF",
    "xapp-1-A0123-456-abcdef",
    "xoxe.xoxb-1-Mi0yLTEyMzQ1",
    "xoxe-1-My0xLTEyMzQ1",
    "v0=" + "0a" * 32,
    "https://hooks.slack.com/commands/T012/345/abcdef",
    "https://hooks.slack.com/actions/T012/345/abcdef",
    "http://127.0.0.1:4000/response/s3cr3t",
    "wss://wss-primary.slack.com/link/?ticket=0f1e2d&app_id=A1",
]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure(level="debug", log_format="json", stream=stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def hidden(secret: str) -> str:
    """The part of a secret that must not be read anywhere."""
    return secret.rpartition("/")[2].partition("ticket=")[2].partition("&")[0] or secret.rpartition("/")[2]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_taken_out_wherever_they_lie(secret: str) -> None:
    deep = {"a": [("x", {"b": f"before {secret} after"})], "c": secret.encode(), "d": ValueError(secret)}
    shown = repr(redact(deep))
    assert hidden(secret) not in shown
    assert "before" in shown
    assert "after" in shown


@pytest.mark.parametrize("key", ["token", "Authorization", "response_url", "signing_secret", "ticket"])
def test_some_names_are_secret_whatever_they_hold(key: str) -> None:
    assert redact({"outer": {key: "plain words"}}) == {"outer": {key: "[redacted]"}}


def test_what_is_no_secret_stays_as_it_is() -> None:
    for value in ("https://example.com/numbers?a=1", "v0 and xox", 7, None, True, {"a": ["b"]}):
        assert redact(value) == value


@pytest.mark.parametrize("secret", SECRETS)
def test_no_log_holds_a_secret(stream: io.StringIO, secret: str) -> None:
    log = structlog.get_logger()
    log.info("said", words=f"said {secret}", url=secret, deep={"a": [secret]}, error=ValueError(secret))
    logging.getLogger("slack_sdk").warning("said %s", secret)
    error = LookupError(secret)
    log.error("failed", exc_info=error)
    logging.getLogger("slack_bolt").error("failed", exc_info=error)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 4
    assert hidden(secret) not in stream.getvalue()
    assert "[redacted]" in stream.getvalue()


def test_the_standard_library_and_ours_look_alike(stream: io.StringIO) -> None:
    structlog.get_logger().info("ours", number=1)
    logging.getLogger("theirs").info("theirs %d", 2)
    ours, theirs = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (ours["event"], ours["number"], ours["level"]) == ("ours", 1, "info")
    assert (theirs["event"], theirs["level"]) == ("theirs 2", "info")
    assert ours["timestamp"].endswith("Z")


def test_what_reports_every_request_is_quiet(stream: io.StringIO) -> None:
    logging.getLogger("apscheduler.scheduler").info("tick")
    logging.getLogger("uvicorn.access").info("GET /")
    assert stream.getvalue() == ""
