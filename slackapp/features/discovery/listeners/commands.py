"""`/discovery` and its words."""

from slackapp.core.transaction import Tx
from slackapp.features.discovery.blocks import report as report_blocks
from slackapp.features.discovery.blocks.commands import help_text
from slackapp.features.discovery.listeners.log import open_log
from slackapp.features.discovery.queries.report import report
from slackapp.features.discovery.rules import read_command
from slackapp.features.discovery.service.permitting import check_member
from slackapp.features.polls.queries.lookup import listed, shown
from slackapp.features.polls.queries.opening import new_poll
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Command, OnCommand, Routes


async def command(tx: Tx, command: Command) -> Reply:
    asked = read_command(command.text)
    if asked.verb != "help":
        await check_member(tx, command.user)
    match asked.verb:
        case "log":
            return await open_log(tx, command.user, command.channel, asked.text)
        case "poll":
            return await new_poll(tx, command.user, command.channel, asked.text)
        case "poll_list":
            return await listed(tx, command.user, command.channel)
        case "poll_show":
            return await shown(tx, command.user, command.channel, asked.number)
        case "report":
            return report_blocks.report(await report(tx, command.user, command.channel, asked.number))
        case "help":
            return help_text(asked.text)


ROUTES: Routes = (OnCommand("/discovery", command),)
