"""What the doctor finds, in a form that tests can look into."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackapp.doctor.examination import examine
from slackapp.doctor.findings import Finding


@dataclass(frozen=True)
class Examined:
    findings: Sequence[Finding]

    @property
    def names(self) -> list[str]:
        return [finding.name for finding in self.findings]

    @property
    def wrong(self) -> list[str]:
        """What was found wrong, by name."""
        return [finding.name for finding in self.findings if not finding.ok]

    def said(self, name: str) -> str:
        """All that was said of it, with what to do."""
        return " ".join(f"{f.words} {f.remedy}".strip() for f in self.findings if f.name == name)


async def examined(**settings: str) -> Examined:
    """With these settings, and a free port unless one is given."""
    return Examined([finding async for finding in examine(**{"AFTERLAUNCH_PORT": "0", **settings})])
