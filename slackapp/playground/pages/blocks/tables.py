"""Tables: the plain one, and the one of data."""

from collections.abc import Sequence

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.rich_text import rich_text_html
from slackapp.playground.pages.blocks.texts import plain_html
from slackapp.playground.pages.blocks.unknown import unknown
from slackapp.playground.slack.blockkit import Json

_ROWS_A_PAGE = 5


def table(block: Json, spot: Spot) -> Markup:
    """Its first row is its head, as Slack shows it."""
    settings = block.get("column_settings") or []
    return _scrolled(
        "Table", tag("table", *_rows(block.get("rows", []), settings, None, spot), class_="b-table"), spot
    )


def data_table(block: Json, spot: Spot) -> Markup:
    rows = block.get("rows", [])
    caption = str(block.get("caption", ""))
    size = block.get("page_size", _ROWS_A_PAGE)
    shown = tag(
        "table",
        tag("caption", plain_html(caption)),
        *_rows(rows, (), block.get("row_header_column_index", 0), spot),
        class_="b-table",
    )
    count = len(rows) - 1
    # Slack turns pages; here the rows beyond the first page are scrolled to.
    more = tag("p", f"{count} rows", class_="b-quiet") if count > size else None
    return tag("div", _scrolled(caption, shown, spot, paged=count > size), more, class_="b-data-table")


def _scrolled(name: str, inner: Markup, spot: Spot, *, paged: bool = False) -> Markup:
    """What is too wide or too long scrolls, by keyboard too."""
    return tag(
        "div",
        inner,
        id=spot.id("table"),
        class_="b-scrolled b-paged" if paged else "b-scrolled",
        role="group",
        aria_label=name,
        tabindex=0,
    )


def _rows(
    rows: Sequence[Sequence[Json]], settings: Sequence[Json | None], heading: int | None, spot: Spot
) -> list[Markup]:
    if not rows:
        return []
    looks = [_look(rows, settings, at) for at in range(max(map(len, rows)))]
    head = tag("tr", *(_cell("th", cell, looks[at], spot, "col") for at, cell in enumerate(rows[0])))
    body = (
        tag(
            "tr",
            *(
                _cell("th", cell, looks[at], spot, "row")
                if at == heading
                else _cell("td", cell, looks[at], spot)
                for at, cell in enumerate(row)
            ),
        )
        for row in rows[1:]
    )
    return [tag("thead", head), tag("tbody", *body)]


def _look(rows: Sequence[Sequence[Json]], settings: Sequence[Json | None], column: int) -> str:
    """How a column is set; numbers stand to the right unless the app says otherwise."""
    setting = (settings[column] if column < len(settings) else None) or {}
    below = [row[column].get("type") for row in rows[1:] if column < len(row)]
    numbers = bool(below) and all(kind == "raw_number" for kind in below)
    aligned = setting.get("align") or ("right" if numbers else "left")
    return f"b-{aligned}{' b-wrapped' if setting.get('is_wrapped') else ''}"


def _cell(name: str, cell: Json, look: str, spot: Spot, scope: str | None = None) -> Markup:
    return tag(name, _content(cell, spot), class_=look, scope=scope)


def _content(cell: Json, spot: Spot) -> Markup:
    kind = cell.get("type")
    if kind == "rich_text":
        return rich_text_html(cell, spot.reader)
    if kind == "raw_text":
        return plain_html(str(cell.get("text", "")), emoji=False)
    if kind == "raw_number":
        return plain_html(str(cell.get("text") or cell.get("value")), emoji=False)
    return unknown("Cell", cell)
