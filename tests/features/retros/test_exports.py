"""A retro's files: as written down, read back as they were, and harmless in spreadsheets and in Markdown."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from slackapp.core.files import escaped
from slackapp.core.words import plain, tidy
from slackapp.features.retros.rules.as_csv import COLUMNS, as_csv
from slackapp.features.retros.rules.as_json import VERSION, as_json
from slackapp.features.retros.rules.as_markdown import as_markdown, item
from slackapp.features.retros.rules.exports import FileKind, file_name, written
from slackapp.features.retros.rules.record import DecisionRecord, Mark, Noted, Record, TopicRecord
from tests.features.retros.golden import FOLDER, samples
from tests.support.retro_records import SAMPLE, some_records

#: What programs read as something else than words.
NASTY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "'twas", "|", "a|b", "`x`", "```",
    "~~~", "# x", "## x", "- x", "+ x", "* x", "1. x", "1) x", "> x", "---", "===", "***", "a\nb", "a\n\nb",
    "a\n- b", "a\n    b", "a\n---", "<b>x</b>", "<!-- x", "<script>", "&lt;", "&amp;", "[x](http://evil.example)",
    "![x](y)", "[x]: y", "<http://evil.example>", "_x_", "**x**", "~~x~~", "\\", "\\*x*", "a\\", '"', '""',
    ",", ";=1", "\u202eevil\u202c", "\u2066x\u2069", "\u200b=1", "\u2028", "\x00", "\x07", "\ufeff=1",
    "ü 漢 🎉", "\uff1d1", ":-:", "- [x] y", "$x$",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), min_size=1, max_size=3).map(" ".join)
LINE = WORDS.map(lambda text: plain(text)[:150].strip() or "x")
LINES = st.lists(WORDS, min_size=1, max_size=3).map(lambda parts: tidy("\n".join(parts)).strip() or "x")
RECORDS = some_records(LINE, LINES)

#: A record is made of a hundred pieces, each of which may be any of the above.
FEW = settings(max_examples=25)

#: With tables, as wikis and forges read it.
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize("name", samples())
def test_it_is_as_written_down(name: str) -> None:
    assert (FOLDER / name).read_bytes().decode() == samples()[name]


def test_no_other_file_is_written_down() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(samples())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def unmarked(cell: str) -> str:
    """What stood in the cell before it was made harmless."""
    return cell[1:] if re.match(r"'+[=+\-@＝＋－＠]", cell) else cell  # noqa: RUF001 - as written


@FEW
@given(RECORDS)
def test_no_cell_of_a_spreadsheet_is_a_formula(record: Record) -> None:
    text = as_csv(record)
    for line in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True):
        assert len(line) == len(COLUMNS)
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))  # noqa: RUF001


@FEW
@given(RECORDS)
def test_a_spreadsheet_holds_every_word(record: Record) -> None:
    """RFC 4180: what stands in quotes may hold anything, and lines end in CRLF."""
    text = as_csv(record)
    found = rows(text)
    notes = [row for row in found if row["kind"] == "note"]
    written = [(topic.name, note) for topic in record.topics for note in topic.notes]
    written += [("", note) for note in record.loose]
    assert [(unmarked(row["topic"]), unmarked(row["text"])) for row in notes] == [
        (topic, tidy(note.text)) for topic, note in written
    ]
    assert [row["late"] for row in notes] == ["yes" if note.is_late else "no" for _, note in written]
    assert [unmarked(row["text"]) for row in found if row["kind"] == "decision"] == [
        each.text for each in record.decisions
    ]
    actions = [row for row in found if row["kind"] in {"action", "carried over"}]
    assert [(row["id"], unmarked(row["owner"]), row["state"], row["helped"]) for row in actions] == [
        (each.label, each.owner, each.state, each.helped or "")
        for each in [*record.actions, *record.carried_over]
    ]
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n", re.sub(r'"(?:[^"]|"")*"', "", text))


@FEW
@given(RECORDS)
def test_programs_read_back_all_that_was_written(record: Record) -> None:
    text = as_json(record)
    shape = json.loads(text)
    assert (shape.pop("format"), shape.pop("version")) == ("afterlaunch.retro", VERSION)
    assert shape == json.loads(json.dumps(asdict(record), default=lambda day: day.isoformat()))
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_the_shape_of_the_json_is_the_promised_one() -> None:
    """Whoever changes this raises the version, unless something is only added."""
    shape = json.loads(as_json(SAMPLE))
    assert (VERSION, list(shape)) == (
        1,
        [
            "format", "version", "label", "template", "channel", "facilitator", "is_anonymous", "is_live",
            "opened_at", "closed_at", "impact", "handed_in", "invited", "launches", "topics", "loose",
            "decisions", "actions", "carried_over", "phases",
        ],
    )  # fmt: skip
    assert list(shape["topics"][0]) == ["name", "votes", "notes"]
    assert list(shape["topics"][0]["notes"][0]) == ["text", "column", "is_late", "source", "author"]
    assert set(shape["launches"][0]) >= {"label", "title", "works", "needed", "metric", "verdict"}


def read_as_words(markdown: str) -> str:
    """What is read of it, if nothing in it is markup; else a sentence that says what is."""
    tokens = MARKDOWN.parse(markdown)
    kinds = [token.type for token in tokens]
    if kinds != ["paragraph_open", "inline", "paragraph_close"]:
        return f"not words: {kinds}"
    children = tokens[1].children or []
    strange = {token.type for token in children} - {"text", "text_special"}
    return f"not words: {strange}" if strange else "".join(token.content for token in children)


@given(LINE)
def test_words_in_markdown_are_read_as_they_were_written(text: str) -> None:
    assert read_as_words(escaped(text)) == plain(text)


@given(LINES, st.sampled_from(["", " (Went well)"]))
def test_several_lines_are_one_item_of_a_list(text: str, after: str) -> None:
    tokens = MARKDOWN.parse(item(text, after))
    assert [token.type for token in tokens] == [
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close",
        "list_item_close", "bullet_list_close",
    ]  # fmt: skip
    children = tokens[3].children or []
    read = "".join("\n" if token.type == "hardbreak" else token.content for token in children)
    assert read == "\n".join(line for line in tidy(text).splitlines() if line) + after


def headings(record: Record) -> Sequence[str]:
    return [token.tag for token in MARKDOWN.parse(as_markdown(record)) if token.type == "heading_open"]


@FEW
@given(RECORDS)
def test_nothing_that_people_wrote_makes_a_heading_a_list_or_a_link_of_its_own(record: Record) -> None:
    bland = replace(
        record,
        template="x",
        impact="x" if record.impact else "",
        topics=[
            TopicRecord(
                "x", topic.votes, [Noted("x", "x", note.is_late, note.source) for note in topic.notes]
            )
            for topic in record.topics
        ],
        loose=[Noted("x", "x", note.is_late, note.source) for note in record.loose],
        decisions=[DecisionRecord("x", None) for _ in record.decisions],
    )
    assert headings(record) == headings(bland)
    tokens = MARKDOWN.parse(as_markdown(record))
    children = [child for token in tokens for child in token.children or []]
    sources = [note.source for topic in record.topics for note in topic.notes]
    sources += [note.source for note in record.loose]
    links = [child.attrs["href"] for child in children if child.type == "link_open"]
    assert links == [source for source in sources if source]
    assert not {"html_inline", "html_block", "image", "code_inline", "s_open"} & {
        each.type for each in [*tokens, *children]
    }


@given(st.lists(st.integers(1, 5), max_size=8))
def test_scores_of_fewer_than_three_are_shown_to_nobody(scores: Sequence[int]) -> None:
    mark = Mark.of(scores)
    assert mark.answers == len(scores)
    assert (mark.mean is None) == (len(scores) < 3)
    if mark.mean is not None:
        assert min(scores) <= mark.mean <= max(scores)


@pytest.mark.parametrize("kind", FileKind)
def test_too_few_scores_stand_in_no_file(kind: FileKind) -> None:
    def of(works: Sequence[int], needed: Sequence[int]) -> str:
        launch = replace(SAMPLE.launches[0], works=Mark.of(works), needed=Mark.of(needed))
        return written(replace(SAMPLE, launches=[launch]), kind)

    assert of([1, 1], [5, 5]) == of([5, 4], [1, 2])
    assert of([1, 1, 1], []) != of([5, 4, 4], [])


def test_a_file_is_called_by_the_retro_and_the_day_it_was_closed() -> None:
    names = [file_name(SAMPLE, kind) for kind in FileKind]
    assert names == ["R-7 2026-09-10.md", "R-7 2026-09-10.csv", "R-7 2026-09-10.json"]
