"""What ``common-ground check`` finds on Telegram's side."""

from collections.abc import Sequence
from pathlib import Path

from adapters.telegram import Settings, check
from tests.adapters.telegram.conftest import QUICK, Bench
from tests.adapters.telegram.small_core import phrase
from tests.adapters.telegram.stand_in import Group, Someone


async def keys(bench: Bench, folder: Path, groups: Sequence[Group], token: str | None = None) -> list[str]:
    settings = Settings(
        token=token or bench.stand_in.token, folder=folder, api_base=bench.stand_in.address, pace=QUICK
    )
    found = await check(settings, phrase, [str(group.id) for group in groups])
    assert all(one.values.get("group") == "Type 1" for one in found if ".group" in one.key)
    return [one.key.removeprefix("telegram.check.") for one in found]


async def test_all_is_well(bench: Bench, group: Group, tmp_path: Path) -> None:
    assert await keys(bench, tmp_path, [group]) == ["token", "group-good"]
    assert bench.stand_in.called("sendMessage") == []


async def test_rights_that_lack_are_named_one_by_one(bench: Bench, group: Group, tmp_path: Path) -> None:
    for right, key in (
        ("can_delete_messages", "no-delete"),
        ("can_pin_messages", "no-pin"),
        ("can_invite_users", "no-invite"),
        ("can_manage_topics", "no-topics"),
    ):
        group.rights.discard(right)
        assert await keys(bench, tmp_path, [group]) == ["token", key]
        group.rights.add(right)
    group.forum = False
    group.rights.discard("can_manage_topics")
    assert await keys(bench, tmp_path, [group]) == ["token", "group-good"]


async def test_an_ordinary_member_is_told_about_privacy_mode(
    bench: Bench, group: Group, tmp_path: Path
) -> None:
    group.bot_status = "member"
    assert await keys(bench, tmp_path, [group]) == ["token", "not-administrator", "privacy-on"]
    bench.world.privacy = False
    assert await keys(bench, tmp_path, [group]) == ["token", "not-administrator", "privacy-off"]


async def test_groups_without_the_bot_and_wrong_tokens_are_found(
    bench: Bench, asha: Someone, group: Group, tmp_path: Path
) -> None:
    group.bot_status = "left"
    unknown = Group(-100123, "Type 1")
    assert await keys(bench, tmp_path, [group, unknown]) == ["token", "not-in-group", "no-group"]
    assert await keys(bench, tmp_path, [], "4242:wrong_token_altogether") == ["telegram.wrong-token"]
    await bench.disconnect()
    await bench.stand_in.stop()
    assert await keys(bench, tmp_path, []) == ["unreachable"]
