"""Text objects, and the plain words of one for attributes and menus."""

from collections.abc import Iterator

from markupsafe import Markup

from slackapp.playground.pages.blocks.emojis import SHORTCODE, emoji_html
from slackapp.playground.pages.blocks.html import BREAK, join
from slackapp.playground.pages.blocks.inline import inline_html
from slackapp.playground.pages.blocks.mrkdwn import mrkdwn_html
from slackapp.playground.pages.blocks.reading import Reader
from slackapp.playground.slack.blockkit import Json
from slackapp.playground.slack.shown import unescape


def text_html(text: object, reader: Reader, *, one_line: bool = False) -> Markup:
    """A text object, or a bare string, which is plain. `one_line`: where no quote or fence may stand."""
    if not isinstance(text, dict):
        return plain_html("" if text is None else str(text))
    content = str(text.get("text", ""))
    if text.get("type") != "mrkdwn":
        return plain_html(content, emoji=text.get("emoji", True))
    verbatim = bool(text.get("verbatim"))
    if one_line:
        return inline_html(content, reader, verbatim=verbatim)
    return mrkdwn_html(content, reader, verbatim=verbatim)


def plain_html(text: str, *, emoji: bool = True) -> Markup:
    lines = unescape(text).split("\n")
    return BREAK.join(join(*_with_emoji(line)) if emoji else line for line in lines)


def words(text: Json | str | None, otherwise: str = "") -> str:
    """Plain text with its emoji as characters: for labels that take no markup."""
    if text is None:
        return otherwise
    plain = plain_html(text if isinstance(text, str) else str(text.get("text", "")))
    return plain.replace(BREAK, Markup(" ")).striptags() or otherwise


def _with_emoji(line: str) -> Iterator[str]:
    done = looked = 0
    while (found := SHORTCODE.search(line, looked)) is not None:
        shown = emoji_html(found[1], int(found[2]) if found[2] else None)
        if shown is None:
            looked = found.end() - 1
            continue
        yield line[done : found.start()]
        yield shown
        done = looked = found.end()
    yield line[done:]
