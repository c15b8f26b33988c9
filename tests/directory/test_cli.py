"""``common-ground directory check`` and ``verify``: what a host sees."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.directory import Directory
from bot.directory.files import write_entries
from bot.directory_cli import hinted
from bot.link_hints import Hint
from bot.texts import Texts

DIRECTORY = Directory.load()


@pytest.mark.parametrize("name", ["ours.yaml", "ours.csv"])
def test_a_file_without_a_mistake_is_fine(tmp_path: Path, name: str) -> None:
    write_entries(tmp_path / name, DIRECTORY.entries)
    done = CliRunner().invoke(cli, ["directory", "check", str(tmp_path / name)])
    assert (done.exit_code, done.stdout.startswith("No mistake found.")) == (0, True)


def test_the_packs_are_checked_where_no_file_is_named() -> None:
    assert CliRunner().invoke(cli, ["directory", "check"]).exit_code == 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("116 123", "116 213", "samaritans: There is no such number in this country: 116 213."),
        (
            "https://samaritans.org",
            "http://samaritans.org",
            "It must begin with https: http://samaritans.org",
        ),
        ("https://samaritans.org", "https://bit.ly/x", "This is a short link."),
        ("name: Samaritans", "nam: Samaritans", "There is no field nam."),
    ],
)
def test_a_mistake_has_file_line_and_reason(tmp_path: Path, before: str, after: str, said: str) -> None:
    file = tmp_path / "ours.yaml"
    write_entries(file, [entry for entry in DIRECTORY.entries if entry.id == "samaritans"])
    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    done = CliRunner().invoke(cli, ["directory", "check", str(file)])
    first = done.stderr.splitlines()[0]
    assert done.exit_code == 1
    assert said in first
    where, line, _ = first.split(":", 2)
    assert where == str(file)
    assert file.read_text("utf-8").splitlines()[int(line) - 1].strip().split(":")[0] in (
        "routes",
        "page",
        "nam",
    )


def test_every_file_is_looked_at(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "none.yaml"
    one.write_text("x")
    done = CliRunner().invoke(cli, ["directory", "check", str(one), str(other)])
    assert done.exit_code == 1
    assert "must end in .yaml or .csv" in done.stderr
    assert "none.yaml (No such file or directory) cannot be opened." in done.stderr


def test_links_are_asked_only_if_that_is_said() -> None:
    done = CliRunner().invoke(cli, ["directory", "verify"])
    assert done.exit_code == 2
    assert "add --links" in done.stderr


def test_a_file_with_a_mistake_has_no_link_asked(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("- id: x\n")
    done = CliRunner().invoke(cli, ["directory", "verify", "--links", str(tmp_path / "ours.yaml")])
    assert done.exit_code == 1
    assert "ours.yaml:1: x: name is missing." in done.stderr


def test_what_was_seen_is_said_as_a_hint() -> None:
    t = Texts.load().reader()
    assert hinted(t, Hint(address="https://a.org", status=200)) == "answers: https://a.org"
    assert hinted(t, Hint(address="https://a.org", status=0)) == "no answer: https://a.org"
    assert hinted(t, Hint(address="https://a.org", status=404)) == "answers with error 404: https://a.org"
    moved = Hint(address="https://a.org", status=200, moved_to="https://b.org")
    assert hinted(t, moved) == "leads elsewhere: https://a.org to https://b.org"
