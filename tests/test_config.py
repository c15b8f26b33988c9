"""Settings: what wins over what, and a sentence with file, line, key and what to do for each mistake."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.config import SECRETS, Config, ConfigError, known_keys, load
from bot.config_values import COUNTRIES
from bot.directory import Directory
from bot.init import init

EXAMPLE = Path(__file__).parent.parent / "config.example.yaml"
KEY = "k" * 40
DISCORD_TOKEN = ".".join(("M" * 26, "Gabcde", "x" * 38))
TELEGRAM_TOKEN = "1234567890:" + "A" * 35
READS_EVERYTHING = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def refusal(file: Path, text: str, **environ: str) -> list[str]:
    """What load says against this file, without the folder's name in front."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file, environ)
    return [message.replace(f"{file.parent}{os.sep}", "") for message in refused.value.messages]


def test_without_a_file_everything_has_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(None, {})
    assert config.database.url == f"sqlite:///{tmp_path.as_posix()}/data/common-ground.db"
    assert config.rehearsal.port == 8765
    assert config.defaults.quiet_hours.start == "21:00"
    assert config.secret_key is None


def test_an_empty_file_and_keys_without_a_value_count_as_not_set(file: Path) -> None:
    file.write_text("database:\nlog:\n  level:\n")
    assert load(file, {}).log.level == "info"
    file.write_text("# nothing\n")
    assert load(file, {}).log.level == "info"


def test_yaml_1_2_keeps_times_and_no_as_text(file: Path) -> None:
    file.write_text("defaults:\n  language: no\n  quiet_hours:\n    from: 22:30\n    until: 07:00\n")
    defaults = load(file, {}).defaults
    assert (defaults.language, defaults.quiet_hours.start, defaults.quiet_hours.end) == (
        "no",
        "22:30",
        "07:00",
    )


def test_the_environment_wins_over_secret_files_and_those_over_the_config_file(file: Path) -> None:
    secrets = file.parent / "secrets"
    secrets.mkdir()
    (secrets / "discord__token").write_text("from-file\n")
    (secrets / "TELEGRAM.TOKEN").write_text("from-file")
    (secrets / "somebody-elses").write_bytes(b"\xff\xfe")
    file.write_text("secret_folders: [secrets]\nlog:\n  level: error\n  format: json\n")
    config = load(file, {"COMMON_GROUND_LOG__LEVEL": "DEBUG", "COMMON_GROUND_DISCORD__TOKEN": "from-env"})
    assert (config.log.level, config.log.format) == ("debug", "json")
    assert config.discord.token is not None
    assert config.telegram.token is not None
    assert config.discord.token.get_secret_value() == "from-env"
    assert config.telegram.token.get_secret_value() == "from-file"


