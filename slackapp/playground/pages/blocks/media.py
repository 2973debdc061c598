"""Images, videos and files. Nothing is loaded from elsewhere: what would be seen is named, with a link."""

from collections.abc import Mapping

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import Child, join, tag
from slackapp.playground.pages.blocks.links import link, may_be_followed
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.texts import text_html, words
from slackapp.playground.slack.blockkit import Json

_PICTURE = "M2 4h16v12H2zm2 10h12l-4-6-3 4-2-2z"
_PLAY = "M6 3.5v13l10-6.5z"
_SHEET = "M4 1.5h8l4 4v13H4zM12 1.5v4h4"
_THOUSAND = 1000


def image(block: Json, spot: Spot) -> Markup:
    title = block.get("title")
    caption = tag("figcaption", text_html(title, spot.reader)) if title else None
    return tag("figure", caption, picture(block), class_="b-figure")


def picture(image: Json) -> Markup:
    """The frame of an image, with what it shows in words."""
    alt = words(image.get("alt_text"), "Image")
    url = address(image)
    where = link(url, "Open the image", class_="b-frame-link") if may_be_followed(url) else None
    return tag(
        "div",
        _face(_PICTURE, alt),
        where,
        class_="b-frame",
    )


def small_image(image: Json) -> Markup:
    """An image as large as a line, or as a button beside a text."""
    alt = words(image.get("alt_text"), "Image")
    return link(
        address(image), glyph(_PICTURE), tag("span", alt), class_="b-small-image", title=f"Image: {alt}"
    )


def video(block: Json, spot: Spot) -> Markup:
    title = text_html(block.get("title"), spot.reader)
    url = str(block.get("title_url") or block.get("video_url") or "")
    parties = [str(block[key]) for key in ("author_name", "provider_name") if block.get(key)]
    description = block.get("description")
    return tag(
        "div",
        tag("div", link(url, title), class_="b-card-title"),
        tag("div", " · ".join(parties), class_="b-quiet") if parties else None,
        tag("div", text_html(description, spot.reader)) if description else None,
        tag("div", _face(_PLAY, words(block.get("alt_text"), "Video")), class_="b-frame"),
        class_="b-card",
    )


def remote_file(block: Json, _spot: Spot) -> Markup:
    return _file_card("Remote file", str(block.get("external_id", "")))


def file_html(file: Mapping[str, object]) -> Markup:
    """A file somebody or the app put into a message."""
    size = file.get("size")
    kind = str(file.get("pretty_type") or file.get("filetype") or "file").upper()
    about = f"{kind} · {_size(size)}" if isinstance(size, int) else kind
    card = _file_card(str(file.get("title") or file.get("name") or "File"), about)
    preview = file.get("preview")
    if not isinstance(preview, str):
        return card
    more = "\n…" if file.get("preview_is_truncated") else ""
    inside = join(tag("summary", "Read"), tag("pre", preview + more, tabindex="0"))
    return join(card, tag("details", inside, class_="b-file-inside"))


def glyph(path: str) -> Markup:
    return tag("svg", tag("path", d=path), class_="b-icon", viewBox="0 0 20 20", aria_hidden="true")


def address(image: Json) -> str:
    """Where an image is to be had; empty if nowhere that a browser could go."""
    file = image.get("slack_file") or {}
    return str(image.get("image_url") or file.get("url") or "")


def _face(path: str, alt: str) -> Markup:
    return tag("span", glyph(path), tag("span", alt), class_="b-frame-face", role="img", aria_label=alt)


def _file_card(name: Child, about: Child) -> Markup:
    text = join(tag("b", name), tag("span", about, class_="b-quiet"))
    return tag("div", glyph(_SHEET), tag("div", text, class_="b-file-words"), class_="b-file")


def _size(count: int) -> str:
    if count < _THOUSAND:
        return f"{count} bytes"
    if count < _THOUSAND**2:
        return f"{count / _THOUSAND:.0f} kB"
    return f"{count / _THOUSAND**2:.1f} MB"
