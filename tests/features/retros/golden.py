"""The golden files: what the channel is told of one retro, what `/retro show` says, and each of its files.

`python -m tests.features.retros.golden` writes them anew; look at the difference before you keep it.
"""

from collections.abc import Mapping
from pathlib import Path

from slackapp.features.retros.blocks.summary import shown, summary
from slackapp.features.retros.rules.exports import FileKind, file_name, written
from slackapp.playground.slack.shown import message_text
from slackapp.slack.blocks import Message
from slackapp.slack.replies import Whisper
from tests.support.retro_records import SAMPLE

FOLDER = Path(__file__).parent / "golden"


def samples() -> Mapping[str, str]:
    """By the file's name."""
    told = summary(7, SAMPLE)
    looked_up = shown(7, SAMPLE)
    return {
        "summary.txt": _read(told),
        "show.txt": _read(looked_up),
        **{file_name(SAMPLE, kind).replace(" ", "-"): written(SAMPLE, kind) for kind in FileKind},
    }


def _read(said: Message | Whisper) -> str:
    return message_text(said.text, [block.to_dict() for block in said.blocks], [], [], {}) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in samples().items():
        # As it is, with the ends of lines that CSV has.
        (FOLDER / name).write_bytes(text.encode())
