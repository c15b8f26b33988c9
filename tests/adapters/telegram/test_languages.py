"""Languages: a made-up Spanish and Brazilian catalogue, menus by scope, people with one, another and none."""

from pathlib import Path

import pytest

from adapters.telegram import Settings, build
from bot.commands import COMMANDS
from bot.contract.command import Who
from bot.reach import Phrases
from bot.texts import Texts
from tests.adapters.telegram.conftest import QUICK, Bench
from tests.adapters.telegram.small_core import phrase, reply
from tests.adapters.telegram.stand_in import Group

HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def catalogue(folder: Path, language: str, **entries: str) -> None:
    (folder / language).mkdir()
    lines = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in entries.items()]
    (folder / language / "made-up.po").write_text(HEAD.format(language) + "\n".join(lines), encoding="utf-8")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """English as it is, and a little of two other languages."""
    folder = tmp_path / "texts"
    folder.mkdir()
    helps = {command.help: f"{command.name} en español" for command in COMMANDS}
    private = {"telegram.answer-waits": "Tu respuesta espera.", "telegram.open-private": "Abrir el chat"}
    catalogue(folder, "es", **helps, **private)
    catalogue(folder, "pt_BR", **{COMMANDS[0].help: "em português"})
    return Texts({**Texts.load().catalogues, **Texts.load(folder).catalogues})


@pytest.fixture
async def spanish(unconnected: Bench, texts: Texts, tmp_path: Path) -> Bench:
    def make() -> None:
        settings = Settings(
            token=unconnected.stand_in.token,
            folder=tmp_path,
            api_base=unconnected.stand_in.address,
            pace=QUICK,
        )
        unconnected.telegram = build(
            settings=settings, commands=COMMANDS, phrase=Phrases(texts), languages=texts.languages
        )

    unconnected.make = make  # type: ignore[method-assign]
    await unconnected.connect()
    return unconnected


def menu(bench: Bench, scope: str, language: str) -> dict[str, str]:
    return {one["command"]: one["description"] for one in bench.world.commands[scope, language]}


async def test_each_scope_has_its_menu_in_each_language(spanish: Bench, texts: Texts) -> None:
    assert {language for _, language in spanish.world.commands} == {"", "es", "pt"}
    for language in ("", "es", "pt"):
        members = menu(spanish, "all_group_chats", language)
        moderators = menu(spanish, "all_chat_administrators", language)
        private = menu(spanish, "all_private_chats", language)
        assert set(members) < set(moderators)
        assert "desk" in moderators
        assert "desk" not in members
        assert set(members) <= set(private)
        everybody = [one for one in COMMANDS if one.who is Who.MEMBERS]
        assert set(members) == {one.name.replace("-", "_") for one in everybody}
    assert set(menu(spanish, "all_chat_administrators", "es").values()) == {
        f"{command.name} en español" for command in COMMANDS
    }
    english = texts.reader(None)
    for command in COMMANDS:
        assert menu(spanish, "all_chat_administrators", "")[command.name.replace("-", "_")] == english.plain(
            command.help
        )
    first, second = (command.name.replace("-", "_") for command in COMMANDS[:2])
    brazilian = menu(spanish, "all_chat_administrators", "pt")
    assert brazilian[first] == "em português"
    assert brazilian[second] == english.plain(COMMANDS[1].help)


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Tu respuesta espera."), ("es-MX", "Tu respuesta espera."), ("de", None), (None, None)],
)
async def test_the_adapters_own_words_are_in_the_language_of_whoever_asks(
    spanish: Bench, texts: Texts, language: str | None, words: str | None
) -> None:
    ana = spanish.world.somebody("Ana", language=language)
    group: Group = spanish.world.group("Type 1", ana)
    group.bot_status = "administrator"
    spanish.core.answers = lambda event: [reply("privado")]
    await spanish.people.say(ana, group, "/rules")
    await spanish.settle()
    assert spanish.texts(ana) == [words or texts.reader(None).plain("telegram.answer-waits")]
    assert spanish.core.events[0].person.locale == language  # type: ignore[union-attr]


async def test_menus_are_told_anew_when_their_words_change(spanish: Bench) -> None:
    told = len(spanish.stand_in.called("setMyCommands"))
    await spanish.restart()
    assert len(spanish.stand_in.called("setMyCommands")) == told
    del spanish.make  # the small core's own commands from now on
    await spanish.restart()
    assert menu(spanish, "all_group_chats", "de")["rules"] == phrase("help of rules", "de")
