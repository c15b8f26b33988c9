"""Starting ``common-ground rehearse``, and what it says when it cannot."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
READS_EVERYTHING = hasattr(os, "geteuid") and os.geteuid() == 0
ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-W", "error", "-m", "bot", "rehearse")


def environ(**more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COMMON_GROUND_")}
    return {**ours, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def refused(folder: Path, *arguments: str, **more: str) -> str:
    """What a start that cannot be says: exit status 1, a sentence, no trace."""
    run = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environ(**more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    return run.stderr


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def opened(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A room that is open; stopped afterwards."""
    room = subprocess.Popen(
        [*COMMAND, "--port", str(free_port()), *arguments],
        cwd=folder,
        env=environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert room.stdout is not None
        first = room.stdout.readline()
        assert re.search(r"http://127\.0\.0\.1:\d+/", first), first + (
            room.stderr.read() if room.stderr else ""
        )
        yield room
    finally:
        room.kill()
        room.communicate()


def test_a_room_opens_with_its_address_its_advice_and_files_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        assert room.stdout is not None
        assert "Do not use real names or messages here" in room.stdout.readline()
        folder = tmp_path / "rehearsal-room"
        assert folder.stat().st_mode & 0o077 == 0, "for this account only"
        assert (folder / "room.key").stat().st_mode & 0o077 == 0


def test_an_empty_key_file_is_filled_and_a_filled_one_stays(tmp_path: Path) -> None:
    key = tmp_path / "rehearsal-room" / "room.key"
    key.parent.mkdir()
    key.write_text("")
    with opened(tmp_path):
        made = key.read_text()
    assert len(made) == 64
    with opened(tmp_path):
        assert key.read_text() == made


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_ends_quietly(tmp_path: Path, how: signal.Signals) -> None:
    with opened(tmp_path) as room:
        room.send_signal(how)
        _, told = room.communicate(timeout=20)
    assert "Traceback" not in told
    assert told.strip() in ("", "Aborted."), told
    assert room.returncode in (130, 1, -how, 128 + how)
    with closing(sqlite3.connect(tmp_path / "rehearsal-room" / "group.db")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_second_room_in_the_same_folder_is_asked_to_stop_the_first(tmp_path: Path) -> None:
    with opened(tmp_path):
        said = refused(tmp_path, "--port", str(free_port()))
    assert "Stop the other bot first" in said
    with opened(tmp_path):
        pass


def test_a_room_is_open_again_after_a_kill(tmp_path: Path) -> None:
    for _ in range(2):
        with opened(tmp_path) as room:
            assert room.poll() is None
            room.kill()
            assert room.wait() == -signal.SIGKILL


def test_a_port_in_use_is_told_with_another_way(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, "--port", str(port))
    assert f"Port {port} is in use" in said
    assert "choose another port with --port" in said


def damaged(folder: Path) -> None:
    (folder / "group.db").write_bytes(b"Dear diary, " * 1000)


def newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "group.db")) as made:
        made.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        made.execute("INSERT INTO alembic_version VALUES ('9999')")
        made.commit()


@pytest.mark.parametrize(
    ("harm", "says"),
    [(damaged, "is not a database of Common Ground"), (newer, "A newer version of Common Ground wrote this")],
)
def test_a_database_that_cannot_be_used_is_told(
    tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    (tmp_path / "room").mkdir()
    harm(tmp_path / "room")
    assert says in refused(tmp_path, "--data", "room", "--port", str(free_port()))


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "room").write_text("")
    said = refused(tmp_path, "--data", "room")
    assert "cannot use" in said
    assert "Choose another folder with --data" in said


@pytest.mark.skipif(READS_EVERYTHING, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    room.chmod(0o500)
    try:
        assert "cannot be written" in refused(tmp_path, "--data", "room", "--port", str(free_port()))
        assert "cannot use" in refused(tmp_path, "--data", "room/inner", "--port", str(free_port()))
    finally:
        room.chmod(0o700)
    with opened(tmp_path, "--data", "room"):
        pass
    room.chmod(0o500)
    (room / "group.db").chmod(0o400)
    try:
        assert "cannot be " in refused(tmp_path, "--data", "room", "--port", str(free_port()))
    finally:
        room.chmod(0o700)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("databse:\n  url: sqlite:///a.db\n", r"yaml:1: databse"),
        ("rehearsal:\n  port: many\n", r"yaml:2: rehearsal\.port"),
        ("log:\n  level: info\nlog:\n  level: debug\n", r"yaml:3: log"),
        ("secret_key: short\n", r"secret_key"),
        ("a: [\n", r"yaml:\d: cannot be read"),
    ],
)
def test_a_mistake_in_the_config_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    assert re.search(says, refused(tmp_path, "--config", "config.yaml"))
    assert not (tmp_path / "rehearsal-room").exists(), "nothing was begun"


def test_a_secret_key_that_is_too_short_is_told_and_not_shown(tmp_path: Path) -> None:
    said = refused(tmp_path, COMMON_GROUND_SECRET_KEY="sesame")
    assert "COMMON_GROUND_SECRET_KEY" in said
    assert "sesame" not in said


def test_a_config_without_a_group_yet_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("database:\n  url: sqlite:///theirs.db\n")
    said = refused(tmp_path, "--config", "config.yaml", "--port", str(free_port()))
    assert "Rehearse without --config for now" in said


def test_a_config_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "nowhere.yaml" in refused(tmp_path, "--config", "nowhere.yaml")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--port", "99999"), "65535"), (("--port", "many"), "integer"), (("--json",), "--script FILE")],
)
def test_an_option_that_makes_no_sense_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    run = subprocess.run(
        [*COMMAND, *arguments], cwd=tmp_path, env=environ(), capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 2
    assert says in run.stderr.splitlines()[-1]
    assert not (tmp_path / "rehearsal-room").exists(), "nothing was begun"
