"""What people settle: in the settings modal (`/launch settings` opens it), and their function where asked."""

from slackapp.core.transaction import Tx
from slackapp.features.workspaces import blocks, queries, service
from slackapp.features.workspaces.rules import SettingsDraft
from slackapp.slack.replies import CloseModal, Reply
from slackapp.slack.routes import OnSubmit, Routes, Submission


async def save(tx: Tx, submission: Submission) -> Reply:
    channel_id = submission.metadata or None
    await service.settle(tx, submission.user, channel_id, SettingsDraft.read(submission.values))
    return blocks.saved(await queries.settled(tx, submission.user, channel_id))


async def say_function(tx: Tx, submission: Submission) -> Reply:
    await service.take_function(tx, submission.user, submission.values)
    # The form says already what becomes of it, and where it can be changed.
    return CloseModal()


ROUTES: Routes = (OnSubmit(blocks.SETTINGS, save), OnSubmit(blocks.FUNCTION, say_function))
