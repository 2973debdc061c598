"""Fields to type in, and pickers of days and times."""

from markupsafe import Markup

from slackapp.playground.pages.blocks.contract import prompt, single
from slackapp.playground.pages.blocks.dates import local_text
from slackapp.playground.pages.blocks.html import Value, join, tag
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.slack.blockkit import Json
from slackapp.playground.slack.shown import value_text

_TYPES = {"email_text_input": "email", "url_text_input": "url", "plain_text_input": "text"}
_LINES, _LINES_MOST = 3, 12
_FILES_MOST = 10


def typed(element: Json, spot: Spot) -> Markup:
    limits: dict[str, Value] = {
        "placeholder": _placeholder(element),
        "minlength": element.get("min_length") or None,
        "maxlength": element.get("max_length", 3000),
        "class_": "b-field",
        **single(element, spot),
    }
    value = _text(element, spot)
    if element.get("multiline"):
        # HTML drops a line break right after the tag.
        return tag("textarea", f"\n{value}" if value.startswith("\n") else value, rows=_LINES, **limits)
    return tag("input", type=_TYPES[element["type"]], value=value, autocomplete="off", **limits)


def number(element: Json, spot: Spot) -> Markup:
    return tag(
        "input",
        type="number",
        value=_text(element, spot),
        step="any" if element.get("is_decimal_allowed") else 1,
        min=element.get("min_value"),
        max=element.get("max_value"),
        inputmode="decimal" if element.get("is_decimal_allowed") else "numeric",
        placeholder=_placeholder(element),
        class_="b-field b-field-number",
        **single(element, spot),
    )


def rich_text_input(element: Json, spot: Spot) -> Markup:
    """Without the formatting it has in Slack, which it says below: what is typed arrives as plain words."""
    value = value_text(spot.value(element), spot.reader.people)
    rows = min(int(element.get("min_lines", _LINES)), _LINES_MOST)
    field = tag(
        "textarea",
        f"\n{value}" if value.startswith("\n") else value,
        rows=rows,
        placeholder=_placeholder(element),
        class_="b-field",
        **single(element, spot),
    )
    return join(field, tag("p", "Plain text only: in Slack this can be formatted.", class_="b-hint"))


def file_input(element: Json, spot: Spot) -> Markup:
    """A browser lets nobody write into such a field: what stands in it is named below."""
    chosen = spot.value(element)
    files = [str(file.get("name", "")) for file in chosen] if isinstance(chosen, list) else []
    kinds = ",".join(f".{kind}" for kind in element.get("filetypes", []))
    attributes = single(element, spot)
    field = tag(
        "input",
        type="file",
        accept=kinds or None,
        multiple=element.get("max_files", _FILES_MOST) > 1,
        class_="b-field b-field-file",
        **{**attributes, "required": bool(attributes["required"]) and not files},
    )
    return join(field, tag("p", ", ".join(files), class_="b-hint") if files else None)


def datepicker(element: Json, spot: Spot) -> Markup:
    return _moment("date", element, spot, _text(element, spot))


def timepicker(element: Json, spot: Spot) -> Markup:
    zone = element.get("timezone")
    picker = _moment("time", element, spot, _text(element, spot))
    if not zone:
        return picker
    return tag("span", picker, tag("span", zone.replace("_", " "), class_="b-zone"), class_="b-zoned")


def datetimepicker(element: Json, spot: Spot) -> Markup:
    """The field shows the reader's own time; `local_moment` turns it back into what Slack keeps."""
    epoch = spot.value(element)
    shown = local_text(epoch, spot.reader.zone) if isinstance(epoch, int | float) else ""
    return _moment("datetime-local", element, spot, shown)


def _moment(kind: str, element: Json, spot: Spot, value: str) -> Markup:
    attributes = single(element, spot)
    return tag(
        "input",
        type=kind,
        value=value,
        title=_placeholder(element),
        class_="b-field b-field-moment",
        **attributes,
    )


def _text(element: Json, spot: Spot) -> str:
    value = spot.value(element)
    return "" if value is None else str(value)


def _placeholder(element: Json) -> str | None:
    return prompt(element) if element.get("placeholder") else None
