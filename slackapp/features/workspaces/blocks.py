"""What is said to whoever looks after the workspace."""

from collections.abc import Sequence

from slackapp.core.words import counted
from slackapp.slack.blocks import Message, markdown


def scopes_missing(missing: Sequence[str]) -> Message:
    text = f"Afterlaunch needs {counted(len(missing), 'permission')} it was not given."
    names = ", ".join(f"`{scope}`" for scope in missing)
    return Message(
        text=text,
        blocks=[
            markdown(
                f"{text} This version asks for {names}; what needs that does not work until it is given."
            ),
            markdown(
                "On the app's page at https://api.slack.com/apps paste what `afterlaunch manifest` prints "
                "under *App Manifest*, then choose *Install App* and *Reinstall*. "
                "If somebody else runs Afterlaunch, please pass this on: you are told as an admin here."
            ),
        ],
    )
