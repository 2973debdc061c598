"""A poll as a file: every kind holds what its rounds came to, no cell is a formula, and no line is markup."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.files import FileKind
from slackapp.features.polls.rules.exports import COLUMNS, file_name, written
from slackapp.features.polls.rules.record import Counted, Outcome, PollRecord, RoundRecord
from slackapp.features.polls.rules.tally import TOO_FEW

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
CHOSEN = Outcome(3, [Counted("=cmd|'/c calc'!A1", 2, 67), Counted("# no heading", 1, 33)])
RATED = Outcome(3, mean=Decimal(11) / 3, median=Decimal(4), least=Decimal(3), most=Decimal(4))


def round_record(number: int, outcome: Outcome | None, question: str = "Is there <cake>?") -> RoundRecord:
    return RoundRecord(
        number, NOW, NOW, 1, question, 5, 3, outcome, None if outcome else TOO_FEW, {"Others": RATED}
    )


RECORD = PollRecord("P-7", "One choice", False, [round_record(1, CHOSEN), round_record(2, None)], NOW)  # noqa: FBT003


def rows(text: str) -> list[dict[str, str]]:
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert tuple(table.fieldnames or ()) == COLUMNS
    return list(table)


def test_a_table_has_a_row_for_each_number_and_says_why_there_is_none() -> None:
    found = rows(written(RECORD, FileKind.CSV))
    assert [(row["round"], row["function"], row["what"]) for row in found] == [
        ("1", "", "option"),
        ("1", "", "option"),
        *(("1", "Others", what) for what in ("mean", "median", "least", "most")),
        ("2", "", ""),
    ]
    assert (found[0]["option"], found[0]["count"], found[0]["percent"]) == ("'=cmd|'/c calc'!A1", "2", "67")
    assert found[2]["value"] == "3.6667"
    assert found[-1]["withheld"] == TOO_FEW


def test_json_keeps_its_promise() -> None:
    read = json.loads(written(RECORD, FileKind.JSON))
    assert (read["format"], read["version"], len(read["rounds"])) == ("afterlaunch.poll", 1, 2)
    assert read["rounds"][0]["outcome"]["counts"][0] == {
        "option": "=cmd|'/c calc'!A1", "count": 2, "percent": 67,
    }  # fmt: skip
    assert read["rounds"][1]["outcome"] is None


def test_markdown_has_the_newest_round_first_and_no_markup_of_others() -> None:
    text = written(RECORD, FileKind.MARKDOWN)
    assert text.index("## Round 2") < text.index("## Round 1")
    assert "Is there \\<cake\\>?" in text
    assert "- \\# no heading: 1 (33\N{NO-BREAK SPACE}%)" in text
    assert file_name(RECORD, FileKind.MARKDOWN) == "P-7 2026-09-07.md"


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_whatever_people_write_no_cell_is_a_formula_and_the_file_can_be_read(
    question: str, text: str
) -> None:
    outcome = Outcome(1, [Counted(question, 1, 100)], texts=[text])
    record = PollRecord("P-1", "A short text", True, [round_record(1, outcome, question)], NOW)  # noqa: FBT003
    for row in rows(written(record, FileKind.CSV)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values())
    [read] = json.loads(written(record, FileKind.JSON))["rounds"]
    assert (read["question"], read["outcome"]["texts"]) == (question, [text])
    assert written(record, FileKind.MARKDOWN)
