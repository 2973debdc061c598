"""People who use the app while it is killed: they try again what did not work, as people do."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.records import Channel
from slackapp.playground.slack.remote import RemotePerson
from tests.faults.evidence import Submit
from tests.support.world import LAUNCH

T = TypeVar("T")

#: How often somebody tries, and the seconds in between.
TRIES, PAUSE = 25, 0.3
#: What a person may run into while nobody answers.
TROUBLE = (ImpossibleError, TimeoutError, KeyError)


async def record(person: RemotePerson, title: str, channel: Channel, *, clicks: int) -> Submit:
    """Record a launch through the form."""
    await _until_it_works(lambda: _open(person, title, channel))
    for name, value in LAUNCH.items():
        person.fill(name, value)
    for _ in range(TRIES):
        errors = await person.submit(times=clicks)
        # Of a double click one may have been taken, which closes the form, and the other not.
        if not errors or not person.has_modal:
            return Submit(title, accepted=True)
        # The form still stands there, and says that there was trouble.
        await asyncio.sleep(PAUSE)
    return Submit(title, accepted=False)


async def answer(person: RemotePerson, channel: Channel) -> None:
    """Answer the first question that stands in the direct messages, if there is one."""
    for message in person.reads(channel):
        if "[No number]" in message.shown:
            with suppress(*TROUBLE):
                await person.press("No number", message)
            return


async def _open(person: RemotePerson, title: str, channel: Channel) -> None:
    with suppress(*TROUBLE):
        await person.close_modal(everything=True)
    await person.command("/launch", title, channel)
    await person.modal(wait=1.5)


async def _until_it_works(do: Callable[[], Awaitable[T]]) -> T:
    for _ in range(TRIES - 1):
        with suppress(*TROUBLE):
            return await do()
        await asyncio.sleep(PAUSE)
    return await do()
