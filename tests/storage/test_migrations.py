"""Databases brought to this version's schema, from nothing and from before, and those that cannot be."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from bot.storage import migrate as migrating
from bot.storage.engine import make_engine
from bot.storage.migrate import MigrationError, NewerDatabase, config, migrate
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database
from tests.storage.about import PLACE, community
from tests.test_project import built_wheel

READS_EVERYTHING = hasattr(os, "geteuid") and os.geteuid() == 0
START = """
import asyncio, sys
from bot.storage.migrate import migrate
sys.stdin.readline()
asyncio.run(migrate(sys.argv[1]))
"""
# A later version: it rebuilds the table that most others point to, and adds one.
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("communities", recreate="always" if sqlite else "auto") as table:
        table.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    {more}


def downgrade() -> None:
    with op.batch_alter_table("communities") as table:
        table.drop_column("mood")
"""


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this the version after the real one, as an update of the package would."""

    def install(more: str = "") -> None:
        folder = tmp_path / "later"
        shutil.copytree(str(files("bot.storage") / "migrations"), folder)
        head = ScriptDirectory.from_config(config()).get_current_head()
        (folder / "versions" / "9999_later.py").write_text(LATER.format(before=head, more=more))

        def later(connection: Connection | None = None) -> Config:
            made = config(connection)
            made.set_main_option("script_location", str(folder))
            return made

        monkeypatch.setattr(migrating, "config", later)

    return install


async def ask(url: str, query: str) -> list[tuple[object, ...]]:
    engine = make_engine(url)
    async with engine.connect() as connection:
        rows = [tuple(row) for row in (await connection.execute(text(query))).all()]
    await engine.dispose()
    return rows


async def test_the_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    await migrate(database_url)
    engine = make_engine(database_url)
    async with engine.connect() as connection:
        await connection.run_sync(lambda sync: command.check(config(sync)))
    await engine.dispose()


async def test_an_empty_database_is_made_once_and_left_alone_after(database_url: str) -> None:
    assert await migrate(database_url) is None
    opened = Database(make_engine(database_url))
    id = await community(opened)
    assert await migrate(database_url) is None
    async with opened.transaction() as work:
        assert [row.id for row in await work.communities.load()] == [id]
    await opened.close()


async def test_migrations_can_be_taken_back(database_url: str) -> None:
    await migrate(database_url)
    engine = make_engine(database_url, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "base"))
    await engine.dispose()
    await migrate(database_url)
    assert await ask(database_url, "SELECT count(*) FROM communities") == [(0,)]


@pytest.mark.slow
async def test_three_processes_that_start_at_once_make_one_database(database_url: str) -> None:
    starts = [
        subprocess.Popen(  # noqa: ASYNC220
            [sys.executable, "-W", "error", "-c", START, database_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    told = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], told
    assert await ask(database_url, "SELECT count(*) FROM alembic_version") == [(1,)]


async def test_an_upgrade_copies_the_file_first_and_keeps_what_belongs_to_a_rebuilt_table(
    tmp_path: Path, later_version: Callable[[str], None]
) -> None:
    url = f"sqlite:///{tmp_path / 'group.db'}"
    await migrate(url)
    opened = Database(make_engine(url))
    await community(opened)
    await opened.close()
    later_version("")
    copy = await migrate(url)
    assert copy == tmp_path / "group.db.before-upgrade"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert await ask(url, "SELECT mood FROM communities") == [("calm",)]
    assert await ask(url, "SELECT grp FROM places") == [(PLACE.group,)], "children are kept"
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT count(*) FROM places").fetchone() == (1,)
        assert "mood" not in [row[1] for row in before.execute("PRAGMA table_info(communities)")]
    assert await migrate(url) is None, "nothing more to do, no new copy"
    assert sorted(os.listdir(tmp_path)) == ["group.db", "group.db.before-upgrade", "later"]


async def test_an_upgrade_works_on_postgresql_as_on_sqlite(
    database_url: str, later_version: Callable[[str], None]
) -> None:
    await migrate(database_url)
    opened = Database(make_engine(database_url))
    await community(opened)
    await opened.close()
    later_version("")
    await migrate(database_url)
    assert await ask(database_url, "SELECT mood FROM communities") == [("calm",)]
    assert await ask(database_url, "SELECT grp FROM places") == [(PLACE.group,)]


async def test_an_upgrade_that_fails_changes_nothing(
    database_url: str, later_version: Callable[[str], None]
) -> None:
    await migrate(database_url)
    later_version("op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(MigrationError, match=r"taken back\. Go back to the version"):
        await migrate(database_url)
    tables = "PRAGMA table_info(communities)"
    if not database_url.startswith("sqlite"):
        tables = "SELECT 0, column_name FROM information_schema.columns WHERE table_name = 'communities'"
    columns = [row[1] for row in await ask(database_url, tables)]
    assert "created_at" in columns
    assert "mood" not in columns


async def test_an_upgrade_that_leaves_rows_without_their_parent_is_taken_back(
    tmp_path: Path, later_version: Callable[[str], None]
) -> None:
    url = f"sqlite:///{tmp_path / 'group.db'}"
    await migrate(url)
    opened = Database(make_engine(url))
    await community(opened)
    await opened.close()
    later_version("op.execute('DELETE FROM communities')")
    with pytest.raises(MigrationError, match=r"taken back.*places.*Go back to the version"):
        await migrate(url)
    assert len(await ask(url, "SELECT id FROM communities")) == 1


async def test_foreign_keys_hold_afterwards(database_url: str) -> None:
    await migrate(database_url)
    opened = Database(make_engine(database_url))
    id = await community(opened)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with opened.transaction() as work:
            await work.communities.set(id + 1, "country", "wales")
    await opened.close()


async def test_a_database_of_a_newer_version_is_left_alone(
    database_url: str, later_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    later_version("")
    await migrate(database_url)
    monkeypatch.undo()
    with pytest.raises(NewerDatabase, match=r"newer version.*Nothing was changed.*Get the newest"):
        await migrate(database_url)
    assert await ask(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_tables_of_another_program_are_left_alone(database_url: str) -> None:
    engine = make_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE people (name TEXT)"))
    await engine.dispose()
    with pytest.raises(MigrationError, match=r"did not make.*a database of its own"):
        await migrate(database_url)


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "group.db"
    file.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(MigrationError, match=r"group\.db is not a database of Common Ground\. Set"):
        await migrate(f"sqlite:///{file}")
    assert file.read_bytes() == b"Dear diary, " * 500


async def test_a_missing_folder_and_a_folder_in_place_of_the_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "group.db", tmp_path):
        with pytest.raises(MigrationError, match=r"cannot be opened\. Make its folder"):
            await migrate(f"sqlite:///{path}")


@pytest.mark.skipif(READS_EVERYTHING, reason="root may write everywhere")
async def test_a_file_and_a_folder_that_cannot_be_written_are_told(
    tmp_path: Path, later_version: Callable[[str], None]
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    file = folder / "group.db"
    await migrate(f"sqlite:///{file}")
    later_version("")
    file.chmod(0o400)
    folder.chmod(0o500)
    try:
        with pytest.raises(MigrationError, match=r"cannot be (written|opened)\."):
            await migrate(f"sqlite:///{file}")
        with pytest.raises(MigrationError, match=r"cannot be opened\."):
            await migrate(f"sqlite:///{folder / 'new.db'}")
    finally:
        folder.chmod(0o700)


async def test_a_file_that_another_program_keeps_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.PRAGMAS", ("busy_timeout=50", "journal_mode=WAL"))
    file = tmp_path / "group.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MigrationError, match=r"in use by another program"):
            await migrate(f"sqlite:///{file}")


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(MigrationError, match=r"Check that PostgreSQL runs") as told:
        await migrate("postgresql://me:sesame@127.0.0.1:1/group")
    assert "sesame" not in str(told.value)


@pytest.mark.postgres
async def test_a_database_that_the_server_does_not_have_is_told(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        return
    missing = make_url(database_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(MigrationError, match=r"Check that PostgreSQL runs, and the name"):
        await migrate(missing)


@pytest.mark.slow
def test_the_installed_package_carries_its_migrations(tmp_path: Path) -> None:
    with zipfile.ZipFile(built_wheel(tmp_path)) as wheel:
        wheel.extractall(tmp_path / "site")
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", START, f"sqlite:///{tmp_path / 'group.db'}"],
        input="go\n",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    with closing(sqlite3.connect(tmp_path / "group.db")) as made:
        names = {row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {table.name for table in metadata.sorted_tables} <= names
