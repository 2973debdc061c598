"""What people do with action items in Slack: the buttons of the questions, the forms, the menus of lists."""

from slackapp.core.errors import UserError
from slackapp.core.forms import read_form
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.action_items import blocks, queries, service
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionDraft, Doing, Drop, Helped, NewDate
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def done(tx: Tx, click: Click) -> Reply:
    return _said(click, await service.done(tx, click.user, number(click.value), here=click.channel))


async def reopen(tx: Tx, click: Click) -> Reply:
    return _said(click, await service.reopen(tx, click.user, number(click.value), here=click.channel))


async def say_helped(tx: Tx, click: Click) -> Reply:
    helped = Helped(click.action_id.rpartition(".")[2])
    item = await service.say_helped(tx, click.user, number(click.value), helped, here=click.channel)
    return _said(click, item)


async def take_back(tx: Tx, click: Click) -> Reply:
    item = await service.say_helped(tx, click.user, number(click.value), None, here=click.channel)
    return _said(click, item)


def _said(click: Click, item: ActionItem) -> Reply:
    """The question itself shows what became of it, and so does App Home; elsewhere it is said."""
    shows_it = not click.in_whisper and (click.channel is None or click.channel.startswith("D"))
    return Nothing() if shows_it else blocks.changed(item)


async def open_drop(tx: Tx, click: Click) -> Reply:
    return await _open_drop(tx, click, number(click.value))


async def open_new_date(tx: Tx, click: Click) -> Reply:
    return await _open_new_date(tx, click, number(click.value))


async def choose(tx: Tx, click: Click) -> Reply:
    """An entry of an item's menu; where the item stands in a list, the list shows what came of it."""
    verb, _, rest = (click.value or "").partition(":")
    written, _, offset = rest.partition(":")
    item_id, here = number(written), click.channel
    match verb:
        case "drop":
            return await _open_drop(tx, click, item_id)
        case "new_date":
            return await _open_new_date(tx, click, item_id)
        case "edit":
            item = await service.open_one(tx, click.user, item_id, Doing.EDIT, here=here)
            return OpenModal(blocks.edit_modal(item, here=here or ""))
        case "done":
            item = await service.done(tx, click.user, item_id, here=here)
        case "reopen":
            item = await service.reopen(tx, click.user, item_id, here=here)
        case Helped.YES | Helped.NO | Helped.CANNOT_TELL:
            item = await service.say_helped(tx, click.user, item_id, Helped(verb), here=here)
        case _:
            raise UserError(
                "This menu belongs to an older version of the list. Please ask for the list again."
            )
    return await _page(tx, click, number(offset)) if offset else _said(click, item)


async def _open_drop(tx: Tx, click: Click, item_id: int) -> Reply:
    item = await service.open_one(tx, click.user, item_id, Doing.CLOSE, here=click.channel)
    return OpenModal(blocks.drop_modal(item, here=click.channel or ""))


async def _open_new_date(tx: Tx, click: Click, item_id: int) -> Reply:
    item = await service.open_one(tx, click.user, item_id, Doing.CLOSE, here=click.channel)
    return OpenModal(blocks.new_date_modal(item, await today(tx, click.user), here=click.channel or ""))


def read_place(metadata: str) -> tuple[int, str]:
    """Which item a form is about, and the channel it was opened in."""
    item_id, _, here = metadata.partition(":")
    return number(item_id), here


async def drop(tx: Tx, submission: Submission) -> Reply:
    item_id, here = read_place(submission.metadata)
    form = read_form(Drop, submission.values)
    await service.drop(tx, submission.user, item_id, form.reason, here=here)
    return CloseModal()


async def move(tx: Tx, submission: Submission) -> Reply:
    item_id, here = read_place(submission.metadata)
    form = read_form(NewDate, submission.values)
    await service.move(tx, submission.user, item_id, form.due_on, here=here)
    return CloseModal()


async def edit(tx: Tx, submission: Submission) -> Reply:
    item_id, here = read_place(submission.metadata)
    item = await service.open_one(tx, submission.user, item_id, Doing.EDIT, here=here, lock=True)
    day = await today(tx, submission.user)
    draft = ActionDraft.edited(submission.values, submission.shown, item, today=day)
    await service.edit(tx, submission.user, item_id, draft, here=here)
    return CloseModal()


async def open_all(tx: Tx, click: Click) -> Reply:
    return OpenModal(blocks.whole_list(await queries.shown(tx, click.user, None)))


async def turn_page(tx: Tx, click: Click) -> Reply:
    return await _page(tx, click, number(click.value))


async def _page(tx: Tx, click: Click, offset: int) -> Reply:
    """The list they look at: of the channel they are in, or their own, in a modal."""
    if click.channel is None:
        return UpdateModal(blocks.whole_list(await queries.shown(tx, click.user, None, offset=offset)))
    return await queries.listed(tx, click.user, click.channel, offset)


ROUTES: Routes = (
    OnAction(blocks.DONE, done),
    OnAction(blocks.REOPEN, reopen),
    *(OnAction(f"{blocks.HELPED}.{helped}", say_helped) for helped in Helped),
    OnAction(blocks.TAKE_BACK, take_back),
    OnAction(blocks.DROP, open_drop),
    OnSubmit(blocks.DROP, drop),
    OnAction(blocks.NEW_DATE, open_new_date),
    OnSubmit(blocks.NEW_DATE, move),
    OnSubmit(blocks.EDIT, edit),
    OnAction(blocks.MENU, choose),
    OnAction(blocks.ALL, open_all),
    OnAction(f"{blocks.TURN}.back", turn_page),
    OnAction(f"{blocks.TURN}.on", turn_page),
)
