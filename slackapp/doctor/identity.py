"""What one answer of Slack's tells: whose token it is, what it may do, and what time it is there."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from slackapp.core.words import counted
from slackapp.doctor.findings import Finding, fine, not_looked_at, wrong
from slackapp.installation import BOT_REMEDY
from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, TokenTrouble, Unknown
from slackapp.slack.scopes import compare

#: Seconds a clock may be off. Slack's signatures are refused at five minutes.
TOLERANCE = 60.0

UNACCEPTED = "Slack did not accept the bot token"
UNANSWERED = "Slack gave no answer"


def bot_token(answer: Outcome, api_url: str) -> Finding:
    match answer:
        case Done(data=who) if who.get("bot_id"):
            team = who.get("team") or who.get("team_id")
            return fine("bot token", f"Accepted: {who.get('user')} in {team} ({who.get('team_id')}).")
        case Done():
            return wrong("bot token", "SLACK_BOT_TOKEN is a token, and not a bot's.", BOT_REMEDY)
        case TokenTrouble(reason) | Refused(reason):
            return wrong("bot token", f"Slack refuses SLACK_BOT_TOKEN with {reason}.", BOT_REMEDY)
        case NotSent(reason=reason) | Unknown(reason):
            return out_of_reach("bot token", reason, api_url)


def team_of(answer: Outcome) -> str | None:
    """The Slack team the token belongs to, if it was accepted."""
    return answer.data.get("team_id") if isinstance(answer, Done) else None


def why_not(answer: Outcome) -> str:
    """Why what is asked with the token cannot be looked at, if it was not accepted."""
    return UNANSWERED if isinstance(answer, NotSent | Unknown) else UNACCEPTED


def out_of_reach(name: str, reason: str, api_url: str) -> Finding:
    return wrong(
        name,
        f"Slack gives no answer at {api_url} ({reason}).",
        "Check the network, a proxy in between, and SLACK_API_URL.",
    )


def scopes(answer: Outcome) -> Finding:
    if not isinstance(answer, Done):
        return not_looked_at("scopes", why_not(answer))
    found = compare(answer)
    if found is None:
        return fine("scopes", "Slack's answer names none to compare.")
    more = f" Granted and not needed: {', '.join(found.superfluous)}." if found.superfluous else ""
    if found.missing:
        return wrong(
            "scopes",
            f"Missing: {', '.join(found.missing)}.{more}",
            "Paste what `afterlaunch manifest` prints on your app's page, App Manifest, and reinstall it.",
        )
    return fine("scopes", f"All that the manifest asks for are granted.{more}")


def clock(answer: Outcome, here: datetime) -> Finding:
    """This machine's clock, which showed `here` when the answer came, against Slack's."""
    if not answer.headers:
        return not_looked_at("clock", UNANSWERED)
    there = _date(answer.headers.get("date", ""))
    if there is None:
        return fine("clock", "Slack's answer names no time to compare.")
    return compared("clock", (here - there).total_seconds(), "Slack's", TOLERANCE)


def compared(name: str, ahead: float, whose: str, tolerance: float) -> Finding:
    """`ahead`: by how many seconds this machine's clock is."""
    if abs(ahead) <= tolerance:
        return fine(name, f"Within {counted(round(tolerance), 'second')} of {whose}.")
    side = "ahead of" if ahead > 0 else "behind"
    return wrong(
        name,
        f"This machine's clock is {counted(round(abs(ahead)), 'second')} {side} {whose}.",
        "Let the clocks be set over the network (NTP).",
    )


def _date(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
