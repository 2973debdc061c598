"""The demo: short, in order, and told from beginning to end."""

import io

from rich.console import Console

from slackapp.playground.demo import play

#: What a newcomer should have read, in this order.
COURSE = (
    "What happened after it shipped?",
    "/launch New onboarding",
    "Planned for 10 Sep 2026",
    "Is New onboarding out?",
    "Fixed: 40 % → 50 %",
    "an early look, after 7 days",
    "Snooze",
    "40 % → 42 %",
    "the final check, after 30 days",
    "she is reminded, once",
    "@Jonas Bell is asked now.",
    "It is a launch of @Mara Lind",
    "Verdict: moved, with guardrail loss",
    "Learned: A checklist helps",
    "Decision: Iterate. This changes what we build next.",
    "Does anyone know what happened to Weekly visits",
    "the question expires",
    "unmeasured",
    "/retro start",
    "Before you write",
    "Nobody could say.",
    "3 of 3 handed in",
    "R-1 Post-launch review: what came of it",
    "What happened to users? They find the checklist",
    "Every launch has a backup from now on",
    "/discovery poll",
    "3 of 3 answered",
    "P-1 is closed",
    "Is this done? Let people skip the checklist",
    "He replies: done",
    "whether it helped",
    "calls to Slack, none refused.",
)


async def test_the_demo_tells_its_story_in_order_and_in_fewer_than_290_lines() -> None:
    told = io.StringIO()
    await play(Console(file=told, width=80), None)
    text = " ".join(told.getvalue().replace("│", " ").split())
    place = 0
    for words in COURSE:
        assert words in text[place:], words
        place = text.index(words, place) + len(words)
    assert 100 < len(told.getvalue().splitlines()) < 290
