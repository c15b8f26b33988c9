"""``common-ground directory import`` and ``export``: a file is taken as a whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.directory.files import read_entries, write_entries
from bot.groups import Groups
from bot.own_directory import Directories
from bot.storage.directory_changes import Changes
from tests.group import DIRECTORY, MONDAY, PLACE, GroupUnderTest

CAFE = """\
- id: leeds-cafe
  name: Leeds Type 1 Cafe
  purpose: Coffee and talk
  countries: [england]
  topics: [work]
  routes:
    - {kind: phone, to: "0113 496 0000", hours: Mondays}
    - {kind: web, to: "https://example.org/leeds"}
  source: our moderators
  last_checked: 2026-11-04
  checked_by: [Mo]
  status: ok
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yaml"
    file.write_text("database:\n  url: sqlite:///test.db\n")
    return file


async def stored(config: Path) -> Changes:
    """What is kept of the only group's directory."""
    group = await GroupUnderTest.start(config.parent)
    try:
        known = group.groups.any()
        assert known is not None
        return known.changes
    finally:
        await group.close()


@pytest_asyncio.fixture
async def one_group(config: Path) -> None:
    group = await GroupUnderTest.start(config.parent)
    await group.set_up()
    await group.close()


def run(*words: str | Path) -> tuple[int, str]:
    """The command as a process of its own has it: with no event loop running."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(CliRunner().invoke, cli, ["directory", *map(str, words)]).result()
    return done.exit_code, done.stdout + done.stderr


@pytest.mark.usefixtures("one_group")
async def test_a_file_is_taken_and_found_by_members(config: Path, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(CAFE)
    assert run("import", tmp_path / "ours.yaml", "--config", config) == (
        0,
        "Taken: 1 services, 1 of them in words of your own.\n",
    )
    group = await GroupUnderTest.start(tmp_path)
    text = await group.type("Asha", "/signpost work")
    assert "Leeds Type 1 Cafe" in text
    assert "Last checked on 4 November 2026" in text
    await group.close()


@pytest.mark.usefixtures("one_group")
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("0113 496 0000", "0113 496", "ours.yaml:18: two: There is no such number"),
        ("0113 496 0000", "116 213", "ours.yaml:18: two: This differs from a number that we know: 116 213"),
        ("0113 496 0000", "1800 66 66 66", "ours.yaml:18: two: This number belongs to another country"),
        ("https://example.org/leeds", "http://example.org", "ours.yaml:18: two: This address is not secure"),
        ("https://example.org/leeds", "https://bit.ly/x", "ours.yaml:18: two: This is a short link"),
        ("topics: [work]", "topics: [eczema]", "ours.yaml:17: two: "),
        ("name: Leeds", "nam: Leeds", "ours.yaml:"),
        ("- id: two", "- id: [", "ours.yaml:"),
    ],
)
async def test_of_a_file_with_one_mistake_nothing_is_taken(
    config: Path, tmp_path: Path, before: str, after: str, said: str
) -> None:
    second = CAFE.replace("leeds-cafe", "two")
    (tmp_path / "ours.yaml").write_text(CAFE + second.replace(before, after))
    status, told = run("import", tmp_path / "ours.yaml", "--config", config)
    assert status == 1
    assert said in told
    assert told.endswith("Nothing of this file was taken.\n")
    assert await stored(config) == Changes()


@pytest.mark.usefixtures("one_group")
@pytest.mark.parametrize("number", ["116 213", "116 000", "0808 808 8000"])
async def test_a_file_cannot_change_a_crisis_number(config: Path, tmp_path: Path, number: str) -> None:
    file = tmp_path / "ours.yaml"
    samaritans = DIRECTORY.entry("samaritans")
    assert samaritans is not None
    write_entries(file, [samaritans])
    file.write_text(file.read_text().replace("116 123", number, 1))
    status, told = run("import", file, "--config", config)
    assert status == 1
    assert f"samaritans: A crisis number would change: {number} (116 123" in told
    assert await stored(config) == Changes()


@pytest.mark.usefixtures("one_group")
@pytest.mark.parametrize("name", ["all.yaml", "all.csv"])
async def test_what_is_written_reads_back_as_the_same(config: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "ours.yaml").write_text(CAFE)
    run("import", tmp_path / "ours.yaml", "--config", config)
    before = await stored(config)
    status, told = run("export", tmp_path / name, "--all", "--config", config)
    assert (status, told) == (0, f"Written: {len(DIRECTORY.entries) + 1} services.\n")
    assert run("import", tmp_path / name, "--config", config)[0] == 0
    assert await stored(config) == before, "nothing became the group's own that was not"
    run("export", tmp_path / "own.csv", "--config", config)
    assert [entry.id for entry in read_entries(tmp_path / "own.csv")] == ["leeds-cafe"]


@pytest.mark.usefixtures("one_group")
async def test_several_communities_have_to_be_told_apart(config: Path, tmp_path: Path) -> None:
    group = await GroupUnderTest.start(tmp_path)
    await group.add_bot(replace(PLACE, group="g2"))
    await group.close()
    (tmp_path / "ours.yaml").write_text(CAFE)
    status, told = run("import", tmp_path / "ours.yaml", "--config", config)
    assert status == 1
    assert "1: test g1" in told
    assert "2: test g2" in told
    assert run("import", tmp_path / "ours.yaml", "--community", "2", "--config", config)[0] == 0
    assert run("export", tmp_path / "x.csv", "--community", "9", "--config", config)[0] == 1


async def test_what_cannot_be_opened_or_named_is_said(config: Path, tmp_path: Path) -> None:
    status, told = run("import", tmp_path / "none.yaml", "--config", config)
    assert (status, "No group has added the bot yet" in told) == (1, True)
    group = await GroupUnderTest.start(tmp_path)
    await group.set_up()
    await group.close()
    status, told = run("import", tmp_path / "none.yaml", "--config", config)
    assert (status, "none.yaml" in told) == (1, True)
    assert run("export", tmp_path / "x.txt", "--config", config)[0] == 1
    assert run("export", tmp_path / "no" / "x.csv", "--config", config)[0] == 1


@pytest.mark.usefixtures("one_group")
async def test_an_entry_of_another_version_is_left_out_and_the_rest_stays(
    config: Path, tmp_path: Path
) -> None:
    group = await GroupUnderTest.start(tmp_path)
    async with group.database.transaction() as work:
        await work.directory.put(1, [("strange", "- id: [")])
        await work.touch(1)
    groups = Groups()
    await groups.load(group.database)
    shown = Directories(DIRECTORY).of(groups.any(), MONDAY.date()).shown
    assert len(shown.entries) == len(DIRECTORY.entries)
    await group.close()
