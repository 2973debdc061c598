"""A message whole: its blocks, or its text where it has none; then attachments and files."""

from markupsafe import Markup

from slackapp.playground.slack.records import Message

from .html import join, tag
from .mrkdwn import mrkdwn_html
from .reading import Reader, Surface
from .rendering import blocks_html


def message_html(message: Message, reader: Reader, surface: Surface) -> Markup:
    if message.blocks:
        return join(blocks_html(message.blocks, reader, surface))
    return tag("div", mrkdwn_html(message.text, reader), class_="b-text")
