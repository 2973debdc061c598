"""What is recorded for Slack: the channels it belongs to, and the messages that were refused."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.transaction import Transactions
from slackapp.core.words import counted
from slackapp.doctor.database import Database, unreadable
from slackapp.doctor.findings import Finding, fine, not_looked_at, wrong
from slackapp.doctor.identity import team_of, why_not
from slackapp.features.launches import queries as launches
from slackapp.features.prompts import queries as prompts
from slackapp.features.workspaces.queries import installations
from slackapp.outbox import queries as outbox
from slackapp.slack.outcomes import Done, NotSent, Outcome, outcome_of

#: Questions that are named; how many more there are is said.
MOST_SHOWN = 5


async def messages(database: Database) -> Finding:
    """The messages that Slack would not take."""
    if database.transactions is None:
        return _nothing_to_read("messages", database)
    try:
        reasons = await _dead(database.transactions)
    except (OSError, SQLAlchemyError) as error:
        return unreadable("messages", error)
    if not reasons:
        return fine("messages", "None was refused for good.")
    [(reason, number)] = reasons.most_common(1)
    return wrong(
        "messages",
        f"{counted(reasons.total(), 'message')} could not be posted, most often for {reason} ({number}).",
        "`afterlaunch deliveries list --dead` shows them. Mend the cause; then try them again with "
        "`afterlaunch deliveries retry`, or let whoever was told press Try again.",
    )


async def _dead(transactions: Transactions) -> Counter[str]:
    """How many, by Slack's reason."""
    async with transactions.everywhere() as session:
        workspaces = (await installations(session)).values()
    reasons: Counter[str] = Counter()
    for workspace_id in workspaces:
        async with transactions.read(workspace_id) as tx:
            reasons.update(await outbox.dead(tx))
    return reasons


async def questions(database: Database) -> Finding:
    """The questions that failed when they were due, and wait to be tried again."""
    if database.transactions is None:
        return _nothing_to_read("questions", database)
    waiting: list[str] = []
    try:
        async with database.transactions.everywhere() as session:
            workspaces = (await installations(session)).values()
        for workspace_id in workspaces:
            async with database.transactions.read(workspace_id) as tx:
                waiting += [f"{prompt.id} (to {prompt.user_id})" for prompt in await prompts.set_aside(tx)]
    except (OSError, SQLAlchemyError) as error:
        return unreadable("questions", error)
    if not waiting:
        return fine("questions", "None failed when it was due.")
    shown = ", ".join(waiting[:MOST_SHOWN]) + (", …" if len(waiting) > MOST_SHOWN else "")
    return wrong(
        "questions",
        f"{counted(len(waiting), 'question')} could not be asked: {shown}.",
        "The log says why at `prompts.set_aside`. It is tried again by itself, at least once a day.",
    )


async def channels(database: Database, client: AsyncWebClient, answer: Outcome) -> list[Finding]:
    """The channels with a launch still under way: a finding for each that cannot be posted to.

    `answer`: what Slack said of whose token it is.
    """
    team_id = team_of(answer)
    if team_id is None:
        return [not_looked_at("channels", why_not(answer))]
    if database.transactions is None:
        return [_nothing_to_read("channels", database)]
    try:
        meant = await _meant(database.transactions, team_id)
    except (OSError, SQLAlchemyError) as error:
        return [unreadable("channels", error)]
    if not meant:
        return [fine("channels", "No launch is under way.")]
    looked = [await _channel(client, channel_id) for channel_id in meant]
    troubled = [finding for finding in looked if finding is not None]
    return troubled or [fine("channels", f"In {counted(len(meant), 'channel')}, as it has to be.")]


async def _meant(transactions: Transactions, team_id: str) -> Sequence[str]:
    async with transactions.everywhere() as session:
        workspace_id = (await installations(session)).get(team_id)
    if workspace_id is None:
        return ()
    async with transactions.read(workspace_id) as tx:
        return await launches.channels(tx)


def _nothing_to_read(name: str, database: Database) -> Finding:
    if database.new:
        return fine(name, "Nothing is recorded yet.")
    return not_looked_at(name, "the database cannot be read as it is")


async def _channel(client: AsyncWebClient, channel_id: str) -> Finding | None:
    answer = await _info(client, channel_id)
    if not isinstance(answer, Done):
        return _unseen(channel_id, answer.reason)
    about = answer.data.get("channel") or {}
    shown = f"#{about.get('name') or channel_id}"
    if about.get("is_archived"):
        return wrong(
            "channels", f"{shown} is archived.", "Unarchive it, or cancel its launches with `/launch cancel`."
        )
    if not about.get("is_member", True):
        return wrong(
            "channels", f"Afterlaunch is not in {shown}.", "Type `/invite @Afterlaunch` in that channel."
        )
    return None


def _unseen(channel_id: str, reason: str) -> Finding:
    remedies = {
        "channel_not_found": "If it is private, type `/invite @Afterlaunch` there; if it was deleted, "
        "cancel its launches with `/launch cancel`.",
        "missing_scope": "Reinstall the app with the manifest that `afterlaunch manifest` prints.",
    }
    words = f"The channel {channel_id} cannot be looked at: {reason}."
    return wrong("channels", words, remedies.get(reason, "Try again in a minute."))


async def _info(client: AsyncWebClient, channel_id: str) -> Outcome:
    """Asked twice where Slack wants us to wait in between."""
    answer = await outcome_of(client.conversations_info(channel=channel_id))
    if isinstance(answer, NotSent) and answer.wait is not None:
        await asyncio.sleep(answer.wait)
        answer = await outcome_of(client.conversations_info(channel=channel_id))
    return answer
