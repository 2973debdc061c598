"""How learnings look in a list."""

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.features.learnings.queries import PAGE, Page, Row
from slackapp.slack.blocks import Part, actions, bold, bullets, button, italic, markdown, paragraph, small
from slackapp.slack.replies import Whisper
from slackapp.slack.text import quoted

TURN = "learnings.page"


def listing(page: Page) -> Whisper:
    if not page.rows and not page.offset:
        return _nothing(page.word)
    title = (
        f"What launches taught, with “{clip(page.word, 80)}” in it" if page.word else "What launches taught"
    )
    blocks: list[Block] = [paragraph(bold(title)), bullets([_row(row) for row in page.rows])]
    turn = []
    if page.offset:
        turn.append(button(f"{TURN}.newer", "Newer", f"{max(page.offset - PAGE, 0)}:{page.word}"))
    if page.has_more:
        turn.append(button(f"{TURN}.older", "Older", f"{page.offset + PAGE}:{page.word}"))
    if turn:
        blocks.append(actions(*turn))
    if not page.word:
        blocks.append(small("/launch learnings onboarding finds those with that word."))
    return Whisper("What launches taught", blocks)


def _nothing(word: str) -> Whisper:
    if word:
        text = (
            f"No learning that you can read has “{quoted(word)}” in it, in its launch's title, or its metric."
        )
        return Whisper(text, [markdown(text)])
    text = (
        "Nothing is noted here yet. What a launch taught is asked for with its final number, "
        "or later by *Add more* under the answer."
    )
    return Whisper(text, [markdown(text)])


def _row(row: Row) -> list[Part]:
    launch, learning = row.found.launch, row.found.learning
    standing = launch.override or launch.verdict
    parts: list[Part] = [
        bold(learning.text),
        f" · {launch.label} {clip(launch.title, 80)}, ",
        italic(standing or "no outcome now"),
    ]
    if row.about is not None:
        parts.append(f" · {learning.stance} {row.about.label}")
    said = [
        f"{word} by {count}"
        for word, count in (("supported", row.supported), ("contradicted", row.contradicted))
        if count
    ]
    return [*parts, f" · {', '.join(said)}"] if said else parts
