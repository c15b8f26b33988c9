"""Entries in files: YAML and CSV, read with the line of every mistake, and written so that they read back.

A file is taken as a whole or not at all.
"""

from collections.abc import Iterable
from pathlib import Path

from bot.directory import csv_rows, yaml_rows
from bot.directory.entry import Entry
from bot.directory.problem import BadEntries, Problem
from bot.directory.rows import Row, entry_of, row_of

LARGEST = 2_000_000  # bytes
MOST = 5_000  # entries


def read_entries(path: Path) -> list[Entry]:
    """The entries of a .yaml, .yml or .csv file. BadEntries with line and reason of all that is wrong.

    It says what cannot be read; whether numbers and addresses are right says bot.directory.check.
    OSError if the file cannot be opened.
    """
    return [entry for entry, _ in read_with_lines(path)]


def read_with_lines(path: Path) -> list[tuple[Entry, Row]]:
    """The same, each entry with the row it came from."""
    if path.stat().st_size > LARGEST:
        raise BadEntries([Problem(reason="too-large")])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as found:
        line = found.object[: found.start].count(b"\n") + 1
        raise BadEntries([Problem(reason="not-utf8", line=line)]) from None
    return parse(text, path.suffix)


def parse(text: str, suffix: str) -> list[tuple[Entry, Row]]:
    """Entries from the text of such a file; ``suffix`` as in its name (".csv")."""
    if suffix.casefold() not in (".yaml", ".yml", ".csv"):
        raise BadEntries([Problem(reason="suffix", value=suffix)])
    rows = csv_rows.read(text) if suffix.casefold() == ".csv" else yaml_rows.read(text)
    if len(rows) > MOST:
        raise BadEntries([Problem(reason="too-many", value=str(MOST))])
    entries: list[tuple[Entry, Row]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for row in rows:
        found = entry_of(row)
        if isinstance(found, list):
            problems += found
            continue
        if found.id in seen:
            problems.append(
                Problem(reason="twice", value=found.id, line=row.line, field="id", entry=found.id)
            )
        seen.add(found.id)
        entries.append((found, row))
    if problems:
        raise BadEntries(problems)
    return entries


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write such a file, by the ending of its name. Reading it gives the same entries."""
    path.write_text(formatted(entries, path.suffix), encoding="utf-8", newline="")


def formatted(entries: Iterable[Entry], suffix: str) -> str:
    """The text of such a file."""
    rows = [row_of(entry) for entry in entries]
    return csv_rows.write(rows) if suffix.casefold() == ".csv" else yaml_rows.write(rows)
