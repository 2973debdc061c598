"""Cards, carousels, tasks and plans."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.elements import element_html
from slackapp.playground.pages.blocks.html import hidden, tag
from slackapp.playground.pages.blocks.links import link
from slackapp.playground.pages.blocks.media import picture, small_image
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.rich_text import rich_text_html
from slackapp.playground.pages.blocks.texts import plain_html, text_html
from slackapp.playground.slack.blockkit import Json

_STATES = {"pending": "Waiting", "in_progress": "In progress", "complete": "Done", "error": "Failed"}
_CARD_TEXTS = (("title", "b-card-title"), ("subtitle", "b-quiet"), ("body", "b-text"), ("subtext", "b-quiet"))


def card(block: Json, spot: Spot) -> Markup:
    actions = block.get("actions")
    return tag(
        "div",
        picture(block["hero_image"]) if block.get("hero_image") else None,
        small_image(block["icon"]) if block.get("icon") else None,
        *(
            tag("div", text_html(block[name], spot.reader), class_=look)
            for name, look in _CARD_TEXTS
            if block.get(name)
        ),
        tag("div", *(element_html(action, spot) for action in actions), class_="b-actions")
        if actions
        else None,
        class_="b-card",
    )


def task_card(block: Json, spot: Spot) -> Markup:
    return tag("div", _task(block, spot), class_="b-card")


def plan(block: Json, spot: Spot) -> Markup:
    return tag(
        "div",
        tag("div", plain_html(str(block.get("title", ""))), class_="b-card-title"),
        tag("ol", *(tag("li", _task(task, spot)) for task in block.get("tasks", [])), class_="b-tasks"),
        class_="b-card",
    )


def _task(task: Json, spot: Spot) -> Markup:
    state = str(task.get("status", ""))
    sources = task.get("sources") or []
    return tag(
        "div",
        tag(
            "div",
            tag(
                "span",
                class_=f"b-state b-state-{state}" if state in _STATES else "b-state",
                aria_hidden="true",
            ),
            hidden(f"{_STATES.get(state, state)}: "),
            plain_html(str(task.get("title", ""))),
            class_="b-task-title",
        ),
        *(rich_text_html(task[name], spot.reader) for name in ("details", "output") if task.get(name)),
        tag(
            "div",
            *(link(str(each.get("url", "")), str(each.get("text", ""))) for each in sources),
            class_="b-sources",
        )
        if sources
        else None,
        class_="b-task",
    )
