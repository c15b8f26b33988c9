"""The tables agree with each other: commands, buttons, forms, happenings, and every text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.buttons import BUTTONS, FORMS, together
from bot.commands import COMMANDS
from bot.contract.payload import decode, encode
from bot.happenings import DEADLINES
from bot.texts import Texts
from bot.typed_forms import TypedForms
from ground_rules.refusals import Reason

ROOT = Path(__file__).parent.parent
TEXTS = Texts.load()
ON = {command.name for command in COMMANDS}
ORDER = [
    "rules",
    "signpost",
    "urgent",
    "agree-rules",
    "me",
    "privacy",
    "help",
    "desk",
    "remind",
    "why",
    "worried",
]
A_COMMAND = re.compile(r"(?<![\w/.:])/([a-z][a-z-]*)")
A_KEY = re.compile(r"[a-z][a-z_-]*(\.[A-Za-z0-9_/-]+)+")

# Loggers of the platforms' libraries, which adapters and the log name: they only look like keys.
LOGGERS = {
    "discord.client",
    "discord.http",
    "discord.webhook.async_",
    "discord.gateway",
    "discord.state",
    "telegram.request",
}

# Keys that no literal in the code spells: they are made from values that other tests list.
MADE_ELSEWHERE = re.compile(r"(topic|country|principle|starter|dates\.zone|refusals)\..*")


def test_commands_stand_in_the_order_of_the_issue() -> None:
    assert [command.name for command in COMMANDS] == ORDER


def test_every_command_has_help_of_at_most_100_characters_and_an_argument() -> None:
    t = TEXTS.reader()
    for command in COMMANDS:
        assert 0 < len(t.plain(command.help)) <= 100
        assert command.argument is None or t.plain(command.argument)
        assert t.plain(command.called) == command.name


def test_no_text_in_any_language_names_a_command_that_is_not_on() -> None:
    found = [
        f"{language}, {key}: /{name}"
        for language, catalogue in TEXTS.catalogues.items()
        for key, forms in catalogue.entries.items()
        for form in forms
        for name in A_COMMAND.findall(re.sub(r"\]\([^)]*\)|https?://\S+|\w+\.\w+/\S+", " ", form))
        if name not in ON
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", BUTTONS)
def test_a_button_can_be_typed_and_is_then_the_same_button(kind: str) -> None:
    words = BUTTONS[kind].typed.split()
    assert words[0] in ON
    assert len(words) > 1
    blanks = [word for word in words if word.startswith("<")]
    arguments = [str(number) for number, _ in enumerate(blanks, start=71)]
    given = iter(arguments)
    typed = [next(given) if word.startswith("<") else word for word in words]
    assert TypedForms(BUTTONS).payload(typed[0], " ".join(typed[1:])) == encode(kind, *arguments)
    upper = " ".join(word.upper() for word in typed[1:])
    assert TypedForms(BUTTONS).payload(typed[0], upper) == encode(kind, *arguments)


def test_no_two_buttons_are_typed_alike() -> None:
    shapes = [re.sub(r"<\w+>", "<>", press.typed) for press in BUTTONS.values()]
    assert len(shapes) == len(set(shapes))


@pytest.mark.parametrize("words", ["a" * 5000, "desk " * 900, "😀", "<topic>", "x-y", "signpost", ""])
def test_typing_anything_at_all_is_a_button_or_none(words: str) -> None:
    for command in COMMANDS:
        payload = TypedForms(BUTTONS).payload(command.name, words)
        assert payload is None or decode(payload) is not None


def test_kinds_of_buttons_and_forms_fit_a_payload() -> None:
    for kind in (*BUTTONS, *FORMS):
        assert decode(encode(kind, 2**31, 2**31, community=2**31)) is not None


def test_every_refusal_has_its_words() -> None:
    missing = [reason for reason in Reason if f"refusals.{reason.value.replace('_', '-')}" not in TEXTS.keys]
    assert not missing, missing


def test_every_deadline_that_is_put_has_a_feature() -> None:
    put = {
        node.args[1].value
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "put"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    }
    assert put <= set(DEADLINES), put - set(DEADLINES)


def test_every_key_in_the_code_stands_in_the_catalogue() -> None:
    begins = {key.split(".")[0] for key in TEXTS.keys}
    missing = [
        f"{path.relative_to(ROOT)}: {text}"
        for path, tree in modules()
        for text in literals(tree)
        if A_KEY.fullmatch(text) and text.split(".")[0] in begins
        if text not in TEXTS.keys and text not in LOGGERS
        if not text.endswith(("-", ".", ".po", ".py", ".yaml", ".db", ".key"))
    ]
    assert not missing, "\n".join(missing)


def test_every_key_that_is_made_of_parts_finds_entries() -> None:
    begins = {key.split(".")[0] for key in TEXTS.keys}
    lost = [
        f"{path.relative_to(ROOT)}: {pattern}"
        for path, tree in modules()
        for pattern in patterns(tree)
        if pattern.split("\\.")[0] in begins and not any(re.fullmatch(pattern, key) for key in TEXTS.keys)
    ]
    assert not lost, "\n".join(lost)


def test_every_key_of_the_catalogue_is_used() -> None:
    said = {text for _, tree in modules() for text in literals(tree)}
    made = [re.compile(pattern) for _, tree in modules() for pattern in patterns(tree)]
    begun = tuple(text for text in said if re.fullmatch(r"[a-z_-]+\.([a-z-]*-)?", text))
    ends = {end for _, tree in modules() for end in endings(tree)}
    unused = [
        key
        for key in sorted(TEXTS.keys)
        if key not in said
        and not MADE_ELSEWHERE.fullmatch(key)
        and not key.startswith(begun)
        and not any(key.endswith(end) and key.removesuffix(end) in said for end in ends)
        and not any(pattern.fullmatch(key) for pattern in made)
    ]
    assert not unused, "\n".join(unused)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("bot", "adapters", "ground_rules"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def literals(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def patterns(tree: ast.Module) -> Iterator[str]:
    """Keys with a value inside, as patterns: only those that begin with a whole first part."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[A-Za-z0-9_/-]+"
                for part in node.values
            ]
            pattern = "".join(str(part) for part in parts)
            if re.match(r"[a-z-]+\\\.|[a-z]+\\-[a-z]+\\\.", pattern):
                yield pattern


def endings(tree: ast.Module) -> Iterator[str]:
    """What is put behind a key that is a value: "-label" of f"{title}-label"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and len(node.values) == 2:
            key, end = node.values
            text = str(end.value) if isinstance(end, ast.Constant) else ""
            if isinstance(key, ast.FormattedValue) and re.fullmatch(r"[-.][a-z-]+", text):
                yield text


@pytest.mark.parametrize("file", [*(ROOT / "bot" / "buttons").glob("*.py"), ROOT / "bot" / "happenings.py"])
def test_no_row_of_a_table_hides_another(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = [ast.unparse(key) for key in node.keys if key is not None]
            assert sorted(keys) == sorted(set(keys))


def test_a_kind_of_button_that_stands_in_two_tables_is_an_error() -> None:
    with pytest.raises(ValueError, match="desk"):
        together([BUTTONS, {"desk": BUTTONS["desk"]}])
