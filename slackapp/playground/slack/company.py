"""Ferrybridge, the invented company that lives in a stand-in served on its own."""

from slackapp.playground.slack.standin import StandIn


def settle(slack: StandIn) -> None:
    """People and two channels for an empty workspace; one that was kept from before stays as it is."""
    if slack.people():
        return
    mara = slack.add_person("Mara Lind", tz="Europe/Stockholm", admin=True)
    tomas = slack.add_person("Tomás Reis", tz="Europe/Lisbon")
    ines = slack.add_person("Ines Okafor", tz="Africa/Lagos")
    jun = slack.add_person("Jun Sato", tz="Asia/Tokyo")
    dana = slack.add_person("Dana Whitlock", tz="America/New_York", guest=True)
    slack.add_channel("team-onboarding", [mara, tomas, ines, jun])
    slack.add_channel("team-platform", [mara, jun, dana], private=True)
