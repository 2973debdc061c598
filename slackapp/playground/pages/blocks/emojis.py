"""Emoji by their names, as Slack writes them between colons."""

import re
from collections.abc import Mapping

import emoji
from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag

#: A name, and perhaps a skin tone, as in `:wave::skin-tone-3:`.
SHORTCODE = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?")

#: Slack's names that the library does not have.
_SLACK_NAMES: Mapping[str, str] = {
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "large_orange_circle": "🟠",
    "large_purple_circle": "🟣",
    "large_brown_circle": "🟤",
    "large_red_square": "🟥",
    "large_orange_square": "🟧",
    "large_yellow_square": "🟨",
    "large_green_square": "🟩",
    "large_blue_square": "🟦",
    "large_purple_square": "🟪",
    "knife_fork_plate": "🍽️",
    "simple_smile": "🙂",
    "the_horns": "🤘",
}
_FLAG = re.compile(r"flag-([a-z])([a-z])")
_REGIONAL_A = 0x1F1E6
#: Slack counts skin tones from 2, as Fitzpatrick's scale does.
_FIRST_TONE, _TONE_2 = 2, 0x1F3FB
_VARIATION = "\N{VARIATION SELECTOR-16}"


def emoji_html(name: str, tone: int | None = None) -> Markup | None:
    """The emoji of this name (without colons); None if nobody knows it."""
    picture = _picture(name)
    if picture is None:
        return None
    if tone is not None and tone >= _FIRST_TONE:
        picture = picture.removesuffix(_VARIATION) + chr(_TONE_2 + tone - _FIRST_TONE)
    return shown(picture, name)


def shown(picture: str, name: str) -> Markup:
    return tag(
        "span", picture, class_="b-emoji", role="img", aria_label=name.replace("_", " "), title=f":{name}:"
    )


def _picture(name: str) -> str | None:
    known = _SLACK_NAMES.get(name)
    if known is not None:
        return known
    flag = _FLAG.fullmatch(name)
    if flag is not None:
        return "".join(chr(_REGIONAL_A + ord(letter) - ord("a")) for letter in flag.groups())
    written = f":{name}:"
    picture = emoji.emojize(written, language="alias")
    return None if picture == written else picture
