"""Rich text: the block, its four containers, and what stands inside them."""

from .objects import IDENTIFIER, URL
from .schema import Check, array, boolean, integer, obj, one_of, string, typed

_KIND = {"type": string()}
_TEXT_STYLE = {
    "style": obj({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)),
}
_MENTION_STYLE = {
    "style": obj(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline"), boolean
        ),
    ),
}
_BORDER = {"border": integer(0, 1)}

_TEXT: dict[str, Check] = {
    "text": obj({**_KIND, "text": string()}, _TEXT_STYLE),
    "link": obj({**_KIND, "url": URL}, {"text": string(minimum=0), "unsafe": boolean, **_TEXT_STYLE}),
}
_INLINE = array(
    typed(
        {
            **_TEXT,
            "broadcast": obj({**_KIND, "range": one_of("here", "channel", "everyone")}, _MENTION_STYLE),
            "channel": obj({**_KIND, "channel_id": string()}, _MENTION_STYLE),
            "color": obj({**_KIND, "value": string(pattern="#[0-9A-Fa-f]{3,8}")}, _MENTION_STYLE),
            "date": obj(
                {**_KIND, "timestamp": integer(), "format": string()},
                {"timezone": string(), "url": URL, "fallback": string(), **_MENTION_STYLE},
            ),
            "emoji": obj(
                {**_KIND, "name": string()},
                {"unicode": string(), "skin_tone": integer(1, 6), **_TEXT_STYLE},
            ),
            "team": obj({**_KIND, "team_id": string()}, _MENTION_STYLE),
            "user": obj({**_KIND, "user_id": string()}, _MENTION_STYLE),
            "usergroup": obj({**_KIND, "usergroup_id": string()}, _MENTION_STYLE),
        }
    )
)

_SECTION = obj({**_KIND, "elements": _INLINE})
_CONTAINERS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": obj(
        {
            **_KIND,
            "style": one_of("bullet", "ordered"),
            "elements": array(typed({"rich_text_section": _SECTION}), 1),
        },
        {"indent": integer(0, 8), "offset": integer(0), **_BORDER},
    ),
    "rich_text_preformatted": obj({**_KIND, "elements": array(typed(_TEXT))}, _BORDER),
    "rich_text_quote": obj({**_KIND, "elements": _INLINE}, _BORDER),
}

RICH_TEXT = obj(
    {"type": one_of("rich_text"), "elements": array(typed(_CONTAINERS), 1)}, {"block_id": IDENTIFIER}
)
