"""From the type of a block to the function that renders it; and the blocks that hold other blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from slackapp.playground.pages.blocks import cards, layout, media, tables
from slackapp.playground.pages.blocks.charts import data_visualization
from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.inputs import input_block
from slackapp.playground.pages.blocks.reading import Reader, Spot, Surface
from slackapp.playground.pages.blocks.rich_text import rich_text_html
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.pages.blocks.unknown import unknown
from slackapp.playground.slack.blockkit import Json

_WIDTHS = ("narrow", "standard", "wide", "full")


def blocks_html(blocks: Sequence[Json], reader: Reader, surface: Surface) -> Markup:
    return tag(
        "div",
        *(_block(block, Spot(reader, surface, block)) for block in blocks),
        class_="b-blocks",
        data_surface=surface.id,
    )


def _block(block: Json, spot: Spot) -> Markup:
    show = _BLOCKS.get(block.get("type", ""))
    return unknown("Block", block) if show is None else show(block, replace(spot, block=block))


def _carousel(block: Json, spot: Spot) -> Markup:
    shown = (tag("li", _block(each, spot)) for each in block.get("elements", []))
    return tag("ul", *shown, class_="b-carousel", tabindex=0, aria_label="Cards")


def _container(block: Json, spot: Spot) -> Markup:
    width = block.get("width", "standard")
    look = f"b-container b-container-{width if width in _WIDTHS else 'standard'}"
    head = _container_head(block, spot)
    children = tag(
        "div", *(_block(child, spot) for child in block.get("child_blocks", [])), class_="b-blocks"
    )
    if block.get("is_collapsible"):
        shut = bool(block.get("default_collapsed"))
        return tag(
            "details", tag("summary", head), children, class_=look, id=spot.id("container"), open=not shut
        )
    divided = " b-container-divided" if block.get("has_header_divider") else ""
    return tag("div", tag("div", head, class_="b-container-head"), children, class_=f"{look}{divided}")


def _container_head(block: Json, spot: Spot) -> Markup:
    rich = block.get("rich_text_title")
    title = rich_text_html(rich, spot.reader) if rich else text_html(block.get("title"), spot.reader)
    subtitle = block.get("subtitle")
    return tag(
        "span",
        media.small_image(block["icon"]) if block.get("icon") else None,
        tag("span", title, class_="b-card-title"),
        tag("span", text_html(subtitle, spot.reader, one_line=True), class_="b-quiet") if subtitle else None,
        class_="b-container-title",
    )


_BLOCKS: Mapping[str, Callable[[Json, Spot], Markup]] = {
    "actions": layout.actions,
    "alert": layout.alert,
    "card": cards.card,
    "carousel": _carousel,
    "container": _container,
    "context": layout.context,
    "context_actions": layout.actions,
    "data_table": tables.data_table,
    "data_visualization": data_visualization,
    "divider": layout.divider,
    "file": media.remote_file,
    "header": layout.header,
    "image": media.image,
    "input": input_block,
    "markdown": layout.markdown,
    "plan": cards.plan,
    "rich_text": layout.rich_text,
    "section": layout.section,
    "table": tables.table,
    "task_card": cards.task_card,
    "video": media.video,
}
