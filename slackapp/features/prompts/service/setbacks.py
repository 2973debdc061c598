"""Prompts whose step cannot be done: they wait, longer each time, and hold up nobody else."""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy import update

from slackapp.core.transaction import Failed, Tx
from slackapp.features.prompts.models import Prompt
from slackapp.features.prompts.rules import next_try

log = structlog.get_logger()


async def set_aside(tx: Tx, failures: Mapping[int, int], failed: Failed) -> None:
    """Put these prompts off; `failures` says of each, by its id, how often it failed before."""
    for prompt_id, before in sorted(failures.items()):
        wait = next_try(before)
        await tx.session.execute(
            update(Prompt)
            .where(Prompt.workspace_id == tx.workspace_id, Prompt.id == prompt_id)
            .values(failures=before + 1, next_at=tx.now + wait)
        )
        # What happened is told once; after that, that it happens still.
        log.warning(
            "prompts.set_aside",
            prompt=prompt_id,
            failures=before + 1,
            hours=wait / timedelta(hours=1),
            exc_info=failed.error if before == 0 else None,
            error=type(failed.error).__name__,
        )
