"""Prints a quarter of one team of six, in six countries, as each of them saw it, or one of them.

They live over two changes of the clocks and all their holidays.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from slackapp.core import logging, schema
from slackapp.core.database import create_engine
from tests.stories.quarter.life import live
from tests.stories.quarter.people import TEAM


async def tell(only: str | None) -> None:
    """Live through it, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'quarter.db'}"
        engine = create_engine(url)
        await schema.upgrade(engine)
        await engine.dispose()
        quarter = await live(url)
    for person in quarter.slack.people():
        if only in {None, person.name}:
            print(f"\n#### As {person.name} lived through it")  # noqa: T201 - this is what it is run for
            for line in quarter.witness.transcript(person):
                print(line)  # noqa: T201 - the same


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A quarter of one team, as each person saw it.")
    parser.add_argument("--as", dest="only", choices=[member.name for member in TEAM])
    logging.configure(level="warning")
    asyncio.run(tell(parser.parse_args().only))
