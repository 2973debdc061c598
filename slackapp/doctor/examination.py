"""The whole examination: each thing the app needs, one after the other, whatever was wrong before it."""

from collections.abc import AsyncIterator

from slackapp.core.clock import SystemClock
from slackapp.core.settings import WHERE, DatabaseSettings, Settings, SettingsError, load
from slackapp.doctor import identity, recorded, transport
from slackapp.doctor.database import opened
from slackapp.doctor.findings import Finding, fine, not_looked_at, wrong
from slackapp.slack.client import Slack
from slackapp.slack.outcomes import outcome_of


async def examine(**given: str) -> AsyncIterator[Finding]:
    """Findings in the order in which they are made; `given` are settings that win over the environment.

    Nothing is changed, nothing has to run, and what is wrong is found and not raised.
    """
    try:
        settings = load(Settings, **given)
    except SettingsError as error:
        for sentence in str(error).splitlines():
            yield wrong("settings", sentence.removesuffix(f" {WHERE}"), WHERE)
        yield not_looked_at("Slack", "the settings are wrong")
        async for finding in _database_alone(given):
            yield finding
    else:
        yield fine("settings", "All can be read.")
        async for finding in _everything(settings):
            yield finding


async def _everything(settings: Settings) -> AsyncIterator[Finding]:
    slack = Slack(settings.api_url, settings.http_timeout_seconds)
    try:
        client = slack.client(settings.slack_bot_token.get_secret_value())
        answer = await outcome_of(client.auth_test())
        here = SystemClock().now()
        yield identity.bot_token(answer, settings.api_url)
        yield identity.scopes(answer)
        yield identity.clock(answer, here)
        yield await transport.transport(settings, slack)
        yield await transport.port(settings)
        async with opened(settings.database_url) as database:
            for finding in database.findings:
                yield finding
            for finding in await recorded.channels(database, client, answer):
                yield finding
            yield await recorded.messages(database)
            yield await recorded.questions(database)
    finally:
        await slack.close()


async def _database_alone(given: dict[str, str]) -> AsyncIterator[Finding]:
    try:
        settings = load(DatabaseSettings, **given)
    except SettingsError:
        return  # said above: these settings are among all the others
    async with opened(settings.database_url) as database:
        for finding in database.findings:
            yield finding
        yield await recorded.messages(database)
        yield await recorded.questions(database)
