"""What the core says by itself: once, where it may, and never where it was refused."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.contract.actions import Button, Delete, Duty, Edit, OpenThread, Post, Tell
from bot.contract.events import MessageRef, Person, Place, PlaceRefused
from bot.contract.markup import Body
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.small_core import body
from tests.adapters.discord.stand_in import Message, Someone
from tests.adapters.discord.stand_in.world import FORUM, POST, SEND, VIEW, Channel

AGREE = Button(label="Agree", payload="1-agree-7")


def place(bench: Bench, channel: Channel | None = None) -> Place:
    channel = channel or bench.general
    if channel.parent is not None:
        return Place(platform="discord", group=bench.guild.id, channel=channel.parent.id, thread=channel.id)
    return Place(platform="discord", group=bench.guild.id, channel=channel.id)


def post(bench: Bench, text: str = "Hello.", channel: Channel | None = None, **more: Any) -> Post:
    return Post(place=place(bench, channel), body=body(text), buttons=(AGREE,), **more)


def person(someone: Someone) -> Person:
    return Person(platform="discord", id=someone.id)


def requests(bench: Bench, what: str) -> int:
    return sum(request.startswith(what) for request in bench.stand_in.rest.requests)


async def test_a_post_is_seen_by_everyone_and_known_by_its_message(bench: Bench) -> None:
    made = await bench.discord.perform(post(bench, silent=True, pin=True), "cg1")
    (message,) = bench.sees(bench.asha)
    assert made == MessageRef(place=place(bench), id=message.id)
    assert (message.pinned, bool(message.flags & (1 << 12))) == (True, True)


async def test_the_same_key_says_it_once(bench: Bench) -> None:
    first = await bench.discord.perform(post(bench), "cg1")
    assert await bench.discord.perform(post(bench), "cg1") == first
    assert bench.texts(bench.asha) == ["Hello."]


async def test_a_slow_answer_does_not_hold_up_the_outbox(unconnected: Bench) -> None:
    bench = unconnected
    bench.pace(perform=0.05)
    await bench.connect()
    bench.stand_in.faults.on("POST /channels", 429, retry_after=5.0, after=True)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench), "cg1")


async def test_a_500_after_it_took_effect_says_it_once(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /channels", 500, after=True)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench), "cg1")
    bench.stand_in.faults.clear()
    await bench.discord.perform(post(bench), "cg1")
    assert bench.texts(bench.asha) == ["Hello."]


@pytest.mark.parametrize("status", [500, 502, 503, 520])
async def test_a_server_fault_is_tried_later(bench: Bench, status: int) -> None:
    bench.stand_in.faults.on("POST /channels", status)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench), "cg1")


async def test_a_cut_connection_is_tried_later(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /channels", cut=True, after=True, times=9)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench), "cg1")
    bench.stand_in.faults.clear()
    await bench.discord.perform(post(bench), "cg1")
    assert bench.texts(bench.asha) == ["Hello."]


async def test_a_short_429_is_waited_for_and_a_long_one_is_told(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /channels", 429)
    await bench.discord.perform(post(bench), "cg1")
    bench.stand_in.faults.on("POST /channels", 429, retry_after=90.0)
    with pytest.raises(TryLater) as told:
        await bench.discord.perform(post(bench), "cg2")
    assert told.value.after == timedelta(seconds=90)
    assert bench.texts(bench.asha) == ["Hello."]


async def test_a_channel_that_refuses_is_not_asked_again_and_the_core_is_told(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /channels", 403, code=50013, times=5)
    for _ in range(3):
        with pytest.raises(Unreachable):
            await bench.discord.perform(post(bench), "cg1")
    assert requests(bench, "POST /channels") == 1
    (event,) = bench.core.of(PlaceRefused)
    assert event.place == place(bench)


async def test_a_channel_that_is_closed_to_the_bot_is_not_even_asked(bench: Bench) -> None:
    bench.general.denied = SEND
    await bench.people.change_channel(bench.general)
    await bench.settle()
    with pytest.raises(Unreachable):
        await bench.discord.perform(post(bench), "cg1")
    assert requests(bench, "POST /channels") == 0
    assert bench.core.of(PlaceRefused)[0].missing == ("send_messages",)


async def test_a_channel_that_was_opened_again_is_asked_again(bench: Bench) -> None:
    bench.general.denied = VIEW
    await bench.people.change_channel(bench.general)
    await bench.settle()
    with pytest.raises(Unreachable):
        await bench.discord.perform(post(bench), "cg1")
    bench.general.denied = 0
    await bench.people.change_channel(bench.general)
    await bench.settle()
    await bench.discord.perform(post(bench), "cg1")
    assert bench.texts(bench.asha) == ["Hello."]


@pytest.mark.parametrize("channel", ["1", "no number", ""])
async def test_a_place_that_is_not_there_is_unreachable(bench: Bench, channel: str) -> None:
    nowhere = Place(platform="discord", group=bench.guild.id, channel=channel)
    with pytest.raises(Unreachable):
        await bench.discord.perform(Post(place=nowhere, body=body("Hello.")), "cg1")


async def test_before_there_is_a_connection_everything_waits(unconnected: Bench) -> None:
    await unconnected.connect()
    await unconnected.disconnect()
    with pytest.raises(TryLater):
        await unconnected.discord.perform(post(unconnected), "cg1")


async def test_a_post_can_be_reworded_and_deleted(bench: Bench) -> None:
    made = await bench.discord.perform(post(bench), "cg1")
    assert made is not None
    await bench.discord.perform(Edit(message=made, body=body("Bye.")), "cg2")
    (message,) = bench.sees(bench.asha)
    assert (message.content, message.components) == ("Bye.", [])
    await bench.discord.perform(Delete(message=made), "cg3")
    await bench.discord.perform(Delete(message=made), "cg3")
    assert bench.texts(bench.asha) == []
    with pytest.raises(Unreachable):
        await bench.discord.perform(Edit(message=made, body=body("Late.")), "cg4")


def parts(bench: Bench, channel: Channel | None = None) -> list[str]:
    """What the bot said in a place, oldest first, without the spaces that fill it up."""
    found = [one for one in bench.sees(bench.asha) if one.channel is (channel or bench.general)]
    return [
        " ".join(dict.fromkeys(one.content.split())) for one in sorted(found, key=lambda one: int(one.id))
    ]


def long(*words: str) -> Body:
    """A text that needs a message for each of these words."""
    return body(*((f"{word} " * (1900 // (len(word) + 1))).strip() for word in words))


async def test_a_long_post_stands_in_several_messages_and_is_reworded_as_a_whole(bench: Bench) -> None:
    made = await bench.discord.perform(post(bench, "long " * 600), "cg1")
    assert made is not None
    assert len(bench.sees(bench.asha)) == 2
    assert await bench.discord.perform(post(bench, "long " * 600), "cg1") == made
    await bench.discord.perform(Edit(message=made, body=body("Short."), buttons=(AGREE,)), "cg2")
    assert bench.texts(bench.asha) == ["Short."]


async def test_all_parts_of_a_long_post_are_kept_current(bench: Bench) -> None:
    made = await bench.discord.perform(
        replace(post(bench), body=long("one", "two", "six", "ten", "red")), "cg1"
    )
    assert parts(bench) == ["one", "two", "six", "ten", "red"]
    for key, words in enumerate((["a", "b", "c", "d", "e"], ["f"], ["g", "h", "i", "j"], ["k", "l"])):
        assert made is not None
        edit = Edit(message=made, body=long(*words), buttons=(AGREE,))
        made = await bench.discord.perform(edit, f"cg{key + 2}")
        assert (
            await bench.discord.perform(replace(edit, message=made or edit.message), f"cg{key + 2}") == made
        )
        assert parts(bench) == words
        buttons = {one.id: one.buttons for one in bench.sees(bench.asha)}
        assert [bool(buttons[id]) for id in sorted(buttons, key=int)] == [False] * (len(words) - 1) + [True]
    assert made is not None
    await bench.discord.perform(Delete(message=made), "cg9")
    assert parts(bench) == []


async def test_a_part_that_somebody_deleted_is_said_again_and_a_post_that_is_gone_is_not(
    bench: Bench,
) -> None:
    made = await bench.discord.perform(replace(post(bench), body=long("one", "two", "six")), "cg1")
    assert made is not None
    bench.sees(bench.asha)[0].deleted = True
    made = await bench.discord.perform(Edit(message=made, body=long("a", "b", "c")), "cg2")
    assert parts(bench) == ["a", "b", "c"]
    for one in bench.sees(bench.asha):
        one.deleted = True
    assert made is not None
    with pytest.raises(Unreachable):
        await bench.discord.perform(Edit(message=made, body=body("Late.")), "cg3")
    assert parts(bench) == []


async def test_a_fault_between_two_parts_neither_loses_nor_doubles_one(bench: Bench) -> None:
    made = await bench.discord.perform(post(bench, "Short."), "cg1")
    assert made is not None
    edit = Edit(message=made, body=long("a", "b", "c"))
    bench.stand_in.faults.on("POST /channels", 500, after=True)
    with pytest.raises(TryLater):
        await bench.discord.perform(edit, "cg2")
    bench.stand_in.faults.clear()
    await bench.discord.perform(edit, "cg2")
    assert parts(bench) == ["a", "b", "c"]


async def test_a_long_forum_post_is_kept_current_too(bench: Bench) -> None:
    forum = bench.guild.channel("ideas", FORUM)
    await bench.restart()
    action = OpenThread(place=place(bench, forum), title="Idea", body=long("a", "b"), buttons=(AGREE,))
    made = await bench.discord.perform(action, "cg1")
    assert made is not None
    (thread,) = bench.guild.threads
    assert parts(bench, thread) == ["a", "b"]
    await bench.discord.perform(Edit(message=made, body=long("c", "d", "e")), "cg2")
    assert parts(bench, thread) == ["c", "d", "e"]


async def test_a_forum_post_waits_until_its_server_is_there(bench: Bench) -> None:
    forum = bench.guild.channel("ideas", FORUM)
    await bench.people.lose(bench.guild)
    await bench.settle()
    action = OpenThread(place=place(bench, forum), title="Idea", body=body("An idea."))
    with pytest.raises(TryLater):
        await bench.discord.perform(action, "cg1")
    await bench.people.find_again(bench.guild)
    await bench.settle()
    assert await bench.discord.perform(action, "cg1") is not None


async def test_the_title_of_a_forum_post_turns_nothing_around(bench: Bench) -> None:
    forum = bench.guild.channel("ideas", FORUM)
    await bench.restart()
    title = "\u202eevil " + "x" * 200
    made = await bench.discord.perform(
        OpenThread(place=place(bench, forum), title=title, body=body("An idea.")), "cg1"
    )
    assert made is not None
    (thread,) = bench.guild.threads
    assert (thread.name[:6], len(thread.name)) == ("evil x", 100)


async def test_a_forum_that_refuses_is_told_and_not_asked_again(bench: Bench) -> None:
    forum = bench.guild.channel("ideas", FORUM, denied=SEND)
    await bench.restart()
    action = OpenThread(place=place(bench, forum), title="Idea", body=body("An idea."))
    for _ in range(3):
        with pytest.raises(Unreachable):
            await bench.discord.perform(action, "cg1")
    assert requests(bench, f"POST /channels/{forum.id}") == 0
    (event,) = bench.core.of(PlaceRefused)
    assert (event.place, event.called) == (place(bench, forum), "#ideas")


async def test_a_private_message_reaches_its_person_alone(bench: Bench) -> None:
    made = await bench.discord.perform(Tell(person=person(bench.asha), body=body("For you.")), "cg1")
    assert made is not None
    assert made.place.group == ""
    assert bench.texts(bench.asha) == ["For you."]
    assert bench.texts(bench.mo) == []


async def test_an_alert_reaches_who_looks_after_the_server_now_and_nobody_who_did_once(bench: Bench) -> None:
    bench.guild.more_roles["77"] = "Helpers"
    await bench.restart()
    roles = bench.guild.members[bench.asha.id].roles

    async def alert(key: str, who: Someone = bench.asha) -> bool:
        duty = Duty(place=place(bench), roles=("77",))
        with suppress(Unreachable):
            told = Tell(person=person(who), body=body("An alert."), duties=(duty,))
            return await bench.discord.perform(told, key) is not None
        return False

    assert await alert("cg1", bench.mo)
    assert not await alert("cg2")
    for number, role in enumerate(("77", bench.guild.moderators)):
        roles.append(role)
        assert await alert(f"cg3{number}")
        roles.remove(role)
        assert not await alert(f"cg4{number}")
    del bench.guild.members[bench.asha.id]
    assert not await alert("cg5")
    assert bench.texts(bench.asha) == ["An alert."] * 2


async def test_closed_private_messages_are_unreachable(bench: Bench) -> None:
    bench.asha.accepts_messages = False
    with pytest.raises(Unreachable):
        await bench.discord.perform(Tell(person=person(bench.asha), body=body("For you.")), "cg1")
    assert bench.texts(bench.mo) == []


async def test_a_person_of_another_platform_is_unreachable(bench: Bench) -> None:
    stranger = Person(platform="discord", id="p1")
    with pytest.raises(Unreachable):
        await bench.discord.perform(Tell(person=stranger, body=body("For you.")), "cg1")


async def test_an_archived_post_is_woken_to_be_reworded_and_a_locked_one_left_alone(bench: Bench) -> None:
    forum = bench.guild.channel("living-with", FORUM)
    thread = await bench.people.post(bench.asha, forum, "Hypos", "Help")
    made = await bench.discord.perform(post(bench, channel=thread), "cg1")
    assert made is not None
    thread.archived = True
    await bench.discord.perform(Edit(message=made, body=body("Bye.")), "cg2")
    assert bench.texts(bench.asha) == ["Bye."]
    thread.locked = True
    with pytest.raises(Unreachable):
        await bench.discord.perform(post(bench, channel=thread), "cg3")


async def test_a_forum_post_is_opened_once_with_a_tag_that_the_forum_asks_for(bench: Bench) -> None:
    tags = [{"id": "71", "name": "Ideas", "moderated": False, "emoji_id": None, "emoji_name": None}]
    forum = bench.guild.channel("ideas", FORUM, tags=tags, require_tag=True)
    await bench.restart()
    await bench.ready()
    action = OpenThread(place=place(bench, forum), title="Be kind", body=body("An idea."), buttons=(AGREE,))
    made = await bench.discord.perform(action, "cg1")
    await bench.settle()
    assert made is not None
    (thread,) = bench.guild.threads
    assert (thread.applied, made.place.thread) == (["71"], thread.id)
    await bench.settle()
    assert await bench.discord.perform(action, "cg1") == made
    assert len(bench.guild.threads) == 1


async def test_a_forum_post_that_was_opened_before_a_500_is_not_opened_again(bench: Bench) -> None:
    forum = bench.guild.channel("ideas", FORUM)
    await bench.restart()
    action = OpenThread(place=place(bench, forum), title="Be kind", body=body("An idea."))
    bench.stand_in.faults.on("POST /channels", 500, after=True)
    with pytest.raises(TryLater):
        await bench.discord.perform(action, "cg1")
    await bench.settle()
    made = await bench.discord.perform(action, "cg1")
    assert made is not None
    assert [thread.id for thread in bench.guild.threads] == [made.place.thread]


async def test_ten_at_once_are_all_said(bench: Bench) -> None:
    await asyncio.gather(*(bench.discord.perform(post(bench, f"{n}"), f"cg{n}") for n in range(10)))
    assert sorted(bench.texts(bench.asha)) == [str(n) for n in range(10)]


async def test_a_post_whose_first_message_is_not_there_yet_is_tried_later(bench: Bench) -> None:
    forum = bench.guild.channel("living-with", FORUM)
    thread = Channel("Hypos", POST, guild=bench.guild, parent=forum, owner=bench.asha)
    bench.guild.threads.append(thread)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench, channel=thread), "cg1")
    bench.world.say(Message(thread, bench.asha, "Help", id=thread.id))
    await bench.discord.perform(post(bench, channel=thread), "cg1")
    assert bench.texts(bench.asha) == ["Hello."]


async def test_nothing_is_lost_while_the_token_is_being_changed(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /channels", 401)
    with pytest.raises(TryLater):
        await bench.discord.perform(post(bench), "cg1")


async def test_an_alert_rings_unless_it_is_to_be_silent(bench: Bench) -> None:
    alert = Tell(person=person(bench.asha), body=body("An alert."), urgent=True)
    await bench.discord.perform(alert, "cg1")
    await bench.discord.perform(replace(alert, silent=True), "cg2")
    assert [bool(message.flags & (1 << 12)) for message in bench.sees(bench.asha)] == [False, True]
