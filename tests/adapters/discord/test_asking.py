"""Commands, buttons and forms: answered in time, privately, once."""

import asyncio

from bot.contract.actions import Button, Choices, Field, Tell
from bot.contract.events import ButtonPressed, ChoicesAsked, CommandGiven, FormAnswered, Person
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.small_core import ask, body, reply
from tests.adapters.discord.stand_in import Message, Someone

AGREE = Button(label="Agree", payload="1-agree-7", typed="/agree-rules agree 7")


async def posted(bench: Bench, *buttons: Button) -> Message:
    """A message of the bot that everyone sees."""
    bench.core.answers = lambda event: (reply("Shall we?", *buttons, private=False),)
    await bench.people.command(bench.mo, bench.general, "post")
    await bench.settle()
    return bench.sees(bench.asha)[-1]


async def test_a_command_is_answered_to_its_asker_alone(bench: Bench) -> None:
    await bench.people.command(bench.asha, bench.general, "rules", "2")
    await bench.settle()
    (event,) = bench.core.of(CommandGiven)
    assert (event.name, event.words, event.person.id) == ("rules", "2", bench.asha.id)
    assert (event.place.group, event.place.channel) == (bench.guild.id, bench.general.id)
    assert (event.person.is_moderator, event.is_member, event.group_size) == (False, True, 2)
    assert (event.person.name, event.person.locale) == ("Asha", "en-GB")
    assert bench.texts(bench.asha) == ["Here you are."]
    assert bench.texts(bench.mo) == []


async def test_a_moderator_is_known_by_permission(bench: Bench) -> None:
    await bench.people.command(bench.mo, bench.general, "rules")
    assert bench.core.of(CommandGiven)[0].person.is_moderator


async def test_what_needs_storage_is_deferred_first(bench: Bench) -> None:
    bench.core.quick, bench.core.gate = False, asyncio.Event()
    question = await bench.people.command(bench.asha, bench.general, "rules")
    assert (question.response, question.private, bench.texts(bench.asha)) == (5, True, [])
    bench.core.gate.set()
    await bench.settle()
    assert bench.texts(bench.asha) == ["Here you are."]
    assert bench.texts(bench.mo) == []


