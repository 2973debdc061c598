"""Slack's own markup: fences, quotes and lines. What stands within a line is in `inline`."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import BREAK, join, tag
from slackapp.playground.pages.blocks.inline import code_html, inline_html
from slackapp.playground.pages.blocks.reading import Reader

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
#: A person's `>` comes escaped from Slack, an app's may stand bare.
_QUOTED = re.compile(r"(?:>|&gt;) ?")
_QUOTED_TO_THE_END = re.compile(r"^(?:>|&gt;){3} ?", re.MULTILINE)


def mrkdwn_html(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """Text with Slack's markup. `verbatim` leaves bare addresses alone."""
    return join(*_fenced(text, reader, verbatim=verbatim))


def _fenced(text: str, reader: Reader, *, verbatim: bool) -> Iterator[Markup]:
    at = 0
    for fence in _FENCE.finditer(text):
        before = text[at : fence.start()]
        # Lines that only lead into the fence and out of it are no lines of their own.
        yield from _quoted(before.removesuffix("\n"), reader, verbatim=verbatim)
        yield tag("pre", code_html(fence.group(1), reader), class_="b-code-block")
        at = fence.end()
        at += text.startswith("\n", at)
    yield from _quoted(text[at:], reader, verbatim=verbatim)


def _quoted(text: str, reader: Reader, *, verbatim: bool) -> Iterator[Markup]:
    rest = _QUOTED_TO_THE_END.search(text)
    head = text if rest is None else text[: rest.start()].removesuffix("\n")
    if head:
        for quoted, lines in groupby(head.split("\n"), lambda line: _QUOTED.match(line) is not None):
            bare = [_QUOTED.sub("", line, count=1) if quoted else line for line in lines]
            shown = _lines(bare, reader, verbatim=verbatim)
            yield tag("blockquote", shown, class_="b-quote") if quoted else shown
    if rest is not None:
        shown = _lines(text[rest.end() :].split("\n"), reader, verbatim=verbatim)
        yield tag("blockquote", shown, class_="b-quote")


def _lines(lines: list[str], reader: Reader, *, verbatim: bool) -> Markup:
    return BREAK.join(inline_html(line, reader, verbatim=verbatim) for line in lines)
