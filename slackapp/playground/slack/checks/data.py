"""Blocks that show data: tables, data tables and charts."""

from collections.abc import Mapping
from typing import Any

from .objects import IDENTIFIER
from .rich_text import RICH_TEXT
from .schema import (
    FINE,
    Check,
    Fault,
    Faults,
    anything,
    array,
    boolean,
    fault,
    integer,
    nullable,
    number,
    obj,
    one_of,
    positive,
    string,
    typed,
)
from .sizes import text_size

TABLE_TEXT_MAX = 10_000
DATA_TABLE_TEXT_MAX = 20_000

_BLOCK_ID = {"block_id": IDENTIFIER}
_KIND = {"type": string()}
_RAW: dict[str, Check] = {
    "raw_text": obj({**_KIND, "text": string()}),
    "raw_number": obj({**_KIND, "value": number, "text": string()}),
}
_CELLS: dict[str, Check] = {**_RAW, "rich_text": RICH_TEXT}


def _table_text(block: Mapping[str, Any]) -> Faults:
    return _text_at_most(TABLE_TEXT_MAX, block)


def _data_table_text(block: Mapping[str, Any]) -> Faults:
    return _text_at_most(DATA_TABLE_TEXT_MAX, block)


def _text_at_most(maximum: int, block: Mapping[str, Any]) -> Faults:
    if text_size(block["rows"]) > maximum:
        return fault(f"text of all cells must be less than {maximum + 1} characters", "/rows")
    return FINE


def _even_rows(block: Mapping[str, Any]) -> Faults:
    rows = block["rows"]
    return [
        Fault(f"/rows/{index}", "must have the same number of columns as the header")
        for index, row in enumerate(rows)
        if len(row) != len(rows[0])
    ]


def _plain_header(block: Mapping[str, Any]) -> Faults:
    return [
        Fault(f"/rows/0/{index}/type", f"unsupported type: {cell['type']}")
        for index, cell in enumerate(block["rows"][0])
        if cell["type"] not in _RAW
    ]


def _row_header_is_a_column(block: Mapping[str, Any]) -> Faults:
    last = len(block["rows"][0]) - 1
    if block.get("row_header_column_index", 0) > last:
        return fault(f"must be less than {last}", "/row_header_column_index")
    return FINE


TABLE = obj(
    {**_KIND, "rows": array(array(typed(_CELLS), 1, 20), 1, 100)},
    {
        **_BLOCK_ID,
        # null leaves a column as it is.
        "column_settings": array(
            nullable(obj({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})), 0, 20
        ),
    },
    _table_text,
)

DATA_TABLE = obj(
    {
        **_KIND,
        "caption": string(),
        # A header and 100 rows. The inner of a cell with a button is too new to check.
        "rows": array(array(typed({**_CELLS, "action": anything}), 1, 20), 2, 101),
    },
    {**_BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0)},
    _even_rows,
    _plain_header,
    _row_header_is_a_column,
    _data_table_text,
)


def _unique_series(chart: Mapping[str, Any]) -> Faults:
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) < len(names):
        return fault("Input contains duplicate items", "/series")
    return FINE


def _unique_categories(axis: Mapping[str, Any]) -> Faults:
    if len(set(axis["categories"])) < len(axis["categories"]):
        return fault("Input contains duplicate items", "/categories")
    return FINE


def _one_point_for_each_category(chart: Mapping[str, Any]) -> Faults:
    categories = sorted(chart["axis_config"]["categories"])
    return [
        Fault(f"/series/{index}/data", "must have exactly one point for each category")
        for index, series in enumerate(chart["series"])
        if sorted(point["label"] for point in series["data"]) != categories
    ]


_AXIS_CHART = obj(
    {
        **_KIND,
        "series": array(
            obj(
                {
                    "name": string(20),
                    "data": array(obj({"label": string(20), "value": number}), 1, 20),
                }
            ),
            1,
            6,
        ),
        "axis_config": obj(
            {"categories": array(string(20), 1, 20)},
            {"x_label": string(50), "y_label": string(50)},
            _unique_categories,
        ),
    },
    {},
    _unique_series,
    _one_point_for_each_category,
)

DATA_VISUALIZATION = obj(
    {
        **_KIND,
        "title": string(50),
        "chart": typed(
            {
                "pie": obj({**_KIND, "segments": array(obj({"label": string(20), "value": positive}), 1, 6)}),
                "bar": _AXIS_CHART,
                "area": _AXIS_CHART,
                "line": _AXIS_CHART,
            }
        ),
    },
    _BLOCK_ID,
)
