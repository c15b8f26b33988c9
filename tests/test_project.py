"""What holds for the project as a whole: versions, who may import whom, what the wheel carries."""

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
OURS = ("ground_rules", "bot", "adapters")
HEADER = (
    "# Made from pyproject.toml by `python -m tests.test_project`. Use: pip install -c constraints.txt ...\n"
)

# What a feature may name besides architecture.md's list: the types of Context's fields, and plain values.
HANDED_OUT = {
    "bot.directory.Asked",
    "bot.directory.Country",
    "bot.directory.Entry",
    "bot.directory.Line",
    "bot.directory.Route",
    "bot.directory.Directory",
    "bot.directory.address",
    "bot.directory.check",
    "bot.directory.crisis_numbers",
    "bot.directory.own_words",
    "bot.directory.phone",
    "bot.groups.Group",
    "bot.keeping",
    "bot.chosen",
    "bot.cover_hours",
    "bot.settings",
    "bot.starter",
    "bot.storage.agreements.Made",
    "bot.storage.ballots",
    "bot.storage.cases",
    "bot.storage.cover.Guard",
    "bot.storage.join_requests.JoinRequest",
    "bot.storage.directory_entries.EntryRow",
    "bot.storage.number_checks",
    "bot.storage.outbox.Went",
    "bot.storage.people.PersonRow",
    "bot.storage.proposals.Kept",
    "bot.storage.questions.Question",
    "bot.storage.threads",
    "bot.storage.watch.NoticedRow",
    "bot.storage.refused.RefusedPlace",
    "bot.storage.signposts.Gap",
    "bot.storage.votes",
    "bot.texts.Reader",
    "bot.texts.Value",
    "bot.texts.dates.Dates",
}
PLAIN = {"bot.chosen", "bot.settings", "bot.secrecy", "ground_rules", "bot.contract"}
# A package or module -> what of ours it may import, and which libraries besides the standard one.
# The longest name that fits decides; "bot" stands for app, schedule, outbox and what has no line of its own.
RULES: Mapping[str, tuple[set[str], set[str]]] = {
    "ground_rules": ({"ground_rules"}, set()),
    "bot.contract": ({"bot.contract"}, set()),
    "bot.noticing": ({"bot.noticing", "bot.contract"}, {"yaml", "yamlcore", "re2"}),
    "bot.directory": ({"bot.directory"}, {"phonenumbers", "rapidfuzz", "yaml", "yamlcore"}),
    "bot.texts": ({"bot.texts", "bot.contract"}, {"babel"}),
    "bot.cover_hours": (set(), set()),
    "bot.settings": ({"bot.cover_hours", "ground_rules"}, set()),
    "bot.chosen": ({"bot.contract"}, set()),
    "bot.starter": (set(), set()),
    "bot.keeping": (set(), set()),
    "bot.secrecy": ({"bot.contract"}, {"cryptography"}),
    "bot.packing": ({"bot.contract"}, {"pydantic"}),
    "bot.own_directory": (PLAIN | {"bot.directory", "bot.groups", "bot.storage"}, {"structlog"}),
    "bot.groups": (PLAIN | {"bot.storage"}, {"structlog"}),
    "bot.config": ({"bot.config_errors", "bot.config_file", "bot.config_values"}, {"pydantic"}),
    "bot.config_errors": (set(), {"pydantic_core"}),
    "bot.config_file": ({"bot.config_errors"}, {"yaml", "yamlcore"}),
    "bot.config_values": (set(), {"pydantic"}),
    "bot.init": ({"bot.config_errors"}, set()),
    "bot.lock": ({"bot.contract"}, {"filelock", "sqlalchemy"}),
    "bot.logs": (set(), {"structlog"}),
    "bot.storage": (PLAIN | {"bot.storage"}, {"sqlalchemy", "alembic", "aiosqlite", "asyncpg"}),
    "bot.context": (
        PLAIN
        | HANDED_OUT
        | {"bot.storage", "bot.texts", "bot.directory", "bot.own_directory", "bot.packing"},
        set(),
    ),
    "bot.features": (
        HANDED_OUT | {"bot.features", "ground_rules", "bot.contract", "bot.context", "bot.noticing"},
        set(),
    ),
    "bot.commands": ({"bot.features", "bot.contract"}, set()),
    "bot.buttons": ({"bot.buttons", "bot.features", "bot.contract"}, set()),
    "bot.happenings": ({"bot.features", "bot.contract"}, set()),
    "bot": ({"bot", "ground_rules"}, {"sqlalchemy", "structlog"}),
    "bot.directory_cli": ({"bot"}, {"typer"}),
    "bot.for_the_host": ({"bot.config", "bot.contract", "bot.logs"}, {"typer"}),
    "bot.link_hints": (set(), {"aiohttp"}),
    "bot.watching_cli": ({"bot.noticing"}, {"typer"}),
    "bot.wiring": (set(OURS), {"sqlalchemy", "structlog"}),
    "bot.rehearsing": (set(OURS), set()),
    "bot.__main__": (set(OURS), {"sqlalchemy", "structlog", "typer"}),
    "adapters": (set(), set()),
    "adapters.rehearsal": ({"adapters.rehearsal", "bot.contract"}, {"aiohttp", "yaml", "yamlcore"}),
    "adapters.discord": ({"adapters.discord", "bot.contract"}, {"discord", "aiohttp"}),
    "adapters.telegram": ({"adapters.telegram", "bot.contract"}, {"telegram", "httpx", "aiohttp"}),
}


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def constraints() -> str:
    """constraints.txt as it should be: the known-good versions, for people who use pip."""
    return HEADER + "".join(f"{line}\n" for line in pyproject()["tool"]["uv"]["constraint-dependencies"])


