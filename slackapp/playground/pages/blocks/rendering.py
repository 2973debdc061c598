"""From the type of a block to the function that renders it."""

from collections.abc import Sequence

from markupsafe import Markup

from slackapp.playground.slack.blockkit import Json

from .html import join, tag
from .reading import Reader, Surface
from .unknown import unknown


def blocks_html(blocks: Sequence[Json], reader: Reader, surface: Surface) -> Markup:  # noqa: ARG001 - still to come
    return tag(
        "div", join(*(unknown("Block", block) for block in blocks)), class_="b-blocks", data_surface=surface.id
    )
