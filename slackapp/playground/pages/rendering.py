"""Pages out of templates: everything is escaped unless it was made as markup."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from slackapp.playground.pages.blocks import DAY, Reader, dated
from slackapp.playground.pages.blocks.emojis import emoji_html

HERE = Path(__file__).parent
STATIC = HERE / "static"

#: In the order in which they are read: the page's own, then those of what is put into it.
STYLES = (
    "theme.css",
    "parts.css",
    "page.css",
    "sidebar.css",
    "messages.css",
    "tools.css",
    "composer.css",
    "blocks/blocks.css",
    "blocks/buttons.css",
    "blocks/fields.css",
    "blocks/figures.css",
    "blocks/pictures.css",
    "dialog.css",
    "instruments/bar.css",
    "instruments/tour.css",
    "instruments/drawer.css",
)
SCRIPTS = ("page.js", "acting.js", "instruments.js")


def _emoji(name: str) -> Markup:
    return emoji_html(name) or Markup.escape(f":{name}:")


def _day(ts: str, reader: Reader) -> Markup:
    return dated(ts, reader, DAY)


templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters |= {
    "dated": dated,
    "day": _day,
    "emoji": _emoji,
}


def html(template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page; never kept by the browser, since what it shows has changed by the next look."""
    text = templates.get_template(template).render(styles=STYLES, scripts=SCRIPTS, **context)
    return HTMLResponse(text, status, {"Cache-Control": "no-store"})
