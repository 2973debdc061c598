"""What a person reads: blocks as lines of plain text, buttons as [Label]."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from slackapp.playground.slack.blockkit import STATE_KEYS

Json: TypeAlias = dict[str, Any]
Names: TypeAlias = Mapping[str, str]
#: What stands in a surface's fields: block id, then action id, then the element's state.
Values: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]

_CONTROL = re.compile(r"<([^<>\n]+)>")
_MARKS = [
    re.compile(rf"(?<![\w{m}]){m}(?=\S)([^{m}\n]+?)(?<=\S){m}(?![\w{m}])") for m in (r"\*", "_", "~", "`")
]
_EMPTY = "____"


def message_text(
    text: str, blocks: Sequence[Json], attachments: Sequence[Json], files: Sequence[Json], names: Names
) -> str:
    """A message: its blocks, or its text where it has none; then attachments and files."""
    lines = blocks_text(blocks, {}, names) if blocks else [mrkdwn(text, names)]
    for attachment in attachments:
        lines += [
            mrkdwn(str(attachment[key]), names) for key in ("pretext", "title", "text") if attachment.get(key)
        ]
        lines += blocks_text(attachment.get("blocks", []), {}, names)
    lines += [f"(file: {file['name']})" for file in files]
    return "\n".join(lines)


def blocks_text(blocks: Iterable[Json], values: Values, names: Names) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        show = _BLOCKS.get(block.get("type", ""), _anything)
        lines += show(block, values.get(block.get("block_id", ""), {}), names)
    return lines


def words(text: object, names: Names) -> str:
    """A text object, or a bare string, as read."""
    if isinstance(text, str):
        return unescape(text)
    if not isinstance(text, Mapping):
        return ""
    content = str(text.get("text", ""))
    return mrkdwn(content, names) if text.get("type") == "mrkdwn" else unescape(content)


def mrkdwn(text: str, names: Names) -> str:
    """Slack's markup as it is read: mentions by name, links by their label, marks gone."""
    text = _CONTROL.sub(lambda found: _control(found.group(1), names), text)
    text = text.replace("```", "")
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    return unescape(text)


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _control(body: str, names: Names) -> str:
    target, _, label = body.partition("|")
    if target.startswith("@"):
        return f"@{names.get(target[1:], label or target[1:])}"
    if target.startswith("#"):
        return f"#{names.get(target[1:], label or target[1:])}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target


def _section(block: Json, state: Mapping[str, Any], names: Names) -> list[str]:
    lines = [words(block["text"], names)] if "text" in block else []
    lines += [words(field, names) for field in block.get("fields", [])]
    if "accessory" in block:
        accessory = element_text(block["accessory"], state, names)
        lines = [*lines[:-1], f"{lines[-1]} {accessory}"] if lines else [accessory]
    return lines


def _row(block: Json, state: Mapping[str, Any], names: Names) -> list[str]:
    shown = (element_text(element, state, names) for element in block.get("elements", []))
    return [" ".join(part for part in shown if part)]


def _input(block: Json, state: Mapping[str, Any], names: Names) -> list[str]:
    optional = " (optional)" if block.get("optional") else ""
    lines = [f"{words(block.get('label'), names)}{optional}: {element_text(block['element'], state, names)}"]
    if "hint" in block:
        lines.append(f"  {words(block['hint'], names)}")
    return lines


def _image(block: Json, _state: Mapping[str, Any], names: Names) -> list[str]:
    return [
        *([words(block["title"], names)] if "title" in block else []),
        f"(image: {block.get('alt_text', '')})",
    ]


def _rich_text(block: Json, _state: Mapping[str, Any], names: Names) -> list[str]:
    lines: list[str] = []
    for element in block.get("elements", []):
        if element.get("type") == "rich_text_list":
            lines += [f"- {_inline(item, names)}" for item in element.get("elements", [])]
        else:
            lines += _inline(element, names).split("\n")
    return lines


def _inline(element: Json, names: Names) -> str:
    kind = element.get("type")
    if "elements" in element:
        return "".join(_inline(part, names) for part in element["elements"])
    if kind == "user":
        return f"@{names.get(element['user_id'], element['user_id'])}"
    if kind == "channel":
        return f"#{names.get(element['channel_id'], element['channel_id'])}"
    if kind in ("emoji", "broadcast"):
        return f":{element['name']}:" if kind == "emoji" else f"@{element['range']}"
    return str(element.get("text") or element.get("fallback") or element.get("url") or "")


