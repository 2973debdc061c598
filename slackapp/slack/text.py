"""Words on their way into Slack: made safe where markup is read.

What people wrote goes into `plain_text` and `rich_text`, where Slack reads no markup. The notification text
and the replies to a command are the exceptions, and what they hold is escaped here.
"""

import re

from slackapp.core.words import clip, plain

#: Slack turns addresses into links, with the address as their label where people wrote none.
_LINK = re.compile(r"<(?P<address>(?:https?|mailto|tel):[^|>]*)(?:\|(?P<label>[^>]*))?>")

#: Slack reads these three as the beginning of markup; without them nothing pings and nothing links.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape(text: str) -> str:
    """Text that people wrote, safe wherever Slack reads markup."""
    return text.translate(_ESCAPES)


def as_typed(text: str) -> str:
    """What a person typed, out of what Slack made of it: links and signs as they were written."""
    text = _LINK.sub(lambda found: found["label"] or found["address"], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def quoted(text: str, limit: int = 80) -> str:
    """A person's words inside a sentence of ours: one line, clipped before it is made safe."""
    return escape(clip(plain(text), limit))


def channel_link(channel_id: str) -> str:
    return f"<#{channel_id}>"
