"""Commands: how they may be written, where they come from, and who is answered how."""

from typing import Any

import pytest

from bot.contract.events import CommandGiven, Event, TextPosted
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import reply
from tests.adapters.telegram.stand_in import Group, Someone


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("/rules", "rules", ""),
        ("/rules 3", "rules", "3"),
        ("/agree_rules suggest", "agree-rules", "suggest"),
        ("/agree-rules suggest", "agree-rules", "suggest"),
        ("/RULES", "rules", ""),
        ("/rules@CommonGroundBot 3", "rules", "3"),
        ("/rules@commongroundbot", "rules", ""),
        ("/signpost\nhypo", "signpost", "hypo"),
    ],
)
async def test_a_command_is_understood_however_it_is_written(
    bench: Bench, asha: Someone, group: Group, text: str, name: str, words: str
) -> None:
    await bench.people.say(asha, group, text)
    await bench.settle()
    given = bench.core.of(CommandGiven)
    assert [(one.name, one.words) for one in given] == [(name, words)]
    assert given[0].overheard
    assert given[0].is_member
    assert given[0].group_size == 2


@pytest.mark.parametrize("text", ["/rules@OtherBot", "/ban someone", "/", "/ rules", "rules", "//rules"])
async def test_what_is_not_for_this_bot_is_ignored(
    bench: Bench, asha: Someone, group: Group, text: str
) -> None:
    await bench.people.say(asha, group, text)
    await bench.settle()
    assert bench.core.events == []