def _table(block: Json, _state: Mapping[str, Any], names: Names) -> list[str]:
    def cell(content: Json) -> str:
        if content.get("type") == "rich_text":
            return " ".join(_rich_text(content, {}, names))
        return " ".join(_strings(content, names))

    return [" | ".join(cell(content) for content in row) for row in block.get("rows", [])]


def _chart(block: Json, _state: Mapping[str, Any], _names: Names) -> list[str]:
    chart = block.get("chart", {})
    lines = [str(block.get("title", ""))]
    lines += [f"{point.get('label')}: {point.get('value')}" for point in chart.get("segments", [])]
    for series in chart.get("series", []):
        points = ", ".join(f"{point.get('label')}: {point.get('value')}" for point in series.get("data", []))
        lines.append(f"{series.get('name')}: {points}")
    return lines


def _anything(block: Json, state: Mapping[str, Any], names: Names) -> list[str]:
    """A block this stand-in knows no layout for: its texts and its elements, in order."""
    lines = _strings({key: value for key, value in block.items() if key not in ("elements", "blocks")}, names)
    shown = (element_text(element, state, names) for element in block.get("elements", []))
    lines += [part for part in shown if part]
    return lines + blocks_text(block.get("blocks", []), {}, names)


def _strings(node: object, names: Names) -> list[str]:
    if isinstance(node, list):
        return [text for value in node for text in _strings(value, names)]
    if not isinstance(node, Mapping):
        return []
    if node.get("type") in ("plain_text", "mrkdwn"):
        return [words(node, names)]
    if node.get("type") == "button":
        return [element_text(node, {}, names)]
    found: list[str] = []
    for key, value in node.items():
        if isinstance(value, str) and key in ("text", "title", "subtitle", "label", "caption"):
            found.append(unescape(value))
        else:
            found += _strings(value, names)
    return found


def element_text(element: Mapping[str, Any], state: Mapping[str, Any], names: Names) -> str:
    """One element as it looks with this state (of its block)."""
    kind = element.get("type", "")
    if kind in ("plain_text", "mrkdwn"):
        return words(element, names)
    if kind == "image":
        return f"(image: {element.get('alt_text', '')})"
    if kind in STATE_KEYS:
        return _field(element, state.get(element.get("action_id", ""), {}).get(STATE_KEYS[kind]), names)
    if kind == "overflow":
        return f"[… {' | '.join(words(option['text'], names) for option in element['options'])}]"
    return f"[{words(element.get('text'), names) or element.get('alt_text', '')}]"


def _field(element: Mapping[str, Any], value: object, names: Names) -> str:
    kind = element["type"]
    if kind in ("checkboxes", "radio_buttons"):
        return _boxes(element, value, names)
    chosen = value_text(value, names)
    if kind.endswith(("select", "picker")):
        return f"[{chosen or words(element.get('placeholder'), names) or 'Select'} ▾]"
    return chosen or _EMPTY


def value_text(value: object, names: Names) -> str:
    """A state value as read: options by their text, people and channels by name."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value_text(item, names) for item in value)
    if isinstance(value, Mapping):
        return (
            words(value["text"], names) if "text" in value else " ".join(_rich_text(dict(value), {}, names))
        )
    return str(names.get(value, value)) if isinstance(value, str) else str(value)


def _boxes(element: Mapping[str, Any], value: object, names: Names) -> str:
    chosen = value if isinstance(value, list) else [value]
    marks = ("☑", "☐") if element["type"] == "checkboxes" else ("◉", "○")
    return " ".join(
        f"{marks[0] if option in chosen else marks[1]} {words(option['text'], names)}"
        for option in element["options"]
    )


_BLOCKS: Mapping[str, Callable[[Json, Mapping[str, Any], Names], list[str]]] = {
    "section": _section,
    "header": lambda block, _, names: [words(block["text"], names)],
    "context": _row,
    "actions": _row,
    "context_actions": _row,
    "divider": lambda *_: ["---"],
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": lambda block, *_: [str(block.get("text", ""))],
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "video": lambda block, _, names: [words(block.get("title"), names)],
    "file": lambda *_: ["(file)"],
}
