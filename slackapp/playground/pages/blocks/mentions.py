"""People, channels and groups as texts name them."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import Child, tag
from slackapp.playground.pages.blocks.reading import Reader


def person(user: str, reader: Reader, label: str = "") -> Markup:
    name = reader.people.get(user) or label or user
    return mention("@", name, mine=user == reader.user)


def channel(identifier: str, reader: Reader, label: str = "") -> Markup:
    """A link to it, for those who may read it; the others see that it is private."""
    name = reader.channels.get(identifier)
    if name is None:
        return mention("#", label or "private channel")
    return tag("a", "#", name, class_="b-mention", href=reader.address(identifier))


def group(identifier: str, label: str = "") -> Markup:
    return mention("", label or f"@{identifier}")


def everybody(span: str) -> Markup:
    """`span` is `here`, `channel` or `everyone`: the reader is among them."""
    return mention("@", span, mine=True)


def mention(*name: Child, mine: bool = False) -> Markup:
    return tag("span", *name, class_="b-mention b-mention-mine" if mine else "b-mention")
