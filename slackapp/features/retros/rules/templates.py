"""The templates of a retro, and columns of one's own."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from slackapp.core.errors import FieldError
from slackapp.core.words import plain

MOST_COLUMNS = 6
LONGEST_COLUMN = 60

#: In place of a column's number: notes that waited for this retro.
WAITED = -1
WAITED_NAME = "Noted before"


class Template(StrEnum):
    POST_LAUNCH = "post_launch"
    ASSUMED = "assumed"
    ALIGNMENT = "alignment"
    CUSTOM = "custom"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Mapping[Template, str] = {
    Template.POST_LAUNCH: "Post-launch review",
    Template.ASSUMED: "Assumed and actual",
    Template.ALIGNMENT: "Alignment",
    Template.CUSTOM: "Columns of your own",
}

COLUMNS: Mapping[Template, Sequence[str]] = {
    Template.POST_LAUNCH: ("Went well", "Could be better", "Lessons for the future"),
    Template.ASSUMED: ("We assumed", "Users actually", "Right thing, not just correct?"),
    Template.ALIGNMENT: ("Shared understanding", "Concerns", "Next quarter"),
}


def columns_of(template: Template, own: str) -> list[str]:
    """The columns' names; `own` holds those of the custom template, one a line.

    Raises `FieldError` at `columns` if these are none, too many, too long, or the same.
    """
    if template is not Template.CUSTOM:
        return list(COLUMNS[template])
    names = [plain(line) for line in own.splitlines() if plain(line)]
    if not names:
        raise FieldError({"columns": "Write the columns, one a line."})
    if len(names) > MOST_COLUMNS:
        raise FieldError({"columns": f"At most {MOST_COLUMNS} columns, one a line; these are {len(names)}."})
    if any(len(name) > LONGEST_COLUMN for name in names):
        raise FieldError({"columns": f"Please keep each column's name to {LONGEST_COLUMN} characters."})
    if len({name.casefold() for name in names}) < len(names):
        raise FieldError({"columns": "Two of these columns have the same name."})
    return names


def column_name(columns: Sequence[str], number: int) -> str:
    return WAITED_NAME if number == WAITED else columns[number]
