"""A relay as a process of its own: `python -m tests.benchmarks.relays DATABASE_URL API_URL JSON`.

The JSON holds `pacing` (`slack` or `off`), `tokens` by workspace, `token` for all others, and any other
setting of a relay. It says `ready`, and runs until it is killed.
"""

import asyncio
import json
import sys
from typing import Any

from slackapp.core import logging
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED, Pacing, RelaySettings
from slackapp.slack.client import Slack
from tests.benchmarks.processes import TOKEN


async def main(url: str, api_url: str, chosen: dict[str, Any]) -> None:
    pacing = Pacing() if chosen.pop("pacing", "off") == "slack" else UNPACED
    slack, engine = Slack(api_url, 10.0), create_engine(url)
    others = slack.client(chosen.pop("token", TOKEN))
    clients = {int(id_): slack.client(token) for id_, token in chosen.pop("tokens", {}).items()}
    relay = Relay(
        Transactions(engine, SystemClock(), {}, {}),
        lambda workspace_id: clients.get(workspace_id, others),
        RelaySettings(pacing=pacing, **chosen),
        Telemetry(),
    )
    async with engine.connect():
        pass
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for it
    await relay.run()


if __name__ == "__main__":
    logging.configure(level="error")
    asyncio.run(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