async def test_what_may_open_a_form_is_deferred_only_when_it_takes_long(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    bench.core.answers = lambda event: (reply("Your vote: agree."),)
    assert (await bench.people.press(bench.asha, message, "Agree")).response == 4
    bench.core.gate = asyncio.Event()
    assert (await bench.people.press(bench.asha, message, "Agree")).response == 6
    bench.core.gate.set()
    await bench.settle()
    assert bench.texts(bench.asha)[1:] == ["Your vote: agree."] * 2
    assert bench.texts(bench.mo) == ["Shall we?"]


async def test_a_button_of_a_post_before_a_restart_works(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    await bench.restart()
    await bench.people.press(bench.asha, message, "Agree")
    (event,) = bench.core.of(ButtonPressed)
    assert event.payload == "1-agree-7"
    assert event.on is not None
    assert event.on.id == message.id


async def test_an_unknown_button_is_asked_of_the_core(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    await bench.people.press_id(bench.asha, message, "of another bot or time")
    assert bench.core.of(ButtonPressed)[0].payload == "of another bot or time"


async def test_the_next_screen_replaces_a_private_one_and_never_a_public_one(bench: Bench) -> None:
    public = await posted(bench, AGREE)
    bench.core.answers = lambda event: (reply("Screen", AGREE, replaces=True),)
    await bench.people.press(bench.asha, public, "Agree")
    await bench.settle()
    assert bench.texts(bench.mo) == ["Shall we?"]
    screen = bench.sees(bench.asha)[-1]
    bench.core.answers = lambda event: (reply("Next screen", replaces=True),)
    await bench.people.press(bench.asha, screen, "Agree")
    await bench.settle()
    assert bench.texts(bench.asha) == ["Shall we?", "Next screen"]


async def test_a_slow_next_screen_replaces_too(bench: Bench) -> None:
    bench.core.answers = lambda event: (reply("Screen", AGREE),)
    await bench.people.command(bench.asha, bench.general, "rules")
    bench.core.answers = lambda event: (reply("Next screen", replaces=True),)
    bench.core.quick = False
    await bench.people.press(bench.asha, bench.sees(bench.asha)[0], "Agree")
    await bench.settle()
    assert bench.texts(bench.asha) == ["Next screen"]


async def test_a_form_opens_and_comes_back_by_its_payload(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    words = Field(name="words", label="Your idea in your own words, as short as you like it to be", lines=3)
    why = Field(name="why", label="Why", optional=True, value="because", longest=140)
    bench.core.answers = lambda event: (ask(words, why, note=body("One idea at a time.")),)
    await bench.people.press(bench.asha, message, "Agree")
    bench.core.answers = lambda event: (reply("Kept."),)
    await bench.people.fill(bench.asha, {"words": "Be kind"})
    await bench.settle()
    (event,) = bench.core.of(FormAnswered)
    assert (event.payload, dict(event.values)) == ("1-asked", {"words": "Be kind", "why": "because"})
    assert bench.texts(bench.asha)[-1] == "Kept."


async def test_a_form_that_was_open_across_a_restart_is_not_lost(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    bench.core.answers = lambda event: (ask(),)
    await bench.people.press(bench.asha, message, "Agree")
    await bench.restart()
    bench.core.answers = lambda event: (reply("Kept."),)
    await bench.people.fill(bench.asha, {"words": "Be kind"})
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values == {"words": "Be kind"}
    assert bench.texts(bench.asha)[-1] == "Kept."


async def test_a_form_after_a_form_is_opened_by_a_button_and_keeps_what_was_typed(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    bench.core.answers = lambda event: (
        ask(Field(name="words", label="What?", value="my words"), title="Again"),
    )
    await bench.people.press(bench.asha, message, "Agree")
    await bench.people.fill(bench.asha, {})
    await bench.settle()
    offered = bench.sees(bench.asha)[-1]
    assert "my words" in offered.content
    bench.core.answers = lambda event: (reply("Kept."),)
    await bench.people.press(bench.asha, offered, "Again")
    await bench.people.fill(bench.asha, {})
    assert bench.core.of(FormAnswered)[-1].values == {"words": "my words"}
    assert bench.texts(bench.mo) == ["Shall we?"]


async def test_a_form_that_came_too_late_is_opened_by_pressing_again(bench: Bench) -> None:
    message = await posted(bench, AGREE)
    bench.core.answers, bench.core.gate = (lambda event: (ask(title="Your idea"),)), asyncio.Event()
    await bench.people.press(bench.asha, message, "Agree")
    bench.core.gate.set()
    await bench.settle()
    await bench.people.press(bench.asha, bench.sees(bench.asha)[-1], "Your idea")
    await bench.people.fill(bench.asha, {"words": "Be kind"})
    assert bench.core.of(FormAnswered)[0].values == {"words": "Be kind"}


async def test_an_event_that_comes_twice_is_answered_once(bench: Bench) -> None:
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.people.again()
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 1
    assert bench.texts(bench.asha) == ["Here you are."]


async def test_suggestions_come_while_somebody_types(bench: Bench) -> None:
    bench.core.answers = lambda event: (Choices(items=(("2", "2 Be kind"), ("x" * 101, "too long"))),)
    found = await bench.people.suggestions(bench.asha, bench.general, "rules", "ki")
    assert found == [{"name": "2 Be kind", "value": "2"}]
    assert bench.core.of(ChoicesAsked)[0].words == "ki"


async def test_a_menu_of_a_message_is_the_command_behind_it(bench: Bench) -> None:
    advice = await bench.people.write(bench.asha, bench.general, "Take more of it.")
    await bench.people.menu(bench.mo, bench.general, "Gentle reminder", advice)
    (event,) = bench.core.of(CommandGiven)
    assert event.name == "remind"
    assert event.on is not None
    assert event.on.id == advice.id


async def test_in_a_private_chat_answers_stay(bench: Bench) -> None:
    chat = bench.world.direct(bench.asha)
    await bench.people.command(bench.asha, chat, "signpost", "hypo")
    (event,) = bench.core.of(CommandGiven)
    assert (event.place.group, event.place.channel, event.is_member) == ("", chat.id, None)
    assert bench.sees(bench.asha)[0].flags & 64 == 0


async def test_nothing_to_say_leaves_nothing_waiting(bench: Bench) -> None:
    bench.core.answers = lambda event: ()
    question = await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert (question.response, question.waiting) == (5, False)
    message = await posted(bench, AGREE)
    bench.core.answers = lambda event: ()
    assert (await bench.people.press(bench.asha, message, "Agree")).response == 6


async def from_the_private_chat(bench: Bench, who: Someone) -> ButtonPressed:
    """Press a button of a private message that names the community."""
    button = Button(label="Open my desk", payload="1_7-desk")
    person = Person(platform="discord", id=who.id)
    await bench.discord.perform(Tell(person=person, body=body("Good morning."), buttons=(button,)), "cg1")
    await bench.people.press(who, bench.sees(who)[-1], "Open my desk")
    return bench.core.of(ButtonPressed)[-1]


async def test_in_a_private_chat_it_is_known_who_somebody_is_in_their_group(bench: Bench) -> None:
    await bench.ready()
    bench.guild.members[bench.mo.id].roles = [bench.guild.moderators]
    event = await from_the_private_chat(bench, bench.mo)
    assert (event.person.is_moderator, event.is_member) == (True, True)
    event = await from_the_private_chat(bench, bench.asha)
    assert (event.person.is_moderator, event.is_member) == (False, True)


async def test_a_button_pressed_by_somebody_who_left_says_so(bench: Bench) -> None:
    await bench.ready()
    chat = bench.world.direct(bench.asha)
    await bench.people.leave(bench.guild, bench.asha)
    assert chat.recipient is bench.asha
    event = await from_the_private_chat(bench, bench.asha)
    assert (event.person.is_moderator, event.is_member) == (False, False)


async def test_roles_are_told(bench: Bench) -> None:
    bench.guild.members[bench.asha.id].roles = [bench.guild.moderators]
    await bench.people.command(bench.asha, bench.general, "rules")
    assert bench.core.of(CommandGiven)[0].person.roles == (bench.guild.moderators,)
