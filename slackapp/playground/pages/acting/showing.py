"""What stands before a person beside the conversation: the modal on top, App Home, the app's shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from slackapp.playground.pages.blocks import Reader, Surface, blocks_html
from slackapp.playground.pages.blocks.texts import text_html
from slackapp.playground.pages.place import Place
from slackapp.playground.slack import View
from slackapp.playground.slack.blockkit import STATE_KEYS, Json, placed
from slackapp.playground.world import World


@dataclass(frozen=True)
class Modal:
    view: View
    title: Markup
    body: Markup
    #: None where there is nothing to submit.
    submit: Markup | None
    close: Markup
    #: The title of the modal it was pushed on.
    under: Markup | None


@dataclass(frozen=True)
class Home:
    #: The app shows a Home tab at all.
    offered: bool
    #: None where the app has published nothing.
    body: Markup | None
    view: str
    #: Slack has told the app that this person looks at it.
    opened: bool


@dataclass(frozen=True)
class Offer:
    """A shortcut of the app's."""

    callback_id: str
    name: str
    description: str


def context(world: World, place: Place, reader: Reader) -> Mapping[str, object]:
    """What the templates in `templates/acting` read, as `acting`."""
    shortcuts = world.slack.manifest.shortcuts.items()
    return {
        # Those who make the history open and close modals faster than anybody can look.
        "modal": None if world.progress is not None else _modal(place, reader),
        "home": _home(world, place, reader) if place.channel is None else None,
        "shortcuts": {
            kind: [
                Offer(callback_id, shortcut.name, shortcut.description)
                for callback_id, shortcut in shortcuts
                if shortcut.type == kind
            ]
            for kind in ("message", "global")
        },
    }


def _modal(place: Place, reader: Reader) -> Modal | None:
    stack = place.person.modals
    if not stack:
        return None
    view = stack[-1]
    submit = view.content.get("submit")
    return Modal(
        view,
        text_html(view.content["title"], reader),
        blocks_html(
            view.blocks, reader, Surface(view.id, _standing(view), view.errors, sent={"view": view.id})
        ),
        text_html(submit, reader) if submit else None,
        text_html(view.content.get("close") or "Cancel", reader),
        text_html(stack[-2].content["title"], reader) if len(stack) > 1 else None,
    )


def _home(world: World, place: Place, reader: Reader) -> Home:
    view, offered = place.person.home, world.slack.manifest.home_tab
    opened = place.person.looks_at_home
    if view is None:
        return Home(offered, None, "", opened)
    surface = Surface(view.id, _standing(view), view.errors, sent={"view": view.id}, form="p-acts")
    body = blocks_html(view.blocks, reader, surface)
    return Home(offered, body, view.id, opened)


def _standing(view: View) -> dict[str, dict[str, Json]]:
    """What stands in the fields of a view: what is half typed there before what last was fit to be sent."""
    values = {block_id: dict(states) for block_id, states in view.values.items()}
    for found in placed(view.blocks):
        typed = view.half_typed.get(found.block_id)
        if typed is not None:
            state = {"type": found.type, STATE_KEYS[found.type]: typed}
            values.setdefault(found.block_id, {})[found.action_id] = state
    return values