async def test_an_unknown_command_that_names_this_bot_reaches_the_core(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.people.say(asha, group, "/dance@CommonGroundBot")
    await bench.settle()
    assert bench.core.of(CommandGiven)[0].name == "dance"


async def test_a_command_is_not_run_again_when_it_is_edited(
    bench: Bench, asha: Someone, group: Group
) -> None:
    said = await bench.people.say(asha, group, "good morning")
    await bench.people.edit(said, "/rules")
    await bench.people.say(asha, group, "/help")
    await bench.settle()
    assert [one.name for one in bench.core.of(CommandGiven)] == ["help"]


async def test_commands_that_are_forwarded_quoted_or_of_channels_and_bots_are_no_commands(
    bench: Bench, asha: Someone, group: Group
) -> None:
    origin = {"type": "hidden_user", "date": 1_764_000_000, "sender_user_name": "Somebody"}
    await bench.people.say(asha, group, "/rules", forward_origin=origin)
    code = [{"type": "code", "offset": 0, "length": 6}]
    await bench.people.say(asha, group, "/rules", entities=code)
    channel = {"id": -100777, "type": "channel", "title": "News"}
    await bench.people.say(asha, group, "/rules", sender_chat=channel)
    robot = bench.world.somebody("Robot")
    robot.is_bot = True
    await bench.people.say(robot, group, "/rules")
    await bench.settle()
    assert bench.core.events == []


async def test_an_update_that_comes_twice_is_handled_once(bench: Bench, asha: Someone, group: Group) -> None:
    said = await bench.people.say(asha, group, "/rules")
    await bench.settle()
    await bench.world.update("message", bench.world.wire(said), id=1000)
    await bench.people.say(asha, group, "/help")
    await bench.settle()
    assert [one.name for one in bench.core.of(CommandGiven)] == ["rules", "help"]


async def test_ordinary_messages_are_dropped_unless_somebody_wants_them(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.people.say(asha, group, "good morning")
    await bench.settle()
    assert bench.core.events == []
    bench.core.wanted = {TextPosted}
    await bench.people.say(asha, group, "good evening")
    await bench.settle()
    assert [one.text for one in bench.core.of(TextPosted)] == ["good evening"]


async def test_edited_messages_are_heard_as_such_and_edited_commands_not_at_all(
    bench: Bench, asha: Someone, group: Group
) -> None:
    bench.core.wanted = {TextPosted}
    said = await bench.people.say(asha, group, "good evening")
    await bench.people.edit(said, "good morning")
    await bench.people.edit(said, "/rules")
    await bench.people.edit(await bench.people.say(asha, None, "/help"), "hello bot")
    await bench.settle()
    first, second = bench.core.of(TextPosted)
    assert (first.edited, second.edited, second.text) == (False, True, "good morning")
    assert first.message == second.message
    assert first.link == f"https://t.me/c/{str(group.id).removeprefix('-100')}/{said.id}"
    bench.core.wanted = set()
    await bench.people.edit(said, "good night")
    await bench.settle()
    assert len(bench.core.of(TextPosted)) == 2


async def test_quotes_and_code_are_marked_captions_are_words_and_what_is_passed_on_is_nobodys(
    bench: Bench, asha: Someone, group: Group
) -> None:
    bench.core.wanted = {TextPosted}
    quote: dict[str, Any] = {"entities": [{"type": "blockquote", "offset": 3, "length": 11}]}
    await bench.people.say(asha, group, "\U0001f600\ntake two\nor\nno", **quote)
    code: dict[str, Any] = {"entities": [{"type": "code", "offset": 4, "length": 4}]}
    await bench.people.say(asha, group, "see take it", **code)
    await bench.world.update(
        "message",
        bench.world.wire(await bench.people.say(asha, group, "", heard=False)) | {"caption": "my new pump"},
    )
    forwarded: dict[str, Any] = {
        "forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 1_764_000_000}
    }
    await bench.people.say(asha, group, "you should take two", **forwarded)
    await bench.settle()
    assert [one.text for one in bench.core.of(TextPosted)] == [
        "\U0001f600\n> take two\n> or\nno",
        "see ```take``` it",
        "my new pump",
    ]


async def test_updates_of_kinds_and_with_fields_nobody_knows_are_passed_over(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.world.update("guest_message", {"hello": 1})
    await bench.world.update("message", {"nothing": "of use"})
    await bench.people.say(asha, group, "/rules", something_new={"a": 1})
    await bench.settle()
    assert [one.name for one in bench.core.of(CommandGiven)] == ["rules"]


async def test_a_public_answer_goes_where_it_was_asked(bench: Bench, asha: Someone, group: Group) -> None:
    topic = await bench.people.open_topic(asha, group, "Pumps")

    def answer(event: Event) -> list[object]:
        return [reply("These are our rules.", private=False)]

    bench.core.answers = answer  # type: ignore[assignment]
    await bench.people.say(asha, group, "/rules", topic=topic)
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert {said.thread for said in bench.sees(asha)} == {topic.id, None}
    given = bench.core.of(CommandGiven)
    assert {one.place.thread for one in given} == {str(topic.id), None}
    assert all(one.on is None for one in given)


async def test_a_reply_in_a_plain_supergroup_is_no_topic(bench: Bench, asha: Someone) -> None:
    plain = bench.world.group("Plain", asha)
    plain.bot_status = "administrator"
    first = await bench.people.say(asha, plain, "hello")
    bench.core.answers = lambda event: [reply("Rules.", private=False)]
    await bench.people.say(asha, plain, "/rules", reply_to=first)
    await bench.settle()
    given = bench.core.of(CommandGiven)[0]
    assert given.place.thread is None
    assert given.on is not None
    assert given.on.id == str(first.id)
    assert "message_thread_id" not in bench.stand_in.called("sendMessage")[-1]


async def test_menus_are_set_for_each_scope_and_language(bench: Bench) -> None:
    members = bench.world.commands["all_group_chats", ""]
    assert [one["command"] for one in members] == ["rules", "agree_rules", "signpost", "help"]
    moderators = bench.world.commands["all_chat_administrators", "de"]
    assert "remind" in [one["command"] for one in moderators]
    private = bench.world.commands["all_private_chats", ""]
    assert [one["command"] for one in private] == ["rules", "agree_rules", "signpost", "help"]
    told = len(bench.stand_in.called("setMyCommands"))
    await bench.restart()
    assert len(bench.stand_in.called("setMyCommands")) == told
