"""How large a JSON value is, in the two ways Slack counts."""

import json
from collections.abc import Container


def text_size(value: object, *, skipping: Container[object] = ()) -> int:
    """Code points in every `text` in this value, objects whose type is in `skipping` left out."""
    size = 0
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict) and node.get("type") not in skipping:
            for name, inner in node.items():
                if isinstance(inner, str):
                    size += len(inner) if name == "text" else 0
                elif isinstance(inner, dict | list):
                    waiting.append(inner)
    return size


def fits(value: object, maximum: int) -> bool:
    """Whether the value is at most this many bytes of JSON."""
    try:
        encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return False
    # Half of a surrogate pair is valid JSON, but not valid UTF-8.
    return len(encoded.encode("utf-8", "surrogatepass")) <= maximum