def test_constraints_txt_is_made_from_the_known_good_versions() -> None:
    assert (ROOT / "constraints.txt").read_text() == constraints()


def test_every_declared_dependency_has_a_known_good_version() -> None:
    project = pyproject()["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    pinned = {line.split("==")[0] for line in constraints().splitlines()[1:]}
    assert {distribution(line) for line in [*project["dependencies"], *extras]} <= pinned


def distribution(requirement: str) -> str:
    """The name of what a requirement asks for, spelled as package indexes spell it."""
    name = requirement.split(">")[0].split("[")[0].split(";")[0]
    return name.strip().lower().replace(".", "-").replace("_", "-")


def modules() -> Iterator[tuple[str, Path]]:
    for package in OURS:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path) -> Iterator[str]:
    """Every module that this one names, also inside functions and type-checking blocks."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def rule_for(name: str) -> tuple[set[str], set[str]]:
    return RULES[max((known for known in RULES if inside(name, known)), key=len)]


def broken_rules(name: str, imported: Iterator[str]) -> list[str]:
    ours, libraries = rule_for(name)
    broken = []
    for target in imported:
        top = target.partition(".")[0]
        if top in sys.stdlib_module_names or top in libraries:
            continue
        if top in OURS and any(inside(target, package) for package in ours):
            continue
        broken.append(f"{name} imports {target}")
    return broken


def test_every_module_imports_only_what_the_architecture_allows() -> None:
    found = [line for name, path in modules() for line in broken_rules(name, imports(name, path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("ground_rules.ballot", "bot.contract.events"),
        ("ground_rules.ballot", "yaml"),
        ("bot.contract.events", "bot.settings"),
        ("bot.features.voting", "bot.storage.tables"),
        ("bot.features.voting", "adapters.rehearsal"),
        ("bot.features.voting", "bot.groups.Groups"),
        ("bot.features.voting", "sqlalchemy.select"),
        ("bot.storage.votes", "bot.features.voting"),
        ("adapters.rehearsal.page", "bot.texts"),
        ("adapters.discord.inbound", "adapters.telegram.inbound"),
        ("bot.app", "adapters.rehearsal"),
    ],
)
def test_an_import_against_the_architecture_is_found(name: str, target: str) -> None:
    assert broken_rules(name, iter([target])) == [f"{name} imports {target}"]


def test_the_wheel_carries_every_file_that_the_bot_reads(tmp_path: Path) -> None:
    with zipfile.ZipFile(built_wheel(tmp_path)) as wheel:
        carried = {name for name in wheel.namelist() if name.split("/")[0] in OURS}
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in OURS
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not {"__pycache__", "training"} & set(path.parts)
    }
    assert carried == expected
    assert any(name.endswith(".po") for name in carried)


def built_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built offline by the build backend itself."""
    builder = WheelBuilder(str(ROOT))
    return Path(next(builder.build(directory=str(folder), versions=["standard"])))


@pytest.mark.slow
def test_the_installed_wheel_starts_from_another_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(built_wheel(tmp_path)) as wheel:
        wheel.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "rehearse" in done.stdout


if __name__ == "__main__":
    (ROOT / "constraints.txt").write_text(constraints())
