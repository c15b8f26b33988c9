"""People and servers come and go, also while nobody listens."""

import time

from bot.contract.events import GroupAdded, GroupRemoved, MemberJoined, MemberLeft, TextPosted, ThreadOpened
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.stand_in import Member, Someone
from tests.adapters.discord.stand_in.world import AUDIT, BOT_NEEDS, FORUM, SEND, iso

MONTHS_AGO = iso(time.time() - 9e6)


def newcomers(bench: Bench) -> list[str]:
    return [event.person.name for event in bench.core.of(MemberJoined)]


async def test_a_newcomer_has_come_when_screening_is_over_and_not_before(bench: Bench) -> None:
    noor = Someone("Noor")
    await bench.people.join(bench.guild, noor, pending=True)
    await bench.settle()
    assert newcomers(bench) == []
    await bench.people.accept_rules(bench.guild, noor)
    await bench.people.accept_rules(bench.guild, noor)
    await bench.settle()
    assert newcomers(bench) == ["Noor"]
    (event,) = bench.core.of(MemberJoined)
    assert (event.place.group, event.person.joined_at is not None) == (bench.guild.id, True)


async def test_without_screening_a_newcomer_has_come_at_once(bench: Bench) -> None:
    await bench.people.join(bench.guild, Someone("Noor"))
    await bench.settle()
    assert newcomers(bench) == ["Noor"]
    assert bench.core.of(MemberJoined)[0].group_size == 3


async def test_a_member_of_long_standing_who_is_told_of_again_is_no_newcomer(bench: Bench) -> None:
    await bench.people.join(bench.guild, bench.asha, joined_at=MONTHS_AGO)
    await bench.settle()
    assert newcomers(bench) == []


async def test_bots_are_no_newcomers(bench: Bench) -> None:
    await bench.people.join(bench.guild, Someone("Helper", bot=True))
    await bench.settle()
    assert newcomers(bench) == []


async def test_leaving_is_told_and_coming_again_too(bench: Bench) -> None:
    noor = Someone("Noor")
    await bench.people.join(bench.guild, noor)
    await bench.people.leave(bench.guild, noor)
    await bench.people.join(bench.guild, noor)
    await bench.settle()
    assert len(bench.core.of(MemberLeft)) == 1
    assert newcomers(bench) == ["Noor", "Noor"]


async def test_other_changes_of_a_member_are_no_arrival(bench: Bench) -> None:
    bench.guild.members[bench.asha.id].joined_at = MONTHS_AGO
    await bench.people.accept_rules(bench.guild, bench.asha)
    await bench.settle()
    assert newcomers(bench) == []


async def test_whoever_came_while_the_bot_was_away_is_found_once(bench: Bench) -> None:
    await bench.ready()
    bench.guild.members[bench.asha.id].joined_at = MONTHS_AGO
    bench.core.events.clear()
    waiting, noor = Someone("Still reading"), Someone("Noor")
    await bench.disconnect()
    bench.guild.members[noor.id] = Member(noor)
    bench.guild.members[waiting.id] = Member(waiting, pending=True)
    await bench.connect()
    await bench.ready()
    assert newcomers(bench) == ["Noor"]
    await bench.people.accept_rules(bench.guild, waiting)
    await bench.settle()
    assert newcomers(bench) == ["Noor", "Still reading"]


async def test_a_resumed_connection_hears_what_it_missed(bench: Bench) -> None:
    await bench.ready()
    await bench.stand_in.gateway.drop()
    await bench.people.join(bench.guild, Someone("Noor"))
    await bench.stand_in.gateway.connected.wait()
    await bench.settle()
    assert bench.stand_in.gateway.resumed == 1
    assert newcomers(bench)[-1] == "Noor"


async def test_a_session_that_could_not_be_resumed_is_made_up_for(bench: Bench) -> None:
    await bench.ready()
    bench.guild.members[bench.asha.id].joined_at = MONTHS_AGO
    bench.core.events.clear()
    screened = Someone("Screened")
    await bench.people.join(bench.guild, screened, pending=True)
    await bench.settle()
    bench.stand_in.gateway.forgets_sessions = True
    await bench.stand_in.gateway.drop()
    bench.guild.members[screened.id].pending = False
    await bench.stand_in.gateway.connected.wait()
    await bench.ready()
    assert newcomers(bench) == ["Screened"]


async def test_many_servers_are_looked_through_one_by_one_with_a_pause_after_each(unconnected: Bench) -> None:
    bench = unconnected
    for number in range(3):
        guild = bench.world.guild(f"Server {number}", bench.mo)
        for _ in range(2):
            one = Someone("Noor")
            guild.members[one.id] = Member(one)
    bench.pace(lookup=0.15)
    begun = time.monotonic()
    await bench.connect()
    await bench.ready()
    assert time.monotonic() - begun >= 4 * 0.15
    assert newcomers(bench).count("Noor") == 6


async def test_whoever_added_the_bot_is_known_from_the_audit_log(bench: Bench) -> None:
    other = bench.world.guild("Another", Someone("Owner"))
    await bench.people.add_bot(other, bench.asha)
    await bench.settle()
    (event,) = bench.core.of(GroupAdded)
    assert (event.person.id, event.person.is_moderator) == (bench.asha.id, True)
    assert (event.place.group, event.place.channel) == (other.id, other.channels[0].id)


async def test_without_a_look_at_the_audit_log_the_owner_is_asked(bench: Bench) -> None:
    owner = Someone("Owner")
    other = bench.world.guild("Another", owner)
    other.bot_permissions = BOT_NEEDS & ~AUDIT
    await bench.people.add_bot(other, bench.asha)
    await bench.settle()
    assert bench.core.of(GroupAdded)[0].person.id == owner.id


