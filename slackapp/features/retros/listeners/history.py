"""Looking back: `/retro list`, `/retro show R-7`, and the files of a closed retro."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number as number_of
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import trends
from slackapp.features.retros.blocks.history import END_SERIES, HISTORY, TURN, listing, without_record
from slackapp.features.retros.blocks.summary import EXPORT
from slackapp.features.retros.blocks.summary import shown as show
from slackapp.features.retros.queries.history import page
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.queries.trends import history
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.exports import FileKind
from slackapp.features.retros.service import charting, exporting, permitting, series
from slackapp.features.workspaces.queries import may_look_up
from slackapp.slack.replies import Reply, Whisper
from slackapp.slack.routes import Click, Command, OnAction, Routes

_ELSEWHERE = "Retros are held in a team's channel. Use /retro list there."
_FOR_MEMBERS = "Looking back at retros is for the members of this workspace who are in the channel."


async def listed(tx: Tx, command: Command) -> Reply:
    """`/retro list`."""
    return await _page(tx, command.user, command.channel, 0)


async def turn_page(tx: Tx, click: Click) -> Reply:
    return await _page(tx, click.user, click.channel or "", number_of(click.value))


async def shown(tx: Tx, command: Command, number: int) -> Reply:
    """`/retro show R-7`."""
    retro = await queries.numbered(tx, number, command.user, command.channel)
    await permitting.check(tx, command.user, retro, Doing.LOOK_UP, here=command.channel)
    if retro.phase != Phase.CLOSED:
        return without_record(retro)
    return show(retro.id, await record(tx, retro))


async def export(tx: Tx, click: Click) -> Reply:
    kind = FileKind(click.action_id.removeprefix(f"{EXPORT}."))
    retro = await exporting.export(tx, click.user, number_of(click.value), kind, here=click.channel)
    return Whisper(f"{retro.label} comes as a {kind.label} file in our direct message.")


async def over_time(tx: Tx, click: Click) -> Reply:
    await _check(tx, click.user, click.channel or "")
    return trends.over_time(await history(tx, click.channel or ""))


async def send_chart(tx: Tx, click: Click) -> Reply:
    channel_id = click.channel or ""
    await _check(tx, click.user, channel_id)
    if not await charting.send_chart(tx, click.user, channel_id):
        return trends.over_time(await history(tx, channel_id))
    return Whisper("The chart comes in our direct message.")


async def end_series(tx: Tx, click: Click) -> Reply:
    await series.end(tx, number_of(click.value), click.user)
    return await _page(tx, click.user, click.channel or "", 0)


async def _page(tx: Tx, user_id: str, channel_id: str, offset: int) -> Reply:
    await _check(tx, user_id, channel_id)
    found = await page(tx, channel_id, offset)
    if offset and not found.retros:  # there are fewer by now
        found = await page(tx, channel_id)
    return listing(found)


async def _check(tx: Tx, user_id: str, channel_id: str) -> None:
    if not channel_id or channel_id.startswith("D"):
        raise UserError(_ELSEWHERE)
    if not await may_look_up(tx, user_id, channel_id):
        raise UserError(_FOR_MEMBERS)


ROUTES: Routes = (
    OnAction(HISTORY, over_time),
    OnAction(trends.CHART, send_chart),
    OnAction(END_SERIES, end_series),
    OnAction(f"{TURN}.newer", turn_page),
    OnAction(f"{TURN}.older", turn_page),
    *(OnAction(f"{EXPORT}.{kind}", export) for kind in FileKind),
)
