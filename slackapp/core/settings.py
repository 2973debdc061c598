"""Every setting, read once from the environment or `.env` and passed down as a value."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import (
    AnyHttpUrl,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SLACK_API_URL = "https://slack.com/api/"
#: The hosts of Slack itself.
_SLACK = re.compile(r"(^|\.)slack(-gov)?\.com$")
DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")


class SettingsError(Exception):
    """What is wrong with the settings, a line each, for whoever starts the app."""


def _database_url(value: object) -> object:
    if not isinstance(value, str) or not value:
        return f"sqlite+aiosqlite:///{user_data_path('afterlaunch') / 'afterlaunch.db'}"
    try:
        url = make_url(value)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in DRIVERS:
        raise ValueError(f"must begin with {' or '.join(f'{name}://' for name in DRIVERS)}")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("must name a file, such as sqlite+aiosqlite:////var/lib/afterlaunch.db")
    return value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


Secret = Annotated[SecretStr | None, BeforeValidator(_empty_is_none)]


class DatabaseSettings(BaseSettings):
    """What commands need that speak to the database alone."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, allow_inf_nan=False
    )

    #: `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`; default: a file in the user's data folder.
    database_url: Annotated[str, BeforeValidator(_database_url)] = Field(
        "", alias="AFTERLAUNCH_DATABASE_URL", validate_default=True, repr=False
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", alias="AFTERLAUNCH_LOG_LEVEL")
    #: `text` for people, `json` for machines.
    log_format: Literal["text", "json"] = Field("text", alias="AFTERLAUNCH_LOG_FORMAT")
    #: A file that holds the story's time, for play. Refused against Slack itself.
    clock_file: Path | None = Field(None, alias="AFTERLAUNCH_CLOCK_FILE")


class Settings(DatabaseSettings):
    """Names in the environment are the aliases below; tokens never show in a log or a traceback."""

    #: The bot's token, `xoxb-…`.
    slack_bot_token: SecretStr = Field(alias="SLACK_BOT_TOKEN")
    #: The app-level token, `xapp-…`. Present: Socket Mode.
    slack_app_token: Secret = Field(None, alias="SLACK_APP_TOKEN")
    #: Signs what Slack sends over HTTP. Needed without an app-level token.
    slack_signing_secret: Secret = Field(None, alias="SLACK_SIGNING_SECRET")
    #: Where Slack's Web API is.
    slack_api_url: str = Field(SLACK_API_URL, alias="SLACK_API_URL")
    #: Where the app listens for Slack (HTTP) and for health checks.
    host: str = Field("127.0.0.1", alias="AFTERLAUNCH_HOST")
    port: int = Field(3000, alias="AFTERLAUNCH_PORT", ge=0, le=65535)
    #: Seconds between two looks at what has fallen due.
    heartbeat_seconds: float = Field(5, alias="AFTERLAUNCH_HEARTBEAT_SECONDS", gt=0, le=300)
    #: Seconds a worker owns a message it took on.
    lease_seconds: float = Field(60, alias="AFTERLAUNCH_LEASE_SECONDS", gt=0)
    #: Seconds to wait after a send of unknown outcome before looking for the message in the channel.
    settle_seconds: float = Field(15, alias="AFTERLAUNCH_SETTLE_SECONDS", ge=0)
    #: What to do about a send of unknown outcome: look for it, send again, or leave it for a person.
    unknown_outcome: Literal["reconcile", "retry", "hold"] = Field(
        "reconcile", alias="AFTERLAUNCH_UNKNOWN_OUTCOME"
    )
    #: `slack`: no more calls than Slack takes. `off`: for play. Refused against Slack itself.
    pacing: Literal["slack", "off"] = Field("slack", alias="AFTERLAUNCH_PACING")
    #: Seconds before a call to Slack is given up.
    http_timeout_seconds: float = Field(10, alias="AFTERLAUNCH_HTTP_TIMEOUT_SECONDS", gt=0)

    @field_validator("slack_api_url")
    @classmethod
    def _is_a_web_address(cls, address: str) -> str:
        try:
            AnyHttpUrl(address)
        except ValidationError:
            raise ValueError(f"must be a web address, such as {SLACK_API_URL}") from None
        return address

    @model_validator(mode="after")
    def _make_sense_together(self) -> Self:
        if self.slack_app_token is None and self.slack_signing_secret is None:
            raise ValueError("set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")
        if _SLACK.search(urlsplit(self.slack_api_url).hostname or ""):
            if self.clock_file is not None:
                raise ValueError(
                    "AFTERLAUNCH_CLOCK_FILE turns time by hand, which is refused against Slack itself"
                )
            if self.pacing == "off":
                raise ValueError("AFTERLAUNCH_PACING=off is refused against Slack itself")
        if self.lease_seconds <= self.http_timeout_seconds + LEASE_MARGIN:
            raise ValueError(
                f"AFTERLAUNCH_LEASE_SECONDS must be over AFTERLAUNCH_HTTP_TIMEOUT_SECONDS + {LEASE_MARGIN:g},"
                " or two workers could send the same message",
            )
        return self

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def api_url(self) -> str:
        """With its trailing slash: without it the SDK drops the last part of the path."""
        return self.slack_api_url.rstrip("/") + "/"


S = TypeVar("S", bound=DatabaseSettings)

#: What to do about a setting, as people are told.
WHERE = "Set it in the environment, or in .env where the app is started."
#: Seconds of a lease that are kept back, for what passes between the last check and the wire.
LEASE_MARGIN = 5.0


def load(kind: type[S], **given: str) -> S:
    """Read settings; `given` wins over the environment and has its names. Raises `SettingsError`."""
    try:
        return kind(**given)  # type: ignore[arg-type]  # pydantic checks what it is given
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(e) for e in error.errors())) from None


def _sentence(error: ErrorDetails) -> str:
    """Which setting is wrong, and in what; never what it holds, which may be a secret."""
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"{name} is not set. {WHERE}"
    wrong = str(error.get("ctx", {}).get("error", error["msg"]))
    return f"{name}: {wrong}." if name else f"{wrong[0].upper()}{wrong[1:]}."
