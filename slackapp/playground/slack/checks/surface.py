"""Rules over all blocks of a surface: ids that repeat, focus, and how many of a kind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from .schema import Fault

#: A block that passed its schema, with its JSON pointer; nested blocks follow the one they stand in.
Placed: TypeAlias = tuple[str, Mapping[str, Any]]

CHARTS_MAX = 2
_CHILDREN = {"container": "child_blocks", "carousel": "elements"}
_TABLES = ("table", "data_table")


def place(blocks: Sequence[Mapping[str, Any]], at: str) -> Iterator[Placed]:
    for index, block in enumerate(blocks):
        pointer = f"{at}/{index}"
        yield pointer, block
        children = _CHILDREN.get(block["type"])
        if children:
            yield from place(block[children], f"{pointer}/{children}")


def repeated_ids(placed: Sequence[Placed]) -> list[Fault]:
    """A `block_id` twice on the surface, or an `action_id` twice in one block."""
    faults: list[Fault] = []
    blocks_seen: set[str] = set()
    for pointer, block in placed:
        faults += _repeated("block_id", block, pointer, blocks_seen)
        actions_seen: set[str] = set()
        for where, element in _elements(block):
            faults += _repeated("action_id", element, f"{pointer}{where}", actions_seen)
    return faults


def _repeated(field: str, holder: Mapping[str, Any], pointer: str, seen: set[str]) -> list[Fault]:
    name = holder.get(field)
    if not name:
        return []
    if name in seen:
        return [Fault(f"{pointer}/{field}", f'`{field}` "{name}" already exists')]
    seen.add(name)
    return []


def _elements(block: Mapping[str, Any]) -> Iterator[Placed]:
    """What a person can use in this block; blocks in it are placed on their own."""
    for name in ("accessory", "element"):
        if name in block:
            yield f"/{name}", block[name]
    if block["type"] not in _CHILDREN:
        for name in ("elements", "actions"):
            for index, element in enumerate(block.get(name, ())):
                yield f"/{name}/{index}", element


def focus_twice(placed: Sequence[Placed]) -> list[Fault]:
    focused = [
        f"{pointer}{where}/focus_on_load"
        for pointer, block in placed
        for where, element in _elements(block)
        if element.get("focus_on_load")
    ]
    return [
        Fault(pointer, "only one element can have `focus_on_load` set to true") for pointer in focused[1:]
    ]


def too_many_charts(placed: Sequence[Placed]) -> list[Fault]:
    charts = [pointer for pointer, block in placed if block["type"] == "data_visualization"]
    return [
        Fault(pointer, f"no more than {CHARTS_MAX} data_visualization blocks allowed")
        for pointer in charts[CHARTS_MAX:]
    ]


def second_tables(placed: Sequence[Placed]) -> list[Fault]:
    tables = [pointer for pointer, block in placed if block["type"] in _TABLES]
    return [Fault(pointer, "only_one_table_allowed") for pointer in tables[1:]]
