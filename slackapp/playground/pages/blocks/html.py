"""Elements of HTML, written so that nothing gets in unescaped."""

from typing import TypeAlias

from markupsafe import Markup, escape

#: Text is escaped, markup is not, nothing leaves nothing.
Child: TypeAlias = str | Markup | None
#: True writes the bare name; None and False leave the attribute out.
Value: TypeAlias = str | int | float | bool | None

_VOID = frozenset({"br", "hr", "img", "input"})

BREAK = Markup("<br>")


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """`tag("label", text, for_="x", data_block="b")`: `_` is `-` in HTML, and one at the end is dropped.

    Names are ours and never data.
    """
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    # Every part is escaped where it joins.
    if name in _VOID:
        return Markup(opened)  # noqa: S704 - built of our names and escaped values
    return Markup(f"{opened}{join(*children)}</{name}>")  # noqa: S704 - the same


def join(*children: Child) -> Markup:
    return Markup("").join(_written(child) for child in children if child is not None)


def hidden(text: str) -> Markup:
    """For ears only."""
    return tag("span", text, class_="b-hidden")


def _attribute(key: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{_written(str(value))}"'


def _written(text: str) -> Markup:
    if isinstance(text, Markup) or text.isascii():
        return escape(text)
    # JSON can hold half a surrogate pair, UTF-8 cannot.
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
