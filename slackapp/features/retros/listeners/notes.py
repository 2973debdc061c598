"""Writing notes: the form for all columns, `/retro add`, the shortcut of a message, and a private word."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number, plain
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import CONFIDE
from slackapp.features.retros.blocks import collect as blocks
from slackapp.features.retros.blocks.confide import confide, passed_on
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import notes as notes_queries
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.notes import (
    LONGEST_NOTE,
    how_many,
    message_link,
    read_form,
    without_calls,
)
from slackapp.features.retros.service import confiding, notes
from slackapp.features.retros.service.permitting import check
from slackapp.features.workspaces.queries import as_read, person
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, Command, OnAction, OnShortcut, OnSubmit, Routes, Shortcut, Submission


async def open_collect(tx: Tx, user_id: str, retro: Retro, *, here: str = "") -> Reply:
    """The form to write notes, for whoever may. `here`: the channel they act in."""
    await check(tx, user_id, retro, Doing.WRITE, here=here)
    return OpenModal(blocks.collect(await _writing(tx, user_id, retro, here)))


async def hand_in(tx: Tx, submission: Submission) -> Reply:
    """The form comes back with what is kept now, and empty inputs for more; without any note it closes."""
    retro_id, turn, here = _opened(submission.metadata)
    written = read_form(submission.values, submission.shown)
    user_id = submission.user
    if not written.new and not written.edited and not written.nothing:
        if user_id not in await notes_queries.handed_in(tx, retro_id):
            raise UserError("Write a note, or tick below that you have nothing to add.")
        return CloseModal()
    done = await notes.hand_in(tx, user_id, retro_id, written.new, written.edited, here=here)
    if not written.new and not written.edited:
        return CloseModal()
    kept = how_many(done.new, done.changed, done.withdrawn)
    return UpdateModal(
        blocks.collect(await _writing(tx, user_id, done.retro, here, turn=turn + 1, kept=kept))
    )


async def added(tx: Tx, command: Command, text: str) -> Reply:
    """`/retro add`: into the open retro, or kept for the channel's next one."""
    open_retro, collecting = await _here(tx, command.user, command.channel)
    if not plain(text):
        if collecting is not None:
            return await open_collect(tx, command.user, collecting, here=command.channel)
        raise UserError("Write your note after it: /retro add The checklist helped teams that start alone")
    if collecting is not None and len(collecting.columns) == 1 and len(text) <= LONGEST_NOTE:
        done = await notes.hand_in(tx, command.user, collecting.id, [(0, text)], {}, here=command.channel)
        return blocks.added(done.retro, 0)
    if collecting is not None or len(text) > LONGEST_NOTE:
        read = without_calls(await as_read(tx, text))
        return OpenModal(blocks.one_note(collecting, read, metadata=f"{command.channel}::"))
    kept = await notes.keep_waiting(tx, command.channel, text)
    return blocks.waits(kept.id, open_retro)


async def from_message(tx: Tx, shortcut: Shortcut) -> Reply:
    """What somebody wrote in the channel, for the retro of that channel and of no other."""
    _, collecting = await _here(tx, shortcut.user, shortcut.channel)
    link = message_link(shortcut.channel, shortcut.message_ts, shortcut.thread_ts)
    text = without_calls(await as_read(tx, shortcut.text))
    metadata = f"{shortcut.channel}:{shortcut.message_ts}:{shortcut.thread_ts or ''}"
    return OpenModal(blocks.one_note(collecting, text, link_to=link, metadata=metadata))


async def add_one(tx: Tx, submission: Submission) -> Reply:
    """The form for one note. What it was opened for may have begun or ended since."""
    channel_id, _, message = submission.metadata.partition(":")
    ts, _, thread = message.partition(":")
    link = message_link(channel_id, ts, thread or None) if ts else None
    text, column = str(submission.values.get("text") or ""), submission.values.get("column")
    open_retro, collecting = await _here(tx, submission.user, channel_id)
    if collecting is None:
        kept = await notes.keep_waiting(tx, channel_id, text, link)
        return blocks.waits(kept.id, open_retro)
    if column is None:  # there was no retro when it was opened, so it has to be asked for
        form = blocks.one_note(collecting, text, link_to=link or "", metadata=submission.metadata)
        return UpdateModal(form)
    chosen = number(str(column))
    done = await notes.hand_in(
        tx, submission.user, collecting.id, [(chosen, text)], {}, link=link, here=channel_id
    )
    return blocks.added(done.retro, chosen)


async def take_back(tx: Tx, click: Click) -> Reply:
    await notes.take_back(tx, click.value or "")
    return blocks.taken_back()


async def open_confide(tx: Tx, click: Click) -> Reply:
    retro = await confiding.listens(tx, click.user, number(click.value), here=click.channel)
    facilitator = (await person(tx, retro.facilitator_id)).name
    return OpenModal(confide(retro, facilitator, here=click.channel or ""))


async def submit_confide(tx: Tx, submission: Submission) -> Reply:
    retro_id, _, here = submission.metadata.partition(":")
    text = str(submission.values.get("text") or "")
    await confiding.confide(tx, submission.user, number(retro_id), text, here=here or None)
    return passed_on()


async def _here(tx: Tx, user_id: str, channel_id: str) -> tuple[Retro | None, Retro | None]:
    """The channel's open retro, and the same if it collects notes. Raises `UserError` for whom neither is."""
    retro = await queries.open_in(tx, channel_id)
    if retro is not None and retro.phase == Phase.COLLECT:
        await check(tx, user_id, retro, Doing.WRITE, here=channel_id)
        return retro, retro
    await notes.may_leave(tx, user_id, channel_id)
    return retro, None


async def _writing(
    tx: Tx, user_id: str, retro: Retro, here: str, *, turn: int = 0, kept: str = ""
) -> blocks.Writing:
    notes.must_collect(retro)
    return blocks.Writing(
        retro,
        await notes_queries.own(tx, retro, user_id),
        user_id in await notes_queries.handed_in(tx, retro.id),
        retro.late_since is not None and tx.now >= retro.late_since,
        here,
        turn,
        kept,
    )


def _opened(metadata: str) -> tuple[int, int, str]:
    """Of the form: the retro's id, how often it was handed in, and where it was opened."""
    retro_id, _, rest = metadata.partition(":")
    turn, _, here = rest.partition(":")
    return number(retro_id), number(turn), here


ROUTES: Routes = (
    OnSubmit(blocks.COLLECT, hand_in),
    OnSubmit(blocks.ADD, add_one),
    OnShortcut(blocks.FROM_MESSAGE, from_message),
    OnAction(blocks.TAKE_BACK, take_back),
    OnAction(CONFIDE, open_confide),
    OnSubmit(CONFIDE, submit_confide),
)
