"""HTML read strictly, as a tree: what is not balanced, or not known, is an AssertionError."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = {"br", "hr", "input"}
INLINE = {
    "a",
    "b",
    "br",
    "code",
    "i",
    "s",
    "small",
    "span",
    "strong",
    "em",
    "time",
    "u",
    "svg",
    "path",
    "text",
    "title",
    "tspan",
}
KNOWN = {
    *VOID, *INLINE, "blockquote", "button", "caption", "circle", "details", "div", "figcaption", "figure",
    "h3", "label", "li", "line", "ol", "optgroup", "option", "p", "polygon", "polyline", "pre", "rect",
    "select", "summary", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul",
}  # fmt: skip


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, *names: str) -> "Iterator[Element]":
        """This and all below, in order."""
        if not names or self.name in names:
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all(*names)

    def one(self, attribute: str, value: str) -> "Element":
        (found,) = (element for element in self.all() if element.attributes.get(attribute) == value)
        return found

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute) or ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, tag
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"twice the same attribute on {tag}: {names}"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"{tag} ends where {self.open[-1].name} is open"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"never closed: {[element.name for element in reader.open[1:]]}"
    return reader.open[0]


def harmless(root: Element) -> None:
    """Nothing that runs, nothing that loads, and no address but those that may be followed."""
    for element in root.all():
        for name, value in element.attributes.items():
            assert re.fullmatch(r"[a-z0-9-]+", name), name
            assert not name.startswith("on"), name
            assert name not in ("style", "src", "srcset", "formaction", "srcdoc"), name
            if name == "href":
                assert re.match(r"(https?:|mailto:|slack:|/as/)", value or "", re.IGNORECASE), value
        if element.get("target"):
            assert element.get("rel") == "noopener noreferrer"


def pretty(element: Element, indent: str = "") -> str:
    """One line for each element that holds others, so that a person can read and compare it."""
    return "".join(_lines(child, indent) for child in element.children)


def _lines(node: Element | str, indent: str) -> str:
    if isinstance(node, str):
        return f"{indent}{escape(node, quote=False)}\n"
    if _short(node):
        return f"{indent}{_flat(node)}\n"
    inner = "".join(_lines(child, indent + "  ") for child in node.children)
    return f"{indent}{_opened(node)}\n{inner}{indent}</{node.name}>\n"


def _short(element: Element) -> bool:
    return all(
        isinstance(child, str) or (child.name in INLINE and _short(child)) for child in element.children
    )


def _flat(node: Element | str) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if node.name in VOID:
        return _opened(node)
    return f"{_opened(node)}{''.join(_flat(child) for child in node.children)}</{node.name}>"


def _opened(element: Element) -> str:
    written = (
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in element.attributes.items()
    )
    return f"<{element.name}{''.join(written)}>"
