"""Block Kit as HTML: data in, markup out, nothing else touched.

What a script finds on every interactive element, on its outermost HTML element:

- `data-block`, `data-action`, `data-type`: the block's id, the action's id, the element's type in Block Kit;
- `data-confirm`: the confirm object as JSON, if it has one;
- `data-dispatch`, where a change is reported to the app at once; of typed fields its value says when:
  `on_enter_pressed`, `on_character_entered`, or both;
- `data-value`: what a press or choice carries, on buttons and on each option in a group or a menu.

Around them stands one `[data-surface]`, the surface's id.
"""

from slackapp.playground.pages.blocks.dates import DAY, TIME, dated, local_moment, moment_of
from slackapp.playground.pages.blocks.messages import message_html
from slackapp.playground.pages.blocks.mrkdwn import mrkdwn_html
from slackapp.playground.pages.blocks.reading import Reader, Surface, html_id
from slackapp.playground.pages.blocks.rendering import blocks_html

__all__ = [
    "DAY",
    "TIME",
    "Reader",
    "Surface",
    "blocks_html",
    "dated",
    "html_id",
    "local_moment",
    "message_html",
    "moment_of",
    "mrkdwn_html",
]
