"""The form of the close: two questions about each launch, and for facilitators what happened to users."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from slackapp.core.words import clip
from slackapp.features.retros.blocks.outcomes import outcome
from slackapp.features.retros.queries.looked_back import Closing, Scored
from slackapp.features.retros.rules.scores import CLOSE_NOW, KEEP_OPEN, LONGEST_IMPACT, SCORES
from slackapp.slack.blocks import Field, bold, boxes, choice, entry, form, paragraph, small
from slackapp.slack.replies import Whisper

CLOSE = "retros.close"

SKIP = "skip"
_THEN = (
    (CLOSE_NOW, "Close the retro and tell the channel"),
    (KEEP_OPEN, "Save this, and let others score a while longer"),
)


def close_modal(closing: Closing, *, asks_again: bool = False) -> View:
    """`asks_again`: nothing was said of users, and whether that is meant has to be said."""
    about = closing.retro
    says_more = closing.facilitates and closing.is_last
    return form(
        f"{'Close' if closing.facilitates else 'Score'} {about.label}",
        callback_id=CLOSE,
        blocks=[
            *(_impact(closing, asks_again=asks_again) if says_more else ()),
            *_launches(closing),
            # With nothing to score there is nothing to wait for.
            *(
                [choice(Field("then", "And then"), _THEN, initial=CLOSE_NOW)]
                if says_more and closing.launches
                else ()
            ),
        ],
        submit="Save" if closing.is_last else "Save, next",
        metadata=f"{about.id}:{about.step}:{closing.page}",
    )


def nothing_to_score(label: str) -> Whisper:
    text = f"{label} looks back on no launch, so there is nothing to score. Its facilitator closes it."
    return Whisper(text, [paragraph(text)])


def _impact(closing: Closing, *, asks_again: bool) -> Iterator[Block]:
    yield entry(
        Field(
            "impact",
            "What happened to users?",
            "What they do or say now that they did not before. A number helps, an observation counts.",
            optional=True,
        ),
        initial=closing.retro.impact,
        multiline=True,
        max_length=LONGEST_IMPACT,
        focus=not asks_again,
    )
    if asks_again:
        yield paragraph(
            "Nothing is said about users yet. If nobody knows, that is worth knowing too: it is counted."
        )
        yield boxes(Field(SKIP, "Without an answer", optional=True), [("yes", "Close without an answer")])


def _launches(closing: Closing) -> Iterator[Block]:
    if closing.launches:
        yield small(
            "Scores are shown after the close, each from three answers on, and nobody's is shown as theirs."
        )
    for each in closing.launches:
        yield from _questions(each)


def _questions(each: Scored) -> Iterator[Block]:
    launch, own = each.launch, each.own
    yield paragraph(bold(f"{launch.label} {clip(launch.title, 150)}"), "\n", *outcome(launch))
    for name, question, said in (
        ("works", "Does it work as intended?", own and own.works),
        ("needed", "Is it what users needed?", own and own.needed),
    ):
        yield choice(
            Field(f"{name}_{each.launch_id}", question, optional=True),
            SCORES,
            initial=None if said is None else str(said),
        )
