"""What people do with launches in Slack: `/launch`, its modal, and the buttons of its replies."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries, service
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import Due, LaunchDraft, read_command
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, Command, OnAction, OnCommand, OnSubmit, Submission


async def command(tx: Tx, command: Command) -> Reply:
    asked = read_command(command.text)
    reader = Reader(command.user, command.channel)
    match asked.verb:
        case "help" | "settings" | "subcommand":
            return blocks.help_text(asked.title)
        case "list":
            # A direct message has no launches of its own.
            only = "mine" if command.in_direct_message and asked.only == "here" else asked.only
            return await _page(tx, reader, only, 0)
        case "show":
            launch = await queries.numbered(tx, asked.number, reader)
            return blocks.shown(await service.view(tx, launch), await service.parts(tx, launch))
        case "cancel":
            launch = await queries.numbered(tx, asked.number, reader)
            await service.check_cancel(tx, command.user, launch)
            return blocks.confirm_cancel(launch)
        case "record":
            return await _open_modal(tx, command.user, command.channel, asked.title)


async def record_title(tx: Tx, click: Click) -> Reply:
    """The help was given for what was meant as a title."""
    return await _open_modal(tx, click.user, click.channel or "", click.value or "")


async def more(tx: Tx, click: Click) -> Reply:
    state = blocks.FormState.read(click.metadata).opened()
    day = await today(tx, click.user)
    return UpdateModal(blocks.launch_form(state, owner=click.user, today=day, typed=click.values))


async def submit(tx: Tx, submission: Submission) -> Reply:
    day = await today(tx, submission.user)
    draft = LaunchDraft.read(submission.values, owner=submission.user, today=day, planned_ok=False)
    state = blocks.FormState.read(submission.metadata)
    await service.record(tx, submission.user, draft.channel or state.channel, draft)
    return CloseModal()


async def cancel(tx: Tx, click: Click) -> Reply:
    return blocks.cancelled(await service.cancel(tx, click.user, int(click.value or 0)))


async def turn_page(tx: Tx, click: Click) -> Reply:
    only, _, offset = (click.value or "").partition(":")
    return await _page(tx, Reader(click.user, click.channel or ""), only, int(offset))


async def _page(tx: Tx, reader: Reader, only: str, offset: int) -> Reply:
    due = {launch_id for ids in await tx.gather(Due()) for launch_id in ids} if only == "due" else ()
    page = await queries.page(tx, reader, only=only, offset=offset, due=due)
    if offset and not page.launches:  # there are fewer by now
        page = await queries.page(tx, reader, only=only, due=due)
    return blocks.listing(page, only)


async def _open_modal(tx: Tx, user_id: str, channel_id: str, title: str) -> Reply:
    if channel_id.startswith("D"):
        raise UserError(
            "Use `/launch` in the channel of the team that shipped it: the outcome is told there."
        )
    state = blocks.FormState(channel_id)
    day = await today(tx, user_id)
    return OpenModal(blocks.launch_form(state, owner=user_id, today=day, typed={"title": title}))


ROUTES = (
    OnCommand("/launch", command),
    OnAction(blocks.TITLE, record_title),
    OnAction(blocks.MORE, more),
    OnSubmit(blocks.RECORD, submit),
    OnAction(blocks.CANCEL, cancel),
    OnAction(f"{blocks.TURN}.newer", turn_page),
    OnAction(f"{blocks.TURN}.older", turn_page),
)
