"""From the type of an element to the function that renders it."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from slackapp.playground.pages.blocks import buttons, choices, fields, menus
from slackapp.playground.pages.blocks.media import small_image
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.unknown import unknown
from slackapp.playground.slack.blockkit import Json


def element_html(element: Json, spot: Spot) -> Markup:
    """An interactive element, or an image."""
    show = _ELEMENTS.get(element.get("type", ""))
    return unknown("Element", element) if show is None else show(element, spot)


_ELEMENTS: Mapping[str, Callable[[Json, Spot], Markup]] = {
    "button": buttons.button,
    "icon_button": buttons.icon_button,
    "workflow_button": buttons.workflow_button,
    "feedback_buttons": buttons.feedback_buttons,
    "overflow": buttons.overflow,
    "plain_text_input": fields.typed,
    "email_text_input": fields.typed,
    "url_text_input": fields.typed,
    "number_input": fields.number,
    "rich_text_input": fields.rich_text_input,
    "file_input": fields.file_input,
    "datepicker": fields.datepicker,
    "timepicker": fields.timepicker,
    "datetimepicker": fields.datetimepicker,
    "checkboxes": choices.checkboxes,
    "radio_buttons": choices.radio_buttons,
    "static_select": menus.select,
    "users_select": menus.select,
    "conversations_select": menus.select,
    "channels_select": menus.select,
    "multi_static_select": menus.multi_select,
    "multi_users_select": menus.multi_select,
    "multi_conversations_select": menus.multi_select,
    "multi_channels_select": menus.multi_select,
    "external_select": menus.external_select,
    "multi_external_select": menus.multi_external_select,
    "image": lambda element, _: small_image(element),
}
