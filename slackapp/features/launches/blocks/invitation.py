"""What is said once in a channel that the app is invited to."""

from slackapp.slack.blocks import Message, actions, button, paragraph, small

FIRST = "launches.first"


def invitation() -> Message:
    question = "What did this team ship about a month ago?"
    return Message(
        text=question,
        blocks=[
            paragraph(question),
            small("The first outcome takes two minutes. For later launches, type /launch and a name."),
            actions(button(FIRST, "Record it", style="primary")),
        ],
    )
