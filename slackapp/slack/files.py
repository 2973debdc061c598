"""The calls that share a file: a place for it, its content, sharing it, and a look for where it is shared."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, TooEarlyError, Unknown, outcome_of


async def upload(client: AsyncWebClient, name: str, content: str) -> Outcome:
    """Bring the content to Slack; `Done` holds the `file_id`. Nobody sees it until it is shared.

    Whatever else comes of it may be done again, and is another file then.
    """
    data = content.encode()
    promised = await outcome_of(client.files_getUploadURLExternal(filename=name, length=len(data)))
    if not isinstance(promised, Done):
        return promised
    url, file_id = promised.data.get("upload_url"), promised.data.get("file_id")
    if not isinstance(url, str) or not isinstance(file_id, str):
        return Unknown("no_upload_url")
    return await _send(client, url, data) or Done({"file_id": file_id})


async def share(
    client: AsyncWebClient, file_id: str, name: str, channel: str, text: str, thread_ts: str | None
) -> Outcome:
    """Show it in the channel. It can be done once; done again Slack does not find the file any more."""
    return await outcome_of(
        client.files_completeUploadExternal(
            files=[{"id": file_id, "title": name}],
            channel_id=channel,
            initial_comment=text,
            thread_ts=thread_ts,
        )
    )


async def look(client: AsyncWebClient, file_id: str, channel: str) -> Outcome:
    """Look where it is shared. `Done` holds its `ts` in this channel, or `None` if it is not there.

    Slack shares a file some time after it has said that it does.
    """
    found = await outcome_of(client.files_info(file=file_id))
    if found == Refused("file_not_found"):
        return Done({"ts": None})
    return Done({"ts": _ts(found.data.get("file"), channel)}) if isinstance(found, Done) else found


def _ts(file: object, channel: str) -> str | None:
    shares = file.get("shares") if isinstance(file, Mapping) else None
    for places in shares.values() if isinstance(shares, Mapping) else ():
        posts = places.get(channel) if isinstance(places, Mapping) else None
        for post in posts if isinstance(posts, list) else ():
            if isinstance(post, Mapping) and isinstance(post.get("ts"), str):
                return str(post["ts"])
    return None


async def _send(client: AsyncWebClient, url: str, data: bytes) -> NotSent | None:
    """Send it where Slack said; None if it was taken."""
    if not _is_safe(url, client.base_url):
        return NotSent("upload_elsewhere")
    assert client.session is not None
    try:
        async with client.session.post(
            url, data=data, allow_redirects=False, proxy=client.proxy, ssl=client.ssl or True
        ) as answer:
            if answer.status != HTTPStatus.OK:
                return NotSent(f"upload_{answer.status}")
    except TooEarlyError as error:
        return NotSent("ratelimited", error.args[0])
    except (TimeoutError, aiohttp.ClientError) as error:
        return NotSent(type(error).__name__)
    return None


def _is_safe(url: str, api_url: str) -> bool:
    """Whether nobody on the way reads what is sent there; Slack's own address was given to us as it is."""
    try:
        there, ours = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    return there.scheme == "https" or (there.scheme, there.netloc) == (ours.scheme, ours.netloc)
