"""What people settle in the settings modal. `/launch settings` opens it."""

from slackapp.core.transaction import Tx
from slackapp.features.workspaces import blocks, queries, service
from slackapp.features.workspaces.rules import SettingsDraft
from slackapp.slack.replies import Reply
from slackapp.slack.routes import OnSubmit, Routes, Submission


async def save(tx: Tx, submission: Submission) -> Reply:
    channel_id = submission.metadata or None
    await service.settle(tx, submission.user, channel_id, SettingsDraft.read(submission.values))
    return blocks.saved(await queries.settled(tx, submission.user, channel_id))


ROUTES: Routes = (OnSubmit(blocks.SETTINGS, save),)
