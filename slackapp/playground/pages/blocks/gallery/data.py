"""Samples of tables, charts, images, files, cards, containers and tasks."""

from slackapp.playground.pages.blocks.gallery.writing import mrkdwn, plain, section
from slackapp.playground.slack.blockkit import Json

_IMAGE: Json = {
    "type": "image",
    "image_url": "https://img.ferrybridge.example/a.png",
    "alt_text": "Activation by week",
}


def _raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def _number(value: float, text: str | None = None) -> Json:
    return {"type": "raw_number", "value": value, **({"text": text} if text else {})}


def _rich(text: str, **more: object) -> Json:
    inline = {"type": "text", "text": text, **more}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [inline]}]}


def _series(name: str, labels: list[str], values: list[float]) -> Json:
    points = zip(labels, values, strict=True)
    return {"name": name, "data": [{"label": label, "value": value} for label, value in points]}


def _chart(block_id: str, title: str, chart: Json) -> Json:
    return {"type": "data_visualization", "block_id": block_id, "title": title, "chart": chart}


TABLE: list[Json] = [
    {
        "type": "table",
        "block_id": "table",
        "column_settings": [{"is_wrapped": True}, None, {"align": "right"}],
        "rows": [
            [_raw("Launch"), _raw("Verdict"), _raw("Change")],
            [_rich("New onboarding", style={"bold": True}), _raw("moved"), _raw("+4 %")],
            [_rich("Faster search"), _raw("flat"), _raw("0 %")],
        ],
    }
]

DATA_TABLE: list[Json] = [
    {
        "type": "data_table",
        "block_id": "data",
        "caption": "Slowdown per system, 90 days",
        "page_size": 3,
        "rows": [
            [_raw("System"), _raw("Slowdown"), _raw("Delay")],
            [_raw("auth-service"), _number(3.2, "3.2 times"), _number(47, "47 days")],
            [_raw("billing"), _number(1.4, "1.4 times"), _number(12, "12 days")],
            [_raw("search"), _number(1.1, "1.1 times"), _number(3, "3 days")],
            [_raw("mail"), _number(0.9, "0.9 times"), _number(0, "none")],
        ],
    }
]

_WEEKS = ["week 44", "week 45", "week 46", "week 47"]
_QUARTERS = ["Q1", "Q2", "Q3"]
_WISHES = [
    "Faster search in it",
    "Notifications",
    "Two-factor sign-in",
    "Import from a sheet",
    "检索速度更快一点",
    "Undo",
    "Keyboard shortcuts",
    "Incomprehensibility",
]

BARS_AND_LINES: list[Json] = [
    _chart(
        "bars",
        "Launches by verdict",
        {
            "type": "bar",
            "series": [
                _series("hit", _QUARTERS, [2, 3, 5]),
                _series("moved", _QUARTERS, [4, 2, 3]),
                _series("flat", _QUARTERS, [5, 4, -1]),
            ],
            "axis_config": {"categories": _QUARTERS, "x_label": "Quarter", "y_label": "Launches"},
        },
    ),
    _chart(
        "lines",
        "Activation, %",
        {
            "type": "line",
            "series": [
                _series("new teams", _WEEKS, [40, 41.5, 43, 44]),
                _series("hoped for", _WEEKS, [40, 44, 47, 50]),
            ],
            "axis_config": {"categories": _WEEKS},
        },
    ),
]

LONG_LABELS: list[Json] = [
    _chart(
        "long",
        "What should we do first?",
        {
            "type": "bar",
            "series": [_series("Answers", _WISHES, [9, 7, 7, 5, 4, 3, 2, 1])],
            "axis_config": {"categories": _WISHES},
        },
    ),
]

AREA_AND_PIE: list[Json] = [
    _chart(
        "area",
        "Invitations sent",
        {
            "type": "area",
            "series": [_series("sent", _WEEKS, [12_000, 15_500, 14_200, 21_000])],
            "axis_config": {"categories": _WEEKS},
        },
    ),
    _chart(
        "pie",
        "Where the quarter went",
        {
            "type": "pie",
            "segments": [
                {"label": "feature", "value": 62},
                {"label": "health", "value": 25},
                {"label": "discovery", "value": 13},
            ],
        },
    ),
]

MEDIA: list[Json] = [
    {**_IMAGE, "block_id": "image", "title": plain("The chart of last week")},
    {"type": "image", "block_id": "kept", "slack_file": {"id": "F0123456789"}, "alt_text": "A file in Slack"},
    {"type": "file", "block_id": "file", "external_id": "report-2026-11", "source": "remote"},
    {
        "type": "video",
        "block_id": "video",
        "title": plain("How onboarding looks now"),
        "title_url": "https://video.ferrybridge.example/1",
        "video_url": "https://video.ferrybridge.example/1/embed",
        "thumbnail_url": "https://video.ferrybridge.example/1.jpg",
        "alt_text": "Two minutes, with sound",
        "author_name": "Priya Nair",
        "provider_name": "Ferrybridge TV",
        "description": plain("From the first invitation to the first board."),
    },
]

_CARD: Json = {
    "type": "card",
    "icon": _IMAGE,
    "title": plain("New onboarding"),
    "subtitle": mrkdwn("L-42 · *moved*"),
    "body": mrkdwn("Activation: 40 % → 44 %."),
    "subtext": plain("30 days after"),
    "actions": [{"type": "button", "action_id": "show", "text": plain("Show")}],
}

CARDS: list[Json] = [
    {**_CARD, "block_id": "card", "hero_image": _IMAGE},
    {
        "type": "carousel",
        "block_id": "carousel",
        "elements": [
            {**_CARD, "block_id": f"card-{at}", "title": plain(title)}
            for at, title in enumerate(("Faster search", "One-page checkout", "Weekly digest", "Dark mode"))
        ],
    },
]

CONTAINERS: list[Json] = [
    {
        "type": "container",
        "block_id": "container",
        "title": plain("What we expected"),
        "subtitle": plain("5 forecasts"),
        "width": "narrow",
        "has_header_divider": True,
        "child_blocks": [section("expected", "2 of 5 expected it to move.")],
    },
    {
        "type": "container",
        "block_id": "folded",
        "rich_text_title": _rich("How is this computed?"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [
            section("formula", "`(p - o)²`, the mean of all"),
            {"type": "divider", "block_id": "line"},
        ],
    },
]

TASKS: list[Json] = [
    {
        "type": "task_card",
        "block_id": "task",
        "task_id": "read",
        "title": "Reading the dashboard",
        "status": "in_progress",
        "details": _rich("Two of three charts"),
        "sources": [{"type": "url", "url": "https://ferrybridge.example/dash", "text": "Dashboard"}],
    },
    {
        "type": "plan",
        "block_id": "plan",
        "title": "Before the review",
        "tasks": [
            {"type": "task_card", "task_id": "a", "title": "Record the number", "status": "complete"},
            {"type": "task_card", "task_id": "b", "title": "Compare with the forecast", "status": "error"},
            {"type": "task_card", "task_id": "c", "title": "Write the learning", "status": "pending"},
        ],
    },
]
