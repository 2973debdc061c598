"""The form that makes a poll, as it opens: here, so that the listener of a command above may call it."""

from collections.abc import Mapping

from slackapp.core.transaction import Tx
from slackapp.features.polls.blocks.form import FormState, FormView, poll_form
from slackapp.features.polls.queries.audience import meant_by
from slackapp.features.polls.rules.form import Today, asked_of, proposed
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.queries import person
from slackapp.slack.replies import OpenModal
from slackapp.slack.routes import Value


async def new_poll(tx: Tx, user_id: str, channel_id: str, text: str) -> OpenModal:
    """`text`: the question, as far as it was typed already."""
    template = Template.OWN if text else Template.PARTICIPATION
    state = FormState("" if channel_id.startswith("D") else channel_id, template=template.value)
    values = proposed(template, await today(tx, user_id), text=text)
    return OpenModal(poll_form(await form_view(tx, state, values)))


async def today(tx: Tx, user_id: str) -> Today:
    return Today(tx.now, (await person(tx, user_id)).zone)


async def form_view(tx: Tx, state: FormState, values: Mapping[str, Value]) -> FormView:
    """With how many it would ask, as far as that is known."""
    draft = asked_of(values)
    is_known = draft is not None and (state.channel or draft.people)
    meant = await meant_by(tx, draft, state.channel) if draft is not None and is_known else None
    return FormView(state, values, meant)
