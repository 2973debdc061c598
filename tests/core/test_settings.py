"""Settings: each rule, and no secret in what is shown of them."""

from pathlib import Path

import pytest

from slackapp.core.settings import DatabaseSettings, Settings, SettingsError, load

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}
STAND_IN = "http://127.0.0.1:4000/api/"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a `.env`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(**given: str) -> str:
    with pytest.raises(SettingsError) as error:
        load(Settings, **{**GOOD, **given})
    return str(error.value)


def test_a_bot_token_and_a_way_in_are_enough() -> None:
    settings = load(Settings, **GOOD)
    assert settings.socket_mode
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url.startswith("sqlite+aiosqlite:///")
    assert not load(Settings, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s").socket_mode


def test_without_a_bot_token_it_says_so() -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        load(Settings, SLACK_APP_TOKEN="xapp-1")


def test_without_a_way_in_it_says_so() -> None:
    with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN \(Socket Mode\) or SLACK_SIGNING_SECRET"):
        load(Settings, SLACK_BOT_TOKEN="xoxb-1")


@pytest.mark.parametrize("name", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"])
def test_an_empty_value_is_none(name: str) -> None:
    given = {"SLACK_BOT_TOKEN": "xoxb-1", name: ""}
    with pytest.raises(SettingsError):
        load(Settings, **given)


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_SIGNING_SECRET", "AFTERLAUNCH_PORT", "AFTERLAUNCH_DATABASE_URL", "SLACK_API_URL"):
        monkeypatch.setenv(name, "")
    settings = load(Settings, **GOOD)
    assert (settings.port, settings.slack_signing_secret) == (3000, None)
    assert settings.api_url == "https://slack.com/api/"


@pytest.mark.parametrize(
    "url",
    [
        "https://slack.com/api/", "https://slack.com", "https://SLACK.com/api/", "http://slack.com/api/",
        "https://www.slack.com/api/", "https://slack.com:443/api/", "https://slack-gov.com/api/",
    ],
)  # fmt: skip
def test_time_is_not_turned_by_hand_against_slack_itself(url: str) -> None:
    assert "AFTERLAUNCH_CLOCK_FILE" in refused(SLACK_API_URL=url, AFTERLAUNCH_CLOCK_FILE="/tmp/clock")  # noqa: S108 - not used


def test_time_may_be_turned_against_a_stand_in() -> None:
    settings = load(Settings, **GOOD, SLACK_API_URL=STAND_IN, AFTERLAUNCH_CLOCK_FILE="clock")
    assert settings.clock_file == Path("clock")


def test_the_api_url_gets_its_slash() -> None:
    assert load(Settings, **GOOD, SLACK_API_URL="http://127.0.0.1:4000/api").api_url == STAND_IN


@pytest.mark.parametrize("url", ["slack.com/api", "ftp://slack.com/", "nonsense", "http://"])
def test_what_is_no_address_is_refused_at_its_name(url: str) -> None:
    sentence = refused(SLACK_API_URL=url)
    assert sentence.startswith("SLACK_API_URL: ")
    assert "\n" not in sentence


def test_a_lease_outlasts_a_call_to_slack() -> None:
    assert "AFTERLAUNCH_LEASE_SECONDS" in refused(AFTERLAUNCH_LEASE_SECONDS="15")
    assert load(Settings, **GOOD, AFTERLAUNCH_LEASE_SECONDS="16").lease_seconds == 16


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AFTERLAUNCH_DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("AFTERLAUNCH_DATABASE_URL", "postgresql://root:hunter2@db/x"),
        ("AFTERLAUNCH_DATABASE_URL", "sqlite:///hunter2.db"),
        ("AFTERLAUNCH_DATABASE_URL", "sqlite+aiosqlite://"),
        ("AFTERLAUNCH_DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("AFTERLAUNCH_DATABASE_URL", "hunter2"),
        ("AFTERLAUNCH_PORT", "65536"),
        ("AFTERLAUNCH_PORT", "many"),
        ("AFTERLAUNCH_HEARTBEAT_SECONDS", "0"),
        ("AFTERLAUNCH_LEASE_SECONDS", "inf"),
        ("AFTERLAUNCH_SETTLE_SECONDS", "-1"),
        ("AFTERLAUNCH_SETTLE_SECONDS", "nan"),
        ("AFTERLAUNCH_HTTP_TIMEOUT_SECONDS", "0"),
        ("AFTERLAUNCH_UNKNOWN_OUTCOME", "guess"),
        ("AFTERLAUNCH_LOG_LEVEL", "loud"),
        ("AFTERLAUNCH_LOG_FORMAT", "xml"),
    ],
)
def test_a_bad_value_is_refused_at_its_name_without_repeating_it(name: str, value: str) -> None:
    sentence = refused(**{name: value})
    assert sentence.startswith(f"{name}: ")
    assert "hunter2" not in sentence


def test_a_dot_env_is_read_and_the_environment_wins(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-from-file\nSLACK_APP_TOKEN=xapp-1\nAFTERLAUNCH_PORT=4001\nUNRELATED=1\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AFTERLAUNCH_PORT", "4002")
    settings = load(Settings)
    assert settings.slack_bot_token.get_secret_value() == "xoxb-from-file"
    assert settings.port == 4002


def test_no_secret_is_shown() -> None:
    settings = load(
        Settings,
        **GOOD,
        SLACK_SIGNING_SECRET="signing-secret",
        AFTERLAUNCH_DATABASE_URL="postgresql+asyncpg://root:hunter2-secret@db/x",
    )
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert "secret" not in shown.replace("slack_signing_secret", "")
    assert "xoxb" not in refused(AFTERLAUNCH_LEASE_SECONDS="1", SLACK_API_URL="http://xoxb-1@")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(DatabaseSettings).log_level = "debug"