async def test_the_bot_begins_in_a_channel_that_it_can_write_in(bench: Bench) -> None:
    other = bench.world.guild("Another", Someone("Owner"))
    other.channels[0].denied = SEND
    chat = other.channel("chat")
    await bench.people.add_bot(other)
    await bench.settle()
    assert bench.core.of(GroupAdded)[0].place.channel == chat.id


async def test_a_server_in_which_the_bot_may_write_nowhere_says_so(bench: Bench) -> None:
    other = bench.world.guild("Another", Someone("Owner"))
    other.channels[0].denied = SEND
    await bench.people.add_bot(other)
    await bench.settle()
    (event,) = bench.core.of(GroupAdded)
    assert (event.missing, event.called) == (("send_messages",), "#general")


async def test_a_removal_is_told_and_an_outage_is_none(bench: Bench) -> None:
    await bench.people.lose(bench.guild)
    await bench.people.find_again(bench.guild)
    await bench.settle()
    assert bench.core.of(GroupRemoved) == []
    assert bench.core.of(GroupAdded) == []
    await bench.people.remove_bot(bench.guild)
    await bench.settle()
    assert bench.core.of(GroupRemoved)[0].place.group == bench.guild.id


async def test_servers_that_added_or_removed_the_bot_meanwhile_are_found(bench: Bench) -> None:
    await bench.disconnect()
    bench.guild.has_bot = False
    other = bench.world.guild("Another", Someone("Owner"))
    await bench.connect()
    await bench.ready()
    assert bench.core.of(GroupAdded)[0].place.group == other.id
    assert [event.place.group for event in bench.core.of(GroupRemoved)] == [bench.guild.id]


async def test_a_server_that_is_unavailable_at_the_start_is_not_removed(bench: Bench) -> None:
    await bench.disconnect()
    bench.guild.available = False
    await bench.connect()
    await bench.ready()
    assert bench.core.of(GroupRemoved) == []


async def test_a_forum_post_is_told_once_with_its_tags(bench: Bench) -> None:
    tags = [{"id": "71", "name": "Hypos", "moderated": False, "emoji_id": None, "emoji_name": None}]
    forum = bench.guild.channel("living-with", FORUM, tags=tags)
    await bench.people.change_channel(forum)
    await bench.restart()
    thread = await bench.people.post(bench.asha, forum, "Low at night", "Help", "Hypos")
    await bench.stand_in.gateway.tell(
        "THREAD_CREATE", thread.wire() | {"newly_created": True}, bench.guild.id
    )
    await bench.settle()
    (event,) = bench.core.of(ThreadOpened)
    assert (event.place.channel, event.place.thread) == (forum.id, thread.id)
    assert (event.title, event.tags, event.person.id) == ("Low at night", ("Hypos",), bench.asha.id)


async def test_commands_work_inside_a_post(bench: Bench) -> None:
    forum = bench.guild.channel("living-with", FORUM)
    await bench.restart()
    thread = await bench.people.post(bench.asha, forum, "Low at night", "Help")
    await bench.people.command(bench.asha, thread, "signpost", "hypo")
    place = bench.core.events[-1].place  # type: ignore[union-attr]
    assert (place.channel, place.thread) == (forum.id, thread.id)


async def test_ordinary_messages_are_heard_only_if_somebody_wants_them(unconnected: Bench) -> None:
    bench = unconnected
    bench.set(message_content=True)
    await bench.connect()
    await bench.people.write(bench.asha, bench.general, "hello all")
    await bench.settle()
    assert [event.text for event in bench.core.of(TextPosted)] == ["hello all"]
    bench.core.unwanted = {TextPosted}
    await bench.people.write(bench.asha, bench.general, "again")
    await bench.settle()
    assert len(bench.core.of(TextPosted)) == 1


async def test_an_edited_message_is_heard_as_such_and_a_preview_of_a_link_is_none(unconnected: Bench) -> None:
    bench = unconnected
    bench.set(message_content=True)
    await bench.connect()
    said = await bench.people.write(bench.asha, bench.general, "hello all")
    await bench.people.preview(bench.asha, said)
    await bench.people.edit(bench.asha, said, "hello everybody")
    await bench.settle()
    first, second = bench.core.of(TextPosted)
    assert (first.edited, second.edited) == (False, True)
    assert (second.text, second.message, second.place) == ("hello everybody", first.message, first.place)
    assert first.person.joined_at is not None
    assert second.person == first.person
    assert first.link == f"https://discord.com/channels/{bench.guild.id}/{bench.general.id}/{said.id}"
    bench.core.unwanted = {TextPosted}
    await bench.people.edit(bench.asha, said, "hello")
    await bench.settle()
    assert len(bench.core.of(TextPosted)) == 2


async def test_system_messages_webhooks_and_other_bots_are_not_listened_to(unconnected: Bench) -> None:
    bench = unconnected
    bench.set(message_content=True)
    await bench.connect()
    await bench.people.write(bench.asha, bench.general, "", type=7)
    await bench.people.write(Someone("Hook"), bench.general, "hello", webhook="5")
    await bench.people.write(Someone("Helper", bot=True), bench.general, "hello")
    await bench.settle()
    assert bench.core.of(TextPosted) == []


async def test_names_are_handed_on_as_they_are(bench: Bench) -> None:
    name = "**Bold** @everyone \u202eabc"
    await bench.people.join(bench.guild, Someone(name))
    await bench.settle()
    assert newcomers(bench)[-1] == name
