"""Rows handed to a statement as one parameter, so that it is the same statement for any number of them."""

import json
from collections.abc import Sequence

from sqlalchemy import Dialect, Integer, Subquery, Text, text

_TYPES: dict[type[Integer | Text], str] = {Integer: "integer", Text: "text"}


def given_rows(
    dialect: Dialect, rows: Sequence[Sequence[int | str]], **columns: type[Integer | Text]
) -> Subquery:
    """A table to join with: the rows hold what the columns name, in that order.

    Statements with lists of parameters differ by their number, and each has to be prepared once a connection.
    """
    if dialect.name == "sqlite":
        parts = ", ".join(
            f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns)
        )
        source = "json_each(:given)"
    else:
        parts = ", ".join(
            f"CAST(value ->> {place} AS {_TYPES[kind]}) AS {name}"
            for place, (name, kind) in enumerate(columns.items())
        )
        source = "jsonb_array_elements(CAST(:given AS jsonb)) AS value"
    found = text(f"SELECT {parts} FROM {source}")  # noqa: S608 - names from the code that calls
    bound = found.bindparams(given=json.dumps([list(row) for row in rows]))
    return bound.columns(**{name: kind() for name, kind in columns.items()}).subquery("given")
