"""A message whole: its blocks, or its text where it has none; then attachments and files."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.attachments import attachment_html
from slackapp.playground.pages.blocks.html import join, tag
from slackapp.playground.pages.blocks.media import file_html
from slackapp.playground.pages.blocks.mrkdwn import mrkdwn_html
from slackapp.playground.pages.blocks.reading import Reader, Surface
from slackapp.playground.pages.blocks.rendering import blocks_html
from slackapp.playground.slack.records import Message


def message_html(message: Message, reader: Reader, surface: Surface) -> Markup:
    """What a person reads of it, without its author and time."""
    attached = (attachment_html(attachment, reader, surface) for attachment in message.attachments)
    files = (
        tag("div", *(file_html(file) for file in message.files), class_="b-files") if message.files else None
    )
    return join(_words(message, reader, surface), *attached, files)


def _words(message: Message, reader: Reader, surface: Surface) -> Markup | None:
    if message.blocks:
        return blocks_html(message.blocks, reader, surface)
    return tag("div", mrkdwn_html(message.text, reader), class_="b-text") if message.text else None
