"""Typed answers: asked for in the private chat only, field by field, over restarts."""

import pytest

from bot.contract.actions import Field
from bot.contract.events import CommandGiven, Event, FormAnswered
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import ask, reply
from tests.adapters.telegram.stand_in import Group, Someone

TWO = (Field(name="what", label="What is it?"), Field(name="why", label="Why?", optional=True, longest=10))


def asking(*fields: Field) -> object:
    def answer(event: Event) -> list[object]:
        return [ask(*fields)] if isinstance(event, CommandGiven) else [reply("Thank you.")]

    return answer


@pytest.fixture
async def asked(bench: Bench, asha: Someone, group: Group) -> Group:
    """Asha used a command in the group that asks for words."""
    bench.core.answers = asking(*TWO)  # type: ignore[assignment]
    topic = await bench.people.open_topic(asha, group, "Pumps")
    await bench.people.say(asha, group, "/rules", topic=topic)
    await bench.settle()
    return group


async def test_words_are_asked_for_in_private_one_after_the_other(
    bench: Bench, asha: Someone, asked: Group
) -> None:
    assert all(said.chat == asha.id for said in bench.sees(asha))
    await bench.people.say(asha, None, "My pump")
    await bench.settle()
    assert bench.core.of(FormAnswered) == []
    await bench.people.say(asha, None, "It beeps")
    await bench.settle()
    form = bench.core.of(FormAnswered)[0]
    assert form.values == {"what": "My pump", "why": "It beeps"}
    assert form.payload == "1-asked"
    assert form.place.group == str(asked.id)
    assert form.place.thread is not None
    assert form.is_member
    assert bench.texts(asha)[-1] == "Thank you."


async def test_an_open_form_survives_a_restart(bench: Bench, asha: Someone, asked: Group) -> None:
    await bench.restart()
    await bench.people.say(asha, None, "My pump")
    await bench.settle()
    await bench.restart()
    await bench.people.say(asha, None, "/skip")
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values == {"what": "My pump", "why": ""}
    await bench.people.say(asha, None, "And more")
    await bench.settle()
    assert len(bench.core.of(FormAnswered)) == 1


async def test_words_that_are_too_long_are_asked_for_again(bench: Bench, asha: Someone, asked: Group) -> None:
    await bench.people.say(asha, None, "My pump")
    await bench.people.say(asha, None, "It beeps all night long")
    await bench.settle()
    assert bench.texts(asha)[-1] == "telegram.too-long longest=10 given=23"
    await bench.people.say(asha, None, "It beeps")
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values["why"] == "It beeps"


async def test_a_form_can_be_left(bench: Bench, asha: Someone, asked: Group) -> None:
    await bench.people.say(asha, None, "/stop")
    await bench.people.say(asha, None, "My pump")
    await bench.settle()
    assert bench.core.of(FormAnswered) == []
    assert bench.texts(asha)[-1] == "telegram.stopped"


async def test_what_stands_in_a_field_can_be_kept(bench: Bench, asha: Someone, group: Group) -> None:
    bench.core.answers = asking(Field(name="words", label="Words", value="as before"))  # type: ignore[assignment]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    await bench.people.say(asha, None, "/keep")
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values == {"words": "as before"}


async def test_an_answer_to_an_older_question_is_not_taken_for_this_one(
    bench: Bench, asha: Someone, asked: Group
) -> None:
    old = bench.sees(asha)[-1]
    await bench.people.say(asha, asked, "/rules")
    await bench.settle()
    await bench.people.say(asha, None, "My pump", reply_to=old)
    await bench.settle()
    await bench.people.say(asha, None, "My sensor", reply_to=bench.sees(asha)[-1])
    await bench.people.say(asha, None, "/skip")
    await bench.settle()
    assert [form.values["what"] for form in bench.core.of(FormAnswered)] == ["My sensor"]


async def test_an_answer_delivered_twice_is_not_taken_for_the_next_field(
    bench: Bench, asha: Someone, asked: Group
) -> None:
    said = await bench.people.say(asha, None, "My pump")
    await bench.settle()
    await bench.restart()  # what was seen is forgotten, and the same update comes again
    await bench.world.update("message", bench.world.wire(said))
    await bench.settle()
    assert bench.core.of(FormAnswered) == []


@pytest.mark.parametrize("chat", ["new", "met", "blocked"])
async def test_who_never_opened_the_private_chat_is_led_there_by_a_link(
    bench: Bench, asha: Someone, group: Group, chat: str
) -> None:
    asha.chat = chat
    bench.core.answers = asking(*TWO[:1])  # type: ignore[assignment]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    shown = bench.sees(asha)[-1]
    assert (shown.chat, shown.text) == (group.id, "telegram.answer-waits")
    await bench.restart()
    await bench.people.follow(asha, shown.buttons[0]["url"])
    await bench.people.say(asha, None, "My pump")
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values == {"what": "My pump"}


async def test_the_words_of_somebody_who_left_come_with_that(
    bench: Bench, asha: Someone, asked: Group
) -> None:
    await bench.people.leave(asked, asha)
    await bench.people.say(asha, None, "My pump")
    await bench.people.say(asha, None, "/skip")
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].is_member is False


async def test_a_picture_is_no_answer(bench: Bench, asha: Someone, asked: Group) -> None:
    await bench.people.say(asha, None, "", photo=[])
    await bench.people.say(asha, None, "My pump")
    await bench.people.say(asha, None, "/skip")
    await bench.settle()
    assert [form.values["what"] for form in bench.core.of(FormAnswered)] == ["My pump"]
