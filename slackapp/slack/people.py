"""Who a user id is, asked of Slack when first met and again when the answer is old."""

import asyncio
from collections.abc import Iterable
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.slack.freshness import Freshness
from slackapp.slack.outcomes import Done, Outcome, outcome_of

log = structlog.get_logger()

#: Seconds after which a person is asked about again: people travel.
FRESH = 600.0
#: Seconds the answer may take: an acknowledgement waits for it.
PATIENCE = 1.5


class Profile(BaseModel):
    """What `users.info` says of a person, as far as we use it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    name: str = ""
    #: A zone's name, such as Europe/Stockholm; bots have none.
    tz: str | None = None
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    #: Of another organisation, and in no channel with the app. In a shared channel only the team tells.
    is_stranger: bool = False
    team_id: str | None = None
    #: Of a company with several workspaces: its `teams` are those this person is in.
    enterprise_user: dict[str, Any] | None = None
    profile: dict[str, Any] = Field(default_factory=dict)

    def is_of(self, team_id: str) -> bool:
        """Whether this is a member of that workspace, and not somebody of another organisation."""
        teams = {self.team_id or team_id, *(self.enterprise_user or {}).get("teams", ())}
        return team_id in teams and not self.is_stranger

    @property
    def shown_name(self) -> str:
        return str(self.profile.get("display_name") or self.profile.get("real_name") or self.name or self.id)


class Directory:
    """Remembers, in this process, of whom lately what Slack says was stored."""

    def __init__(self) -> None:
        self._fresh = Freshness(FRESH)

    def stale(self, workspace_id: int, user_ids: Iterable[str]) -> list[str]:
        """Those of them that were not `kept` lately, each once."""
        return self._fresh.stale(workspace_id, user_ids)

    async def news(
        self, client: AsyncWebClient, workspace_id: int, user_ids: Iterable[str], patience: float = PATIENCE
    ) -> list[Profile]:
        """The profiles of those not `kept` lately. Of whom Slack tells nothing in time is left out."""
        stale = self.stale(workspace_id, user_ids)
        answers = await asyncio.gather(*(self._ask(client, user_id, patience) for user_id in stale))
        profiles = []
        for user_id, answer in zip(stale, answers, strict=True):
            profile = profile_of(answer.data.get("user")) if isinstance(answer, Done) else None
            if profile is None:
                log.warning("people.unknown", user=user_id, reason=getattr(answer, "reason", "slow"))
            else:
                profiles.append(profile)
        return profiles

    def kept(self, workspace_id: int, profiles: Iterable[Profile]) -> None:
        """These are stored for good: nobody needs to be asked about them for a while."""
        self._fresh.kept(workspace_id, (profile.id for profile in profiles))

    @staticmethod
    async def _ask(client: AsyncWebClient, user_id: str, patience: float) -> Outcome | None:
        try:
            async with asyncio.timeout(patience):
                return await outcome_of(client.users_info(user=user_id))
        except TimeoutError:
            return None


def profile_of(said: object) -> Profile | None:
    """What Slack says of a user; None if that cannot be read."""
    try:
        return Profile.model_validate(said)
    except ValidationError:
        return None
