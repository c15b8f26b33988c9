"""The command table on Discord: as rows say, in every language, told only when something changed."""

from typing import Any

from tests.adapters.discord.conftest import Bench


def registrations(bench: Bench) -> int:
    return sum(request.startswith("PUT /applications") for request in bench.stand_in.rest.requests)


def named(bench: Bench, name: str) -> dict[str, Any]:
    return next(one for one in bench.stand_in.rest.commands if one["name"] == name)


async def test_commands_are_registered_with_help_options_and_suggestions(bench: Bench) -> None:
    rules = named(bench, "rules")
    assert rules["description"] == "help of rules"
    assert rules["description_localizations"] == {"de": "Unsere Regeln"}
    (option,) = rules["options"]
    assert option["description"] == "number or word"
    assert (option["required"], option["autocomplete"]) == (False, True)
    assert named(bench, "post")["options"] == []


async def test_commands_for_moderators_are_hidden_from_others(bench: Bench) -> None:
    assert named(bench, "remind")["default_member_permissions"] == 1 << 40
    assert named(bench, "rules")["default_member_permissions"] is None


async def test_only_commands_that_work_outside_a_group_are_offered_in_private_chats(bench: Bench) -> None:
    assert named(bench, "signpost")["contexts"] == [0, 1]
    assert named(bench, "rules")["contexts"] == [0, 1]


async def test_a_menu_on_messages_stands_beside_its_command(bench: Bench) -> None:
    menu = named(bench, "Gentle reminder")
    assert (menu["type"], menu["default_member_permissions"]) == (3, None)


async def test_nothing_is_registered_again_when_nothing_changed(bench: Bench) -> None:
    await bench.restart()
    assert registrations(bench) == 1


async def test_what_discord_adds_by_itself_is_no_change(bench: Bench) -> None:
    for one in bench.stand_in.rest.commands:
        one |= {"guild_id": None, "dm_permission": True, "integration_types": [0]}
        if one["default_member_permissions"] is not None:
            one["default_member_permissions"] = str(one["default_member_permissions"])
        one["description_localizations"] = one.get("description_localizations") or None
        for option in one.get("options", []):
            option.pop("required")
    await bench.restart()
    assert registrations(bench) == 1


async def test_a_changed_table_is_registered_again(bench: Bench) -> None:
    bench.stand_in.rest.commands[0]["description"] = "of an older version"
    await bench.restart()
    assert registrations(bench) == 2
