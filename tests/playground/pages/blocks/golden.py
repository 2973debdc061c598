"""The golden files: each sample of the gallery, its blocks above, its HTML below.

`python -m tests.playground.pages.blocks.golden` writes them anew; look at the difference before you keep it.
"""

import json
from pathlib import Path

from slackapp.playground.pages.blocks import blocks_html
from slackapp.playground.pages.blocks.gallery import READER, Sample, gallery
from tests.playground.pages.blocks.dom import pretty, read

FOLDER = Path(__file__).parent / "golden"


def path(sample: Sample) -> Path:
    return FOLDER / f"{sample.name}.html"


def written(sample: Sample) -> str:
    blocks = "\n".join(json.dumps(block, ensure_ascii=False) for block in sample.blocks)
    html = blocks_html(sample.blocks, READER, sample.surface)
    return f"<!--\n{blocks}\n-->\n{pretty(read(html))}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in gallery():
        path(each).write_text(written(each), encoding="utf-8")
