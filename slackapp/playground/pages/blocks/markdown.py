"""Standard Markdown, as the markdown block takes it."""

from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from slackapp.playground.pages.blocks.html import BREAK, join, tag
from slackapp.playground.pages.blocks.links import link
from slackapp.playground.pages.blocks.media import small_image
from slackapp.playground.pages.blocks.texts import plain_html

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def markdown_html(text: str) -> Markup:
    """Markdown as elements of ours; raw HTML in it is text."""
    return _children(SyntaxTreeNode(_PARSER.parse(text)))


def _node(node: SyntaxTreeNode) -> Markup:
    show = _NODES.get(node.type)
    if show is not None:
        return show(node)
    return _children(node) if node.children else plain_html(node.content)


def _children(node: SyntaxTreeNode) -> Markup:
    return join(*(_node(child) for child in node.children))


def _as(name: str, class_: str | None = None) -> Callable[[SyntaxTreeNode], Markup]:
    return lambda node: tag(name, _children(node), class_=class_)


def _paragraph(node: SyntaxTreeNode) -> Markup:
    # In a tight list a paragraph is only the item's text.
    return _children(node) if node.hidden else tag("p", _children(node))


def _text(node: SyntaxTreeNode) -> Markup:
    text = node.content
    mark = _TASKS.get(text[:4]) if _begins_an_item(node) else None
    return join(mark, _plain(text[4:])) if mark else _plain(text)


def _begins_an_item(node: SyntaxTreeNode) -> bool:
    inline = node.parent
    paragraph = None if inline is None else inline.parent
    item = None if paragraph is None else paragraph.parent
    return (
        inline is not None
        and inline.children[0] is node
        and item is not None
        and item.type == "list_item"
        and item.children[0] is paragraph
    )


def _plain(text: str) -> Markup:
    # The parser has read the entities; what looks like one now was meant to be seen.
    return plain_html(text.replace("&", "&amp;"))


def _link(node: SyntaxTreeNode) -> Markup:
    return link(str(node.attrs.get("href", "")), _children(node))


def _image(node: SyntaxTreeNode) -> Markup:
    return small_image({"image_url": node.attrs.get("src", ""), "alt_text": node.content})


def _ordered(node: SyntaxTreeNode) -> Markup:
    return tag("ol", _children(node), start=node.attrs.get("start"), class_="b-list")


def _cell(node: SyntaxTreeNode) -> Markup:
    align = str(node.attrs.get("style", "")).removeprefix("text-align:")
    known = align if align in ("center", "right") else "left"
    scope = "col" if node.type == "th" else None
    return tag(node.type, _children(node), class_=f"b-{known} b-wrapped", scope=scope)


def _table(node: SyntaxTreeNode) -> Markup:
    return tag(
        "div",
        tag("table", _children(node), class_="b-table"),
        class_="b-scrolled",
        role="group",
        aria_label="Table",
        tabindex=0,
    )


_NODES: Mapping[str, Callable[[SyntaxTreeNode], Markup]] = {
    **{name: _as(name) for name in ("strong", "em", "s", "thead", "tbody", "tr")},
    "blockquote": _as("blockquote", "b-quote"),
    "bullet_list": _as("ul", "b-list"),
    "list_item": _as("li"),
    # Slack shows headings of every level alike, and they must not break the page's own outline.
    "heading": _as("h3", "b-header"),
    "paragraph": _paragraph,
    "text": _text,
    "softbreak": lambda _: BREAK,
    "hardbreak": lambda _: BREAK,
    "hr": lambda _: tag("hr", class_="b-divider"),
    "code_inline": lambda node: tag("code", node.content, class_="b-code"),
    "code_block": lambda node: tag("pre", node.content.rstrip("\n"), class_="b-code-block"),
    "fence": lambda node: tag("pre", node.content.rstrip("\n"), class_="b-code-block"),
    "link": _link,
    "image": _image,
    "ordered_list": _ordered,
    "table": _table,
    "th": _cell,
    "td": _cell,
}
