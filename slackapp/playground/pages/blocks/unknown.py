"""What has no look of its own yet: shown as such, with its JSON folded."""

import json

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag


def unknown(kind: str, thing: object) -> Markup:
    """`kind` says what it is: `block`, `element`, `cell`."""
    name = thing.get("type") if isinstance(thing, dict) else None
    described = json.dumps(thing, indent=2, ensure_ascii=False, default=str)
    return tag(
        "details",
        tag("summary", f"{kind} of an unknown type: ", tag("code", str(name))),
        tag("pre", described),
        class_="b-unknown",
    )
