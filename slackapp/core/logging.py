"""Structured logs that never hold a token, a signature or a response URL."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_SECRET = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|v0=[0-9a-f]{64}"
    r"|https?://[^\s\"']*/(?:response|commands|actions|services)/[^\s\"']+"
    r"|(?<=ticket=)[^\s&\"']+",
)
_SECRET_KEYS = frozenset({"token", "authorization", "response_url", "signing_secret", "ticket"})


def redact(value: object) -> object:
    """The same value with what could open a door replaced, however deep it lies."""
    if isinstance(value, str):
        return _SECRET.sub("[redacted]", value)
    if isinstance(value, dict):
        return {k: "[redacted]" if str(k).lower() in _SECRET_KEYS else redact(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item) for item in value]
    # Whatever else it is will be shown by its repr.
    shown = repr(value)
    return _SECRET.sub("[redacted]", shown) if _SECRET.search(shown) else value


def _redact_event(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    del logger, method
    return {k: "[redacted]" if k.lower() in _SECRET_KEYS else redact(v) for k, v in event.items()}


def configure(*, level: str = "info", log_format: str = "text", stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's records through one chain to `stream` (default stderr)."""
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_event,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        ),
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # These report every request or tick at info.
    for chatty in ("apscheduler", "uvicorn.access", "aiohttp", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # At debug these write out what people said.
    for indiscreet in ("slack_sdk", "slack_bolt", "aiosqlite", "asyncpg"):
        logging.getLogger(indiscreet).setLevel(max(root.level, logging.INFO))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # What is below the level costs next to nothing.
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
