"""What the control API lets become of a channel: one model for each verb, as for people."""

from collections.abc import Mapping

from slackapp.playground.slack.control_verbs.bodies import Body
from slackapp.playground.slack.people import AnySlack
from slackapp.playground.slack.records import Channel


class ChannelVerb(Body):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        raise NotImplementedError


class Join(ChannelVerb):
    person: str
    by: str | None = None

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        by = None if self.by is None else slack.person(self.by)
        return slack.join(channel, slack.person(self.person), by)


class Leave(ChannelVerb):
    person: str

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.leave(channel, slack.person(self.person))


class InviteBot(ChannelVerb):
    by: str | None = None

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.invite_bot(channel, None if self.by is None else slack.person(self.by))


class RemoveBot(ChannelVerb):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.remove_bot(channel)


class Archive(ChannelVerb):
    archived: bool = True

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.archive(channel, archived=self.archived)


class MakePrivate(ChannelVerb):
    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.make_private(channel)


class Rename(ChannelVerb):
    name: str

    def act(self, slack: AnySlack, channel: Channel) -> Channel:
        return slack.rename(channel, self.name)


CHANNEL_VERBS: Mapping[str, type[ChannelVerb]] = {
    "join": Join,
    "leave": Leave,
    "invite-bot": InviteBot,
    "remove-bot": RemoveBot,
    "archive": Archive,
    "make-private": MakePrivate,
    "rename": Rename,
}
