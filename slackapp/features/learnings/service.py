"""Keeping what a launch taught, and what it is found by."""

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.queries import launch as launch_of
from slackapp.features.launches.rules import LaunchEdited
from slackapp.features.learnings import queries
from slackapp.features.learnings.models import Learning
from slackapp.features.learnings.rules import Link, searchable


async def note(tx: Tx, launch: Launch, text: str, link: Link | None, *, by: str) -> None:
    """Let this be what the launch taught; an empty text takes it away. The caller holds the launch's lock.

    Raises `FieldError` at `learning` if a later one is about it, so that it has to stay, and at `about` for
    one that this person may not read, or that is no earlier one.
    """
    learning = await queries.of_launch(tx, launch.id)
    if not text:
        if learning is not None:
            await _take_away(tx, learning)
        return
    if link is not None and link != _link_of(learning):
        await _check(tx, link, learning, launch, by)
    if learning is None:
        learning = Learning(
            workspace_id=tx.workspace_id, launch_id=launch.id, written_by=by, written_at=tx.now
        )
        tx.session.add(learning)
    elif (learning.text, _link_of(learning)) != (text, link):
        learning.written_by, learning.written_at = by, tx.now
    learning.text, learning.text_key = text, _key(launch, text)
    learning.stance, learning.about_id = (link.stance, link.about_id) if link else (None, None)
    await tx.session.flush()


async def rename(tx: Tx, event: LaunchEdited) -> None:
    """It is found by its launch's title and metric too."""
    learning = await queries.of_launch(tx, event.launch_id)
    if learning is not None:
        learning.text_key = _key(await launch_of(tx, event.launch_id), learning.text)
        await tx.session.flush()


async def _take_away(tx: Tx, learning: Learning) -> None:
    if await queries.is_referred_to(tx, learning):
        raise FieldError(
            {"learning": "A later learning is about this one, so it has to stay. Say it in other words."}
        )
    await tx.session.delete(learning)
    await tx.session.flush()


async def _check(tx: Tx, link: Link, learning: Learning | None, launch: Launch, by: str) -> None:
    about = await queries.readable(tx, link.about_id, Reader(by, launch.channel_id))
    is_earlier = about is not None and about.launch.id != launch.id
    if not is_earlier or (learning is not None and link.about_id > learning.id):
        raise FieldError({"about": "That one is not here any more. Choose another, or none."})


def _link_of(learning: Learning | None) -> Link | None:
    return queries.link_of(learning) if learning is not None else None


def _key(launch: Launch, text: str) -> str:
    return searchable(text, launch.metric or "", launch.title)
