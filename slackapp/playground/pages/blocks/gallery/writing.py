"""Samples of blocks that hold text."""

from slackapp.playground.slack.blockkit import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str, *, verbatim: bool = False) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": verbatim}


def section(block_id: str, text: str) -> Json:
    return {"type": "section", "block_id": block_id, "text": mrkdwn(text)}


def _text(text: str, *styles: str) -> Json:
    return {"type": "text", "text": text, **({"style": dict.fromkeys(styles, True)} if styles else {})}


def _part(kind: str, *elements: Json) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(elements)}


def _items(style: str, *texts: str, indent: int = 0, offset: int = 0) -> Json:
    items = [_part("section", _text(text)) for text in texts]
    return {"type": "rich_text_list", "style": style, "indent": indent, "offset": offset, "elements": items}


SECTIONS: list[Json] = [
    section("outcome", "*Activation: 40 % → 44 %*, 30 days after New onboarding; we hoped for 50 %."),
    {
        "type": "section",
        "block_id": "facts",
        "fields": [
            mrkdwn("*For whom*\nteams in their first week"),
            mrkdwn("*Owner*\n<@U0JONAS>"),
            mrkdwn("*Out on*\n<!date^1763629200^{date_short}|20 November>"),
            plain("Verdict\nmoved :chart_with_upwards_trend:"),
        ],
    },
    {
        "type": "section",
        "block_id": "beside",
        "text": mrkdwn("Beside a text stands at most one thing: here a button."),
        "accessory": {"type": "button", "action_id": "open", "text": plain("Open")},
    },
    {
        "type": "section",
        "block_id": "pictured",
        "text": plain("Or an image."),
        "accessory": {
            "type": "image",
            "image_url": "https://img.ferrybridge.example/chart.png",
            "alt_text": "Activation by week",
        },
    },
]

MRKDWN: list[Json] = [
    section("emphasis", "*bold* _italic_ ~struck~ `code` *bold and _italic_*; snake_case_name, 2 * 3 * 4"),
    section(
        "links", "<https://ferrybridge.example/dash?a=1&amp;b=2|The dashboard>, https://ferrybridge.example."
    ),
    section("mail", "<mailto:mara@ferrybridge.example|Write to Mara> or <mailto:jonas@ferrybridge.example>"),
    section("mentions", "<@U0MARA> <@U0JONAS> <#C0ONBOARD> <#C0SECRET> <!here> <!subteam^S0DESIGN|@design>"),
    section("dates", "<!date^1795161600^{date_pretty} at {time}|x>, <!date^1763629200^{date_long}, {ago}|x>"),
    section("emoji", ":tada: :wave::skin-tone-4: :large_green_circle: :flag-se: and :no-such-emoji:"),
    section("quote", "They wrote:\n> We give up at step three.\n> Every time.\nSo we looked."),
    section("fence", "```if a < b &amp;&amp; *this is no emphasis*:\n    go()```"),
    section("lists", "- A list\n- stays as it was typed\n• with its signs"),
    section(
        "hostile", "<script>alert(1)</script> <javascript:alert(1)|press me> &lt;img src=x onerror=y&gt;"
    ),
    {"type": "section", "block_id": "verbatim", "text": mrkdwn("https://ferrybridge.example", verbatim=True)},
]

LAYOUT: list[Json] = [
    {"type": "header", "block_id": "header", "text": plain("What happened after this shipped? :mag:")},
    {"type": "divider", "block_id": "divider"},
    {
        "type": "context",
        "block_id": "context",
        "elements": [
            {"type": "image", "image_url": "https://img.ferrybridge.example/m.png", "alt_text": "Mara"},
            mrkdwn("Recorded by *Mara Lind*"),
            plain("L-42"),
        ],
    },
]

RICH_TEXT: list[Json] = [
    {
        "type": "rich_text",
        "block_id": "rich",
        "elements": [
            _part(
                "section",
                _text("Plain, "),
                _text("bold", "bold"),
                _text(", "),
                _text("italic", "italic"),
                _text(", "),
                _text("both", "bold", "italic"),
                _text(", "),
                _text("struck", "strike"),
                _text(", "),
                _text("code", "code"),
                _text(" and "),
                _text("underlined", "underline"),
                _text(". *No markup* <b>here</b>."),
            ),
            _items("bullet", "Teams in their first week", "People invited later"),
            _items("bullet", "by e-mail", indent=1),
            _items("ordered", "Record it", "Wait"),
            _items("ordered", "Look", offset=2),
            _part("quote", _text("We give up at step three.")),
            _part("preformatted", _text("SELECT count(*)\nFROM launches")),
            _part(
                "section",
                {"type": "user", "user_id": "U0MARA"},
                _text(" "),
                {"type": "channel", "channel_id": "C0ONBOARD"},
                _text(" "),
                {"type": "usergroup", "usergroup_id": "S0DESIGN"},
                _text(" "),
                {"type": "broadcast", "range": "channel"},
                _text(" "),
                {"type": "emoji", "name": "wave", "skin_tone": 3},
                {"type": "emoji", "name": "ferry-logo", "unicode": "26f4-fe0f"},
                _text(" "),
                {"type": "link", "url": "https://ferrybridge.example", "text": "a link"},
                _text(" "),
                {
                    "type": "date",
                    "timestamp": 1763629200,
                    "format": "{date_short} at {time}",
                    "fallback": "then",
                },
                _text(" "),
                {"type": "color", "value": "#0b7285"},
            ),
        ],
    }
]

MARKDOWN: list[Json] = [
    {
        "type": "markdown",
        "block_id": "markdown",
        "text": (
            "# A heading\n\n**Bold**, *italic*, ~~struck~~, `code` and [a link](https://ferrybridge.example).\n\n"
            "1. First\n2. Second\n   - inside\n\n- [x] measured\n- [ ] decided\n\n> A quote\n\n"
            "| Launch | Verdict |\n|:--|--:|\n| New onboarding | moved |\n\n```sql\nSELECT 1 < 2\n```\n\n"
            "![A chart](https://img.ferrybridge.example/a.png)\n\n---\n\n<b>HTML is text</b> :tada:"
        ),
    }
]
