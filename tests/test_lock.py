"""Two bots never run on one SQLite file."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import CannotHold, hold

HOLDER = """
import sys
from bot.lock import hold
with hold(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(url: str) -> "subprocess.Popen[str]":
    """Another process that holds the file until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.slow
def test_a_second_process_is_refused_until_the_first_ends_even_by_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/group.db"
    with holder(url) as first:
        with pytest.raises(CannotHold, match=r"Stop the other bot first, or use PostgreSQL"), hold(url):
            pass
        os.kill(first.pid, signal.SIGKILL)
    with hold(url):
        pass


def test_the_same_file_by_another_name_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(tmp_path, target_is_directory=True)
    with (
        hold(f"sqlite:///{tmp_path}/group.db"),
        pytest.raises(CannotHold),
        hold(f"sqlite+aiosqlite:///{tmp_path}/other/group.db"),
    ):
        pass


def test_other_files_and_postgresql_are_free(tmp_path: Path) -> None:
    postgresql = "postgresql+asyncpg://me@db/x"
    first, second = f"sqlite:///{tmp_path}/a.db", f"sqlite:///{tmp_path}/new/b.db"
    with hold(first), hold(second), hold(postgresql), hold(postgresql):
        for taken in (first, second):
            with pytest.raises(CannotHold), hold(taken):
                pass
    assert sorted(path.name for path in tmp_path.rglob("*.lock")) == ["a.db.lock", "b.db.lock"]


def test_the_file_is_free_again_after_the_block(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/group.db"
    for _ in range(2):
        with hold(url), pytest.raises(CannotHold), hold(url):
            pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = r"cannot be written \(.+\)\. Let this account write there"
    with pytest.raises(CannotHold, match=told), hold(f"sqlite:///{tmp_path}/file/group.db"):
        pass
