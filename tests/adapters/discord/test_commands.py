"""The command table on Discord: as rows say, in every language, told only when something changed."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.commands import COMMANDS as REAL
from bot.contract.events import CommandGiven
from bot.reach import Phrases
from bot.texts import Texts
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.small_core import command


def registrations(bench: Bench) -> int:
    return sum(request.startswith("PUT /applications") for request in bench.stand_in.rest.requests)


def named(bench: Bench, name: str) -> dict[str, Any]:
    return next(one for one in bench.stand_in.rest.commands if one["name"] == name)


async def test_commands_are_registered_with_help_options_and_suggestions(bench: Bench) -> None:
    rules = named(bench, "rules")
    assert rules["description"] == "help of rules"
    assert rules["description_localizations"] == {"de": "Unsere Regeln"}
    assert rules["name_localizations"] == {"de": "regeln"}
    (option,) = rules["options"]
    assert option["description"] == "number or word"
    assert (option["required"], option["autocomplete"]) == (False, True)
    assert named(bench, "post")["options"] == []


async def test_commands_for_moderators_are_hidden_from_others(bench: Bench) -> None:
    for name in ("desk", "why", "Why this reminder?"):
        assert named(bench, name)["default_member_permissions"] == 1 << 40
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


MADE_UP = {
    "commands.rules.name": "Unsere Regeln",
    "commands.rules.help": "Die Regeln dieser Gruppe lesen",
    "commands.rules.argument": "Nummer oder Wort",
    "commands.words": "Worte",
    "commands.help.name": "Hilfe!",  # Discord would refuse this
    "commands.me.name": "hilfe",
    "commands.privacy.name": "Hilfe",  # the same again
    "commands.desk.name": "rules",  # another one's own name
    "commands.urgent.name": "x" * 33,
    "commands.remind.menu": "Sanft erinnern",
}


@pytest.fixture
async def in_two_languages(unconnected: Bench, tmp_path: Path) -> Bench:
    """The real table, with a catalogue of a second language that somebody has begun."""
    for file in (files("bot") / "texts" / "en").iterdir():
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / "en" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "de").mkdir()
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for key, text in MADE_UP.items():
        lines += [f'msgid "{key}"', f'msgstr "{text}"', ""]
    (tmp_path / "de" / "commands.po").write_text("\n".join(lines), encoding="utf-8")
    texts = Texts.load(tmp_path)
    bench = unconnected
    bench.table, bench.phrase, bench.languages = REAL, Phrases(texts), texts.languages
    await bench.connect()
    return bench


async def test_names_and_descriptions_are_translated_where_a_catalogue_has_them(
    in_two_languages: Bench,
) -> None:
    bench = in_two_languages
    rules = named(bench, "rules")
    assert rules["name_localizations"] == {"de": "unsere-regeln"}
    assert rules["description_localizations"] == {"de": "Die Regeln dieser Gruppe lesen"}
    (option,) = rules["options"]
    assert option["name_localizations"] == {"de": "worte"}
    assert option["description_localizations"] == {"de": "Nummer oder Wort"}
    assert named(bench, "Gentle reminder")["name_localizations"] == {"de": "Sanft erinnern"}
    assert named(bench, "signpost")["name_localizations"] == {}


async def test_a_name_that_discord_would_refuse_is_not_told(in_two_languages: Bench) -> None:
    bench = in_two_languages
    names = {one["name"]: one["name_localizations"] for one in bench.stand_in.rest.commands}
    assert names["me"] == {"de": "hilfe"}
    assert [names[name] for name in ("help", "privacy", "desk", "urgent")] == [{}] * 4


async def test_nothing_is_registered_again_for_a_second_language(in_two_languages: Bench) -> None:
    await in_two_languages.restart()
    assert registrations(in_two_languages) == 1


async def test_every_command_with_a_menu_has_one_of_at_most_five(in_two_languages: Bench) -> None:
    menus = [one["name"] for one in in_two_languages.stand_in.rest.commands if one["type"] == 3]
    assert {"Gentle reminder", "I'm worried"} <= set(menus)
    assert len(menus) == sum(bool(command.menu) for command in REAL) <= 5


async def test_a_menu_appears_with_the_row_that_has_one(unconnected: Bench) -> None:
    bench = unconnected
    await bench.connect()
    before = [one["name"] for one in bench.stand_in.rest.commands]
    bench.table = (*bench.table, command("worried", menu="I'm worried"))
    await bench.restart()
    assert [one["name"] for one in bench.stand_in.rest.commands if one["name"] not in before] == [
        "worried",
        "I'm worried",
    ]
    about = await bench.people.write(bench.mo, bench.general, "I give up.")
    await bench.people.menu(bench.asha, bench.general, "I'm worried", about)
    (event,) = bench.core.of(CommandGiven)
    assert (event.name, event.on and event.on.id) == ("worried", about.id)
