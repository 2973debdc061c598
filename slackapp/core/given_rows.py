"""Rows handed to a statement as one parameter, so that it is the same statement for any number of them."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Double, Integer, Subquery, Text, text

_SQL: dict[type[Integer | Text | Double[float]], str] = {
    Integer: "integer",
    Text: "text",
    Double: "double precision",
}


def given_rows(
    dialect: str, parameter: str = "given", **columns: type[Integer | Text | Double[float]]
) -> Subquery:
    """A table to join with, whose rows are the parameter of that name: `as_given` of what the columns name.

    `dialect` is its name. Statements with lists of parameters differ by their number, and each has to be
    prepared once a connection.
    """
    if dialect == "sqlite":
        parts = (f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns))
        source = f"json_each(:{parameter})"
    else:
        parts = (
            f"CAST(value ->> {place} AS {_SQL[kind]}) AS {name}"
            for place, (name, kind) in enumerate(columns.items())
        )
        source = f"jsonb_array_elements(CAST(:{parameter} AS jsonb)) AS value"
    rows = text(f"SELECT {', '.join(parts)} FROM {source}")  # noqa: S608 - names from the code that calls
    return rows.columns(**{name: kind() for name, kind in columns.items()}).subquery(parameter)


def as_given(rows: Iterable[Sequence[int | str | float]]) -> str:
    """The parameter's value."""
    return json.dumps([list(row) for row in rows])
