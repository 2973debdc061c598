"""`/launch` and its words, and the buttons of what it answers."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.launches import blocks, queries, service
from slackapp.features.launches.listeners.forms import FOR_MEMBERS, open_form
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import (
    Action,
    Card,
    Due,
    LaunchState,
    Shown,
    Subcommand,
    Words,
    read_command,
)
from slackapp.features.workspaces.queries import person, settings
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, Command, OnAction, OnCommand, Routes


async def command(tx: Tx, command: Command) -> Reply:
    others = frozenset[str]().union(*await tx.gather(Words()))
    asked = read_command(command.text, others)
    reader = Reader(command.user, command.channel)
    if (await person(tx, command.user)).is_away and asked.verb != "help":
        raise UserError(FOR_MEMBERS)
    match asked.verb:
        case "help":
            return blocks.help_text(asked.title)
        case "list":
            # A direct message has no launches of its own.
            only = "mine" if command.in_direct_message and asked.only == "here" else asked.only
            return await _page(tx, reader, only, 0)
        case "show" | "cancel":
            launch = await queries.numbered(tx, asked.number, reader)
            return await (_show if asked.verb == "show" else _cancel)(tx, reader, launch)
        case "settings":
            channel = None if command.in_direct_message else command.channel
            return await settings(tx, command.user, channel)
        case "subcommand":
            [answer] = await tx.gather(Subcommand(asked.word, asked.title, command.user, command.channel))
            assert isinstance(answer, Reply)
            return answer
        case "record":
            return await open_form(tx, command.user, command.channel, {"title": asked.title})


async def cancel(tx: Tx, click: Click) -> Reply:
    return blocks.cancelled(await service.cancel(tx, click.user, number(click.value), here=click.channel))


async def turn_page(tx: Tx, click: Click) -> Reply:
    only, _, offset = (click.value or "").partition(":")
    return await _page(tx, Reader(click.user, click.channel or ""), only, number(offset))


async def _page(tx: Tx, reader: Reader, only: str, offset: int) -> Reply:
    due = [found for part in await tx.gather(Due()) for found in part] if only == "due" else []
    page = await queries.page(tx, reader, only=only, offset=offset, due=due)
    if offset and not page.launches:  # there are fewer by now
        page = await queries.page(tx, reader, only=only, due=due)
    return blocks.listing(page, only)


async def _cancel(tx: Tx, reader: Reader, launch: Launch) -> Reply:
    await service.check_cancel(tx, reader.user_id, launch, here=reader.channel_id)
    return blocks.confirm_cancel(launch)


async def _show(tx: Tx, reader: Reader, launch: Launch) -> Reply:
    """The card, and below it what this reader may do about the launch now."""
    below = [block for part in await tx.gather(Shown(launch.id, reader.user_id)) for block in part]
    may_release = await service.is_allowed(tx, reader.user_id, launch, Action.RELEASE, here=reader.channel_id)
    if launch.state == LaunchState.PLANNED and may_release:
        below.insert(0, blocks.release(launch))
    parts = await tx.gather(Card(launch.id, launch.day))
    return blocks.shown(await service.view(tx, launch), parts, below)


ROUTES: Routes = (
    OnCommand("/launch", command),
    OnAction(blocks.CANCEL, cancel),
    OnAction(f"{blocks.TURN}.newer", turn_page),
    OnAction(f"{blocks.TURN}.older", turn_page),
)
