"""Replies in words, and the same replies in other words."""

from datetime import timedelta

from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.rules import Ladder, reply_key
from slackapp.outbox import service as outbox
from slackapp.slack.blocks import Message
from slackapp.slack.routes import DirectMessage
from tests.support.asking import KIND, Asking


async def says(
    feature: Asking, text: str, ts: str = "1.1", *, thread: str | None = None, is_edit: bool = False
) -> None:
    message = DirectMessage("U1", "D-U1", text, ts, thread_ts=thread, is_edit=is_edit)
    await feature.do(lambda tx: service.reply(tx, message))


async def answer_to(feature: Asking, ts: str = "1.1") -> str | None:
    """What stands below the reply of that `ts`."""
    found = {message.key: message.text for message in await feature.messages("U1")}
    return found.get(reply_key("U1", ts))


async def test_a_reply_answers_the_one_open_question_and_news_are_none(feature: Asking) -> None:
    await feature.ask(1)
    await feature.tell(2)
    await feature.turn(hours=1)
    await says(feature, "44 %")
    assert [(reply.subject_id, reply.text) for reply in feature.replies] == [(1, "44 %")]


async def test_with_several_open_it_asks_back(feature: Asking) -> None:
    await feature.ask(1)
    await feature.ask(2)
    await feature.turn(hours=1)
    await says(feature, "44 %")
    assert feature.replies == []
    assert "2 questions are open" in str(await answer_to(feature))


async def test_what_waits_for_its_morning_is_not_open(feature: Asking) -> None:
    await feature.know("U2", deleted=True)
    await feature.turn(hours=12)
    await feature.ask(1, "U2", backup="U1")
    await feature.beat()
    await says(feature, "44 %")
    assert feature.replies == []
    assert "none is open" in str(await answer_to(feature))


async def test_in_a_thread_it_answers_what_is_asked_there_and_not_what_is_told_there(
    feature: Asking,
) -> None:
    await feature.ask(1, ladder=Ladder.ONCE)
    await feature.tell(2)
    await feature.turn(hours=1)
    await feature.ask(3)
    await feature.turn(days=1)
    await feature.deliver()
    first, second = await feature.messages("U1")
    await says(feature, "44 %", thread=first.ts)
    await says(feature, "45 %", "1.2", thread=second.ts)
    assert [(reply.subject_id, reply.text) for reply in feature.replies] == [(1, "44 %"), (3, "45 %")]


async def test_in_the_thread_of_an_older_message_nothing_is_asked(feature: Asking) -> None:
    await feature.ask()
    await feature.turn(hours=1)
    await feature.deliver()
    await feature.turn(days=2)
    older, _ = await feature.messages("U1")
    await says(feature, "44 %", thread=older.ts)
    assert feature.replies == []
    assert "Nothing is asked in this thread now" in str(await answer_to(feature))


async def test_in_a_thread_with_an_open_and_an_expired_question_the_open_one_is_meant(
    feature: Asking,
) -> None:
    await feature.ask(1, ladder=Ladder.AMONG_US)
    await feature.turn(days=1)
    # The reminder of the one and the only asking of the other come together.
    await feature.ask(2, ladder=Ladder.ONCE, at=feature.clock.now() + timedelta(hours=12))
    await feature.turn(days=30)
    await feature.deliver()
    [*_, message] = await feature.messages("U1")
    await says(feature, "44 %", thread=message.ts)
    assert feature.expired[1] == 1
    assert [reply.subject_id for reply in feature.replies] == [2]


async def test_other_words_for_an_answer_that_was_taken_go_to_who_took_it(feature: Asking) -> None:
    await feature.ask(1)
    await feature.turn(hours=1)
    await says(feature, "44 %")
    key = reply_key("U1", "1.1")

    async def echo(tx: Tx) -> None:
        await outbox.say(tx, key, outbox.Direct("U1"), Message("44 %"))

    await feature.do(echo)
    feature.kept[key] = 1
    await says(feature, "45 %", is_edit=True)
    assert len(feature.replies) == 1
    [edit] = feature.edits
    assert (edit.kind, edit.subject_id, edit.text, edit.answer_key) == (KIND, 1, "45 %", key)


async def test_other_words_for_what_answered_nothing_count_as_said_now(feature: Asking) -> None:
    await says(feature, "44 %")
    assert "none is open" in str(await answer_to(feature))
    await feature.ask(1, ladder=Ladder.ONCE)
    await feature.turn(hours=1)
    await says(feature, "45 %", is_edit=True)
    assert feature.edits == []
    assert [(reply.text, reply.answer_key) for reply in feature.replies] == [("45 %", reply_key("U1", "1.1"))]


async def test_other_words_for_what_was_never_answered_are_left_alone(feature: Asking) -> None:
    await feature.ask(1)
    await feature.turn(hours=1)
    await says(feature, "45 %", "0.9", is_edit=True)
    assert (feature.replies, feature.edits) == ([], [])
    assert await answer_to(feature, "0.9") is None


async def test_which_one_is_redrawn_when_the_other_words_fit_by_now(feature: Asking) -> None:
    await feature.ask(1)
    await feature.ask(2)
    await feature.turn(hours=1)
    await says(feature, "44 %")
    await feature.do(lambda tx: service.answered(tx, KIND, 2, "U1"))
    await says(feature, "45 %", is_edit=True)
    assert [reply.subject_id for reply in feature.replies] == [1]
