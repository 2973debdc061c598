"""`/retro` and its words."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items import queries as action_items
from slackapp.features.retros.blocks.commands import help_text
from slackapp.features.retros.listeners import history, notes, phases
from slackapp.features.retros.listeners.start import open_start
from slackapp.features.retros.rules import read_command
from slackapp.features.workspaces.queries import person
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Command, OnCommand, Routes

FOR_MEMBERS = (
    "Retros are for the members of this workspace. If you were invited to one, /retro add with your note "
    "hands it in, and /retro status says how it stands."
)

#: What whoever was invited may do, whether they are colleagues or not.
_FOR_GUESTS = frozenset({"help", "add", "status"})


async def command(tx: Tx, command: Command) -> Reply:  # noqa: PLR0911 - one for each word
    asked = read_command(command.text)
    if asked.verb not in _FOR_GUESTS and (await person(tx, command.user)).is_away:
        raise UserError(FOR_MEMBERS)
    match asked.verb:
        case "start":
            return await open_start(tx, command.user, command.channel)
        case "add":
            return await notes.added(tx, command, asked.text)
        case "status":
            return await phases.status(tx, command)
        case "actions":
            return await action_items.listed(tx, command.user, command.channel)
        case "list":
            return await history.listed(tx, command)
        case "show":
            return await history.shown(tx, command, asked.number)
        case "help":
            return help_text(asked.text)


ROUTES: Routes = (OnCommand("/retro", command),)
