"""A small schema language: each check is a function from a JSON value to its faults."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date as calendar_date
from typing import Any, NamedTuple, TypeAlias


class Fault(NamedTuple):
    #: JSON pointer below the value that was checked
    pointer: str
    #: in the words of Slack's own validator (github.com/slackhq/hack-json-schema)
    message: str


Faults: TypeAlias = Sequence[Fault]
Check: TypeAlias = Callable[[object], Faults]
Fields: TypeAlias = Mapping[str, Check]
#: What no single field can say. Runs only on an object whose fields are all fine.
Rule: TypeAlias = Callable[[Mapping[str, Any]], Faults]

#: One shared empty answer: pointers are built only on the way out of a fault, so what is fine costs little.
FINE: Faults = ()
NO_FIELDS: Fields = {}
EPOCH_DIGITS = 10


def fault(message: str, pointer: str = "") -> Faults:
    return (Fault(pointer, message),)


def below(step: str | int, faults: Faults) -> list[Fault]:
    """The same faults, seen from one level up."""
    return [Fault(f"/{step}{pointer}", message) for pointer, message in faults]


def string(maximum: int | None = None, *, minimum: int = 1, pattern: str | None = None) -> Check:
    """A string of `minimum` to `maximum` code points."""
    matches = re.compile(pattern).fullmatch if pattern else None

    def check(value: object) -> Faults:
        if not isinstance(value, str):
            return fault("must provide a string")
        if len(value) < minimum:
            return fault(f"must be more than {minimum - 1} characters")
        if maximum is not None and len(value) > maximum:
            return fault(f"must be less than {maximum + 1} characters")
        if matches is not None and not matches(value):
            return fault(f"input must match regex pattern: {pattern}")
        return FINE

    return check


def one_of(*values: str) -> Check:
    allowed = frozenset(values)

    def check(value: object) -> Faults:
        if isinstance(value, str) and value in allowed:
            return FINE
        return fault("must be a valid enum value")

    return check


def boolean(value: object) -> Faults:
    return FINE if isinstance(value, bool) else fault("must be a boolean")


def integer(minimum: int | None = None, maximum: int | None = None) -> Check:
    def check(value: object) -> Faults:
        if not isinstance(value, int) or isinstance(value, bool):
            return fault("must provide an integer")
        # Slack's sentences name the bound itself, although the bound is allowed.
        if minimum is not None and value < minimum:
            return fault(f"must be greater than {minimum}")
        if maximum is not None and value > maximum:
            return fault(f"must be less than {maximum}")
        return FINE

    return check


def number(value: object) -> Faults:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return fault("must provide a number")
    if isinstance(value, float) and not math.isfinite(value):
        return fault("must provide a number")
    return FINE


def positive(value: object) -> Faults:
    faults = number(value)
    if faults:
        return faults
    return FINE if isinstance(value, int | float) and value > 0 else fault("must be greater than 0")


def date(value: object) -> Faults:
    """A day that exists, as YYYY-MM-DD."""
    if not isinstance(value, str):
        return fault("must provide a string")
    try:
        # `fromisoformat` alone also takes week dates and dates without dashes.
        if calendar_date.fromisoformat(value).isoformat() == value:
            return FINE
    except ValueError:
        pass
    return fault("input must be a valid: date")


def timestamp(value: object) -> Faults:
    """Unix seconds in ten digits: milliseconds are the usual mistake."""
    faults = integer(0)(value)
    return faults or (FINE if len(str(value)) == EPOCH_DIGITS else fault("must be a 10 digit timestamp"))


def anything(_value: object) -> Faults:
    return FINE


def nullable(check: Check) -> Check:
    return lambda value: FINE if value is None else check(value)


def array(item: Check, minimum: int = 0, maximum: int | None = None) -> Check:
    def check(value: object) -> Faults:
        if not isinstance(value, list):
            return fault("must provide an array")
        if len(value) < minimum:
            return fault(f"must provide at least {minimum} items")
        if maximum is not None and len(value) > maximum:
            return fault(f"no more than {maximum} items allowed")
        faults: list[Fault] = []
        for index, element in enumerate(value):
            found = item(element)
            if found:
                faults += below(index, found)
        return faults

    return check


def obj(
    required: Fields = NO_FIELDS, optional: Fields = NO_FIELDS, *rules: Rule, extra: bool = False
) -> Check:
    """An object with these fields; with `extra`, fields it does not know pass unseen."""
    fields = {**required, **optional}
    names_required = frozenset(required)

    def check(value: object) -> Faults:
        if not isinstance(value, dict):
            return fault("must provide an object")
        faults: list[Fault] = []
        for name, inner in value.items():
            check_field = fields.get(name)
            if check_field is None:
                if not extra:
                    faults.append(Fault("", f"invalid additional property: {name}"))
                continue
            found = check_field(inner)
            if found:
                faults += below(name, found)
        if not value.keys() >= names_required:
            faults += [Fault("", f"missing required field: {name}") for name in required if name not in value]
        if not faults:
            for rule in rules:
                faults += rule(value)
        return faults

    return check


def typed(table: Mapping[str, Check]) -> Check:
    """An object whose `type` picks its check from `table`."""

    def check(value: object) -> Faults:
        if not isinstance(value, dict):
            return fault("must provide an object")
        if "type" not in value:
            return fault("missing required field: type")
        kind = value["type"]
        if not isinstance(kind, str):
            return fault("must provide a string", "/type")
        chosen = table.get(kind)
        return chosen(value) if chosen else fault(f"unsupported type: {kind}", "/type")

    return check


def some_of(*names: str) -> Rule:
    """At least one of these fields is there."""
    listed = " or ".join(f"`{name}`" for name in names)

    def rule(value: Mapping[str, Any]) -> Faults:
        if any(name in value for name in names):
            return FINE
        # Slack points at the type here, as the fields have no place yet.
        return fault(f"must define either {listed}", "/type" if "type" in value else "")

    return rule


def not_both(one: str, other: str) -> Rule:
    def rule(value: Mapping[str, Any]) -> Faults:
        if one in value and other in value:
            return fault(f"must define only one of `{one}` or `{other}`")
        return FINE

    return rule


def needs(name: str, other: str) -> Rule:
    """`name` may stand only where `other` is set."""

    def rule(value: Mapping[str, Any]) -> Faults:
        if value.get(name) and not value.get(other):
            return fault(f"must define `{other}` to use `{name}`", f"/{name}")
        return FINE

    return rule


def ordered(low: str, high: str) -> Rule:
    """Two bounds, numbers or numbers written as strings, in the right order."""

    def rule(value: Mapping[str, Any]) -> Faults:
        if low in value and high in value and float(value[low]) > float(value[high]):
            return fault(f"`{low}` must not be greater than `{high}`", f"/{low}")
        return FINE

    return rule
