"""What a method takes, and how a call's arguments are read in each of the three styles."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qsl

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json

Kind = Literal["text", "flag", "number", "json"]
Arguments: TypeAlias = Mapping[str, Any]

_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_NOT_JSON = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


@dataclass(frozen=True)
class Argument:
    name: str
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True)
class Method:
    """One method: what runs it, the arguments it declares, the scope it needs, its rate tier."""

    run: Callable[[Slack, Arguments], Json]
    arguments: tuple[Argument, ...] = ()
    scope: str | None = None
    #: Rate tier; 0 for message posting, which is paced by channel.
    tier: int = 3
    token: Literal["bot", "app", "any", "none"] = "bot"  # noqa: S105 - a kind of token


def takes(*declared: str) -> tuple[Argument, ...]:
    """Arguments written as `channel!` (required), `limit:number`, `blocks:json`, `return_im:flag`."""
    return tuple(_argument(text) for text in declared)


def _argument(text: str) -> Argument:
    name, _, kind = text.removesuffix("!").partition(":")
    kinds: Mapping[str, Kind] = {"": "text", "flag": "flag", "number": "number", "json": "json"}
    return Argument(name, kinds[kind], text.endswith("!"))


def parse(content_type: str, body: bytes, query: str) -> dict[str, Any]:
    """The arguments of one request: JSON body, form body or query string. RefusedError if unreadable."""
    given: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    if not body:
        return given
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            parsed = json.loads(body)
        except ValueError:
            raise RefusedError("invalid_json") from None
        if not isinstance(parsed, dict):
            raise RefusedError("json_not_object")
        return given | parsed
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError("invalid_post_type")
    try:
        return given | dict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        raise RefusedError("invalid_form_data") from None


def check(declared: Sequence[Argument], given: Arguments) -> dict[str, Any]:
    """The declared arguments, rightly typed. RefusedError naming each unknown, missing or ill-typed one."""
    known = {argument.name: argument for argument in declared}
    complaints = [
        f"[ERROR] must not have additional property: {name} [json-pointer:/{name}]"
        for name in given
        if name not in known
    ]
    values: dict[str, Any] = {}
    for argument in declared:
        value = given.get(argument.name)
        if value is None or (value == "" and argument.required):
            if argument.required:
                complaints.append(f"[ERROR] missing required field: {argument.name} [json-pointer:]")
            continue
        try:
            values[argument.name] = _READERS[argument.kind](value)
        except ValueError as error:
            if argument.name in _NOT_JSON and not complaints:
                raise RefusedError(_NOT_JSON[argument.name]) from None
            complaints.append(f"[ERROR] {error} [json-pointer:/{argument.name}]")
    if complaints:
        raise RefusedError("invalid_arguments", complaints)
    return values


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must provide a string")  # noqa: TRY004 - every reader complains in one way
    return value


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(str(value).lower())
    if flag is None:
        raise ValueError("must provide a boolean")
    return flag


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("must provide a number")  # noqa: TRY004 - every reader complains in one way
    try:
        return int(value)
    except ValueError:
        raise ValueError("must provide a number") from None


def _json(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("must be JSON") from None


_READERS: Mapping[Kind, Callable[[object], object]] = {
    "text": _text,
    "flag": _flag,
    "number": _number,
    "json": _json,
}
