"""What a channel's discovery came to, of that channel alone."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.discovery.queries.report.launches import clicks, shipped
from slackapp.features.discovery.queries.report.logged import done, since
from slackapp.features.discovery.queries.report.polled import asked, held, left_out, opinions
from slackapp.features.discovery.rules.periods import Period, days_of
from slackapp.features.discovery.rules.report import Records, Report, report_of
from slackapp.features.workspaces.queries import may_look_up, person, today

__all__ = ["report"]


async def report(tx: Tx, user_id: str, channel_id: str, days: int = 0) -> Report:
    """Of so many days until today, where this person is; 0: as many as usual.

    Raises `UserError` where there is none for them, or none of so many days.
    """
    if not channel_id or channel_id.startswith("D"):
        raise UserError("A report is about a team's channel. Use `/discovery report` there.")
    if not await may_look_up(tx, user_id, channel_id):
        raise UserError("The report is for the members of this workspace who are in the channel.")
    period = Period.until(await today(tx, user_id), days_of(days))
    rounds = await held(tx, channel_id, period)
    records = Records(
        since=await since(tx, channel_id),
        asked=await asked(tx, rounds, period),
        done=await done(tx, channel_id, period),
        clicks=await clicks(tx, channel_id, period, (await person(tx, user_id)).zone),
        shipped=await shipped(tx, channel_id, period),
        opinions=await opinions(tx, rounds, period),
        left_out=left_out(rounds, period),
    )
    return report_of(channel_id, records, period, tx.now)
