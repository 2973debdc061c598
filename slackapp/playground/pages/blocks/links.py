"""What may be followed, and what stays text."""

from urllib.parse import urlsplit

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import Child, Value, tag

_FOLLOWED = frozenset({"http", "https", "mailto", "slack"})


def may_be_followed(url: str) -> bool:
    """Web addresses, mail and Slack's own; never anything that runs, whatever case or spaces it hides in."""
    if any(character <= " " for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in _FOLLOWED and bool(parts.netloc or parts.path)


def link(url: str, *label: Child, **attributes: Value) -> Markup:
    """A link in a tab of its own; where the address may not be followed, its label alone."""
    if not may_be_followed(url):
        return tag("span", *label, **attributes)
    return tag("a", *label, href=url, target="_blank", rel="noopener noreferrer", **attributes)