def test_a_folder_handed_over_by_systemd_is_found_by_itself(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(KEY + "\n")
    assert load(None, {"CREDENTIALS_DIRECTORY": str(tmp_path)}).key() == KEY


def test_an_empty_variable_counts_as_not_set_and_foreign_ones_are_left_alone() -> None:
    environ = {"COMMON_GROUND_LOG__LEVEL": "", "COMMON_GROUND_REQUIRE_BROWSER": "1", "PATH": "/bin"}
    assert load(None, environ).log.level == "info"


def test_a_relative_file_is_found_from_the_folder_of_the_config_file(file: Path) -> None:
    file.write_text("database:\n  url: sqlite:///kept/here.db?timeout=3\nsecret_key_file: my.key\n")
    (file.parent / "my.key").write_text(KEY + "\n")
    config = load(file, {})
    assert config.database.url == f"sqlite:///{file.parent.as_posix()}/kept/here.db?timeout=3"
    assert config.key() == KEY


@pytest.mark.parametrize("url", ["sqlite:////srv/group.db", "postgresql://me:pw@db.example/group"])
def test_an_absolute_file_and_postgresql_stay_as_written(file: Path, url: str) -> None:
    file.write_text(f"database:\n  url: {url}\n")
    assert load(file, {}).database.url == url


MISTAKES = [
    ("log:\n  levl: info\n", "config.yaml:2: log.levl: there is no such key. Did you mean log.level?"),
    ("\nlgo:\n  level: info\n", "config.yaml:2: lgo: there is no such key. Did you mean log?"),
    ("  url: sqlite:///x.db\n", "config.yaml:1: url: there is no such key. Did you mean database.url?"),
    (
        "rehearsal:\n  zzzz: 1\n",
        "config.yaml:2: rehearsal.zzzz: there is no such key. Use one of these, or delete it: port.",
    ),
    (
        "rehearsal:\n  port: many\n",
        "config.yaml:2: rehearsal.port: must be a whole number. Write it in digits, without quotes.",
    ),
    (
        "rehearsal:\n  port: true\n",
        "config.yaml:2: rehearsal.port: must be a whole number. Write it in digits, without quotes.",
    ),
    ("rehearsal:\n  port: 70000\n", "config.yaml:2: rehearsal.port: is too large. Choose 65535 or less."),
    ("rehearsal:\n  port: -1\n", "config.yaml:2: rehearsal.port: is too small. Choose 0 or more."),
    ("secret_folders: 3\n", "config.yaml:1: secret_folders: must be a list. Write it as [one, two]."),
    (
        "secret_folders:\n  - 3\n",
        "config.yaml:1: secret_folders.0: must be text. Put it in quotes.",
    ),
    ("database:\n  url: 12\n", "config.yaml:2: database.url: must be text. Put it in quotes."),
    (
        "database: sqlite:///x.db\n",
        "config.yaml:1: database: needs keys of its own below it. Write them indented, such as url.",
    ),
    (
        "database:\n  url: mysql://x\n",
        "config.yaml:2: database.url: "
        "must be sqlite:///FILE or postgresql://NAME@HOST/DATABASE. Write one of these.",
    ),
    (
        "log:\n  level: loud\n",
        "config.yaml:2: log.level: must be one of: 'debug', 'info', 'warning', 'error'. Choose one of them.",
    ),
    (
        "defaults:\n  quiet_hours:\n    from: 25:00\n",
        "config.yaml:3: defaults.quiet_hours.from: "
        "must be a time of day. Write hours and minutes, such as 21:00.",
    ),
    (
        "defaults:\n  time_zone: London\n",
        "config.yaml:2: defaults.time_zone: is not a known time zone. "
        "Write region and city, such as Europe/London.",
    ),
    (
        "defaults:\n  country: England\n",
        "config.yaml:2: defaults.country: "
        "must be one of england, scotland, wales, northern_ireland, uk, ireland, us, canada, australia, "
        "new_zealand, india, elsewhere. Or leave it empty.",
    ),
    (
        "defaults:\n  language: ENGLISH\n",
        "config.yaml:2: defaults.language: must be the short name of a language, such as en. "
        "Write it in small letters.",
    ),
    (
        "discord:\n  api_base: discord.com\n",
        "config.yaml:2: discord.api_base: must be a web address. Begin it with https://",
    ),
    (
        "log:\n  level: info\n  level: error\n",
        "config.yaml:3: log.level: is here twice (first at config.yaml:2). Keep one of the two lines.",
    ),
    (
        "log:\n  level: info\nlog:\n  format: json\n",
        "config.yaml:3: log: is here twice (first at config.yaml:1). Keep one of the two lines.",
    ),
    (
        "- one\n- two\n",
        "config.yaml:1: must be lines such as 'key: value'. Compare with config.example.yaml.",
    ),
    ("just words\n", "config.yaml:1: must be lines such as 'key: value'. Compare with config.example.yaml."),
]


@pytest.mark.parametrize(("text", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_file_line_key_and_what_to_do(file: Path, text: str, sentence: str) -> None:
    assert refusal(file, text) == [sentence]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("log:\n  level: [info\n", 3),
        ("log:\n\tlevel: info\n", 2),
        ('log:\n  level: "info\n', 3),
        ("log: a: b\n", 1),
        ("log:\n  level: *nobody\n", 2),
        ("log:\n  level: in\x07fo\n", 2),
        ("log:\n---\nlog:\n", 2),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line(file: Path, text: str, line: int) -> None:
    (message,) = refusal(file, text)
    assert message.startswith(f"config.yaml:{line}: cannot be read as YAML (")


@pytest.mark.parametrize("text", ["[" * 3000 + "]" * 3000, "a: &a [*a]\n", "a: &a\n  b: *a\n"])
def test_nesting_without_end_is_refused_with_a_sentence(file: Path, text: str) -> None:
    (message,) = refusal(file, text)
    assert message.startswith("config.yaml")


@pytest.mark.parametrize("key", sorted(SECRETS))
def test_a_secret_in_the_file_is_refused_and_never_repeated(file: Path, key: tuple[str, ...]) -> None:
    above = "".join(f"{part}:\n  " for part in key[:-1])
    (message,) = refusal(file, f"{above}{key[-1]}: {KEY}\n")
    variable = "COMMON_GROUND_" + "__".join(key).upper()
    assert message.startswith(
        f"config.yaml:{len(key)}: {'.'.join(key)}: a secret must not stand in this file."
    )
    assert variable in message
    assert KEY not in message


@pytest.mark.parametrize("token", [DISCORD_TOKEN, TELEGRAM_TOKEN])
@pytest.mark.parametrize(
    "text", ["discord:\n  tokn: {}\n", "secret_folders:\n  - {}\n", "database:\n  url: a{}\n"]
)
def test_what_looks_like_a_token_is_refused_under_any_key(file: Path, text: str, token: str) -> None:
    (message,) = refusal(file, text.format(token))
    assert message.startswith("config.yaml:2: ")
    assert "looks like a bot token" in message
    assert token not in message


def test_all_mistakes_are_told_at_once(file: Path) -> None:
    text = "secret_key: abc\nlog:\n  level: 3\n  lvl: x\nrehearsal:\n  port: x\n"
    assert [message.split(": ")[1] for message in refusal(file, text)] == [
        "secret_key",
        "log.level",
        "log.lvl",
        "rehearsal.port",
    ]


def test_a_mistake_in_the_environment_names_the_variable(file: Path) -> None:
    environ = {"COMMON_GROUND_LOG__LEVL": "info", "COMMON_GROUND_REHEARSAL__PORT": "x"}
    assert refusal(file, "log:\n  level: info\n", **environ) == [
        "COMMON_GROUND_LOG__LEVL: log.levl: there is no such key. Did you mean log.level?",
        "COMMON_GROUND_REHEARSAL__PORT: rehearsal.port: "
        "must be a whole number. Write it in digits, without quotes.",
    ]


def test_a_short_key_and_a_token_with_spaces_are_refused_without_repeating_them(file: Path) -> None:
    environ = {"COMMON_GROUND_SECRET_KEY": "hunter2", "COMMON_GROUND_DISCORD__TOKEN": "Bot abc def"}
    short, spaces = refusal(file, "", **environ)
    assert short.startswith("COMMON_GROUND_SECRET_KEY: secret_key: is too short.")
    assert (
        spaces
        == "COMMON_GROUND_DISCORD__TOKEN: discord.token: must be one word without spaces. Copy it again."
    )
    assert "hunter2" not in short


def test_a_missing_key_says_how_to_get_one() -> None:
    with pytest.raises(ConfigError, match=r"COMMON_GROUND_SECRET_KEY or secret_key_file.*common-ground init"):
        load(None, {}).key()


def test_a_missing_config_file_says_how_to_make_one(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.yaml: this file is not there\..*common-ground init"):
        load(file, {})


def test_a_missing_or_empty_key_file_is_told(file: Path) -> None:
    assert refusal(file, "secret_key_file: my.key\n")[0].startswith("my.key: this file is not there.")
    (file.parent / "my.key").write_text("\n")
    assert refusal(file, "secret_key_file: my.key\n")[0].startswith("my.key: secret_key: is empty.")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read \(.+\)\. Check the path"):
        load(tmp_path, {})


@pytest.mark.skipif(READS_EVERYTHING, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(file: Path) -> None:
    file.write_text("log:\n")
    file.chmod(0)
    with pytest.raises(ConfigError, match=r"cannot be read \(Permission denied\)"):
        load(file, {})


def test_a_missing_secret_folder_is_told(file: Path) -> None:
    (message,) = refusal(file, "secret_folders: [nowhere]\n")
    assert message.startswith("nowhere: cannot be read (No such file or directory).")


def test_a_file_that_is_not_utf8_is_told_with_its_line(file: Path) -> None:
    file.write_bytes(b"log:\n  # caf\xe9\n")
    with pytest.raises(ConfigError, match=r"config\.yaml:2: holds a character that is not UTF-8"):
        load(file, {})


def test_a_file_saved_by_a_windows_editor_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbflog:\r\n  level: error\r\n")
    assert load(file, {}).log.level == "error"


def test_secrets_and_the_database_address_never_show(file: Path) -> None:
    file.write_text("database:\n  url: postgresql://me:hunter2@db/x\n")
    shown = repr(load(file, {"COMMON_GROUND_SECRET_KEY": KEY, "COMMON_GROUND_DISCORD__TOKEN": DISCORD_TOKEN}))
    assert "hunter2" not in shown
    assert KEY not in shown
    assert DISCORD_TOKEN not in shown


def uncommented() -> str:
    return re.sub(r"^( *)# (\w+:(?: .*)?)$", r"\1\2", EXAMPLE.read_text(), flags=re.MULTILINE)


def leaves(values: dict[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in values.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from leaves(value, (*above, name))


def test_the_example_uncommented_shows_every_key_with_its_default(file: Path) -> None:
    file.write_text(uncommented())
    (file.parent / "common-ground.key").write_text(KEY)
    told = load(file, {}).model_dump(by_alias=True, exclude={"secret_key", "secret_key_file"})
    file.write_text(EXAMPLE.read_text())
    assert told == load(file, {}).model_dump(by_alias=True, exclude={"secret_key", "secret_key_file"})
    in_example = set(leaves(yaml.safe_load(uncommented())))
    assert in_example == set(known_keys(Config)) - SECRETS


def test_the_example_names_the_variable_of_every_secret() -> None:
    for key in SECRETS:
        assert "COMMON_GROUND_" + "__".join(key).upper() in EXAMPLE.read_text()


def test_init_makes_files_that_only_this_account_can_read(tmp_path: Path) -> None:
    lines = init(tmp_path / "new" / "group")
    made = sorted((tmp_path / "new" / "group").iterdir())
    assert [path.name for path in made] == ["common-ground.key", "config.yaml"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o600, 0o600]
    config = load(made[1], {})
    assert len(config.key()) == 64
    assert made[0].parent.joinpath("data").as_posix() in config.database.url
    assert lines[-2].endswith("common-ground rehearse")  # there is no group's database to rehearse with yet
    assert lines[-1].endswith(f"common-ground check --config {made[1]}")
    assert config.key() not in "".join(lines)


@pytest.mark.parametrize("name", ["common-ground.key", "config.yaml"])
def test_init_never_overwrites(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigError, match="is there already, and nothing was changed"):
        init(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: "mine"}


def test_two_inits_never_make_the_same_key(tmp_path: Path) -> None:
    init(tmp_path / "a")
    init(tmp_path / "b")
    first, second = ((tmp_path / name / "common-ground.key").read_text() for name in "ab")
    assert first != second


def test_init_where_it_may_not_write_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        init(tmp_path / "file")


def test_the_countries_a_host_can_name_are_those_of_the_directory() -> None:
    assert set(COUNTRIES) == set(Directory.load().countries)
