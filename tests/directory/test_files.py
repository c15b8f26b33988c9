"""Entries in files: what is written reads back, and every mistake is told with its line."""

from datetime import date
from pathlib import Path

import pytest

from bot.directory import BadEntries, Directory, Entry, Route
from bot.directory.files import read_entries, write_entries

DIRECTORY = Directory.load()
OURS = Entry(
    id="our-clinic",
    name="Our clinic, “Tuesday” line",
    purpose="Questions, big or small; and listening",
    not_for="life at risk",
    countries=("england", "wales"),
    topics=("burnout", "supplies"),
    routes=(
        Route(
            kind="phone", to="0808 808 1677", hours="weekdays, 9am to 5pm", cost="free", note="ask for Sam"
        ),
        Route(kind="text", to="85258", word="SHOUT"),
        Route(kind="web", to="https://example.org/a?b=c&d"),
    ),
    source="their page, read out on the phone",
    audience=("adults", "carers"),
    languages=("English", "اردو", "Język polski"),
    run_by="The clinic",
    page="https://example.org",
    crisis=True,
    last_checked=date(2026, 11, 25),
    checked_by=("Mo", "Asha"),
    check_every_days=30,
    status="ok",
)
YAML = """- id: a-place
  name: A place
  purpose: Talking
  countries: [england]
  topics: [burnout]
  routes: [{kind: phone, to: 0808 808 1677}]
  source: us
"""
CSV = "id,name,purpose,countries,topics,routes,source\n"
CSV += "a-place,A place,Talking,england,burnout,phone|0808 808 1677,us\n"


@pytest.mark.parametrize("name", ["ours.yaml", "ours.yml", "ours.csv"])
def test_what_is_written_reads_back_the_same(tmp_path: Path, name: str) -> None:
    entries = [OURS, *DIRECTORY.entries]
    write_entries(tmp_path / name, entries)
    assert read_entries(tmp_path / name) == entries


def test_a_number_keeps_its_noughts_and_yes_is_no_country(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(YAML.replace("0808 808 1677", "000").replace("[england]", "[no]"))
    (entry,) = read_entries(file)
    assert entry.routes[0].to == "000"
    assert entry.countries == ("no",)


def test_what_is_not_said_has_its_usual_value(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(YAML + YAML.replace("a-place", "b-place") + "  crisis: yes\n")
    first, second = read_entries(file)
    assert (first.check_every_days, second.check_every_days) == (365, 90)
    assert (first.status, first.audience, first.last_checked) == ("unchecked", ("all",), None)


def test_a_table_from_a_spreadsheet_with_semicolons_and_a_mark_in_front_is_read(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    text = CSV.replace(",", ";").replace("england", '"england; wales"').replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (entry,) = read_entries(file)
    assert entry.countries == ("england", "wales")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (YAML.replace("  name: A place\n", ""), [("missing", "name", 1)]),
        (YAML.replace("purpose", "porpoise"), [("unknown-field", "porpoise", 3), ("missing", "purpose", 1)]),
        (YAML + "  crisis: perhaps\n", [("unreadable", "crisis", 8)]),
        (YAML + "  last_checked: yesterday\n", [("unreadable", "last_checked", 8)]),
        (YAML + "  check_every_days: -3\n", [("unreadable", "check_every_days", 8)]),
        (YAML + "  check_every_days: ٣\n", [("unreadable", "check_every_days", 8)]),
        (YAML + "  source: them\n", [("field-twice", "source", 8)]),
        (YAML + YAML, [("twice", "id", 8)]),
        (YAML.replace("kind: phone", "kin: phone"), [("unreadable", "routes", 6)]),
        (YAML.replace("[england]", "{england: 1}"), [("not-readable-here", "", 4)]),
        (YAML.replace("[england]", "[[england]]"), [("not-readable-here", "", 4)]),
        (YAML.replace("A place", "[A, place]"), [("unreadable", "name", 2)]),
        (YAML + "  topics2: &a [x]\n  topics3: *a\n", [("not-readable-here", "", 8)]),
        (YAML + "  'unclosed\n", [("not-yaml", "", 9)]),
        ("a: b\n", [("not-a-list", "", 1)]),
        ("- just words\n", [("not-an-entry", "", 1)]),
        ("- !!python/object/apply:os.system [ls]\n", [("not-an-entry", "", 1)]),
        ("[" * 100_000, [("not-yaml", "", 0)]),
    ],
)
def test_a_mistake_in_yaml_has_its_line(
    tmp_path: Path, text: str, problems: list[tuple[str, str, int]]
) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(text)
    with pytest.raises(BadEntries) as bad:
        read_entries(file)
    found = [(problem.reason, problem.field, problem.line) for problem in bad.value.problems]
    if problems == [("not-yaml", "", 0)]:
        assert [reason for reason, _, _ in found] == ["not-yaml"]
    else:
        assert found == problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CSV + "b,B,Talking,wales,burnout,phone|111,us,more\n", ("too-many-cells", 3)),
        (CSV + '"b,B\n', ("not-csv", 3)),
        (CSV.replace("phone|", "phone:"), ("unreadable", 2)),
        (CSV.replace("1677", "1677|weekdays"), ("unreadable", 2)),
        (CSV + "\n\nb,,Talking,wales,burnout,phone|111,us\n", ("missing", 5)),
        (
            CSV + '"b-place",B,"Talking\nmore",wales,burnout,phone|111,us\nc,,T,wales,work,ask|us,us\n',
            ("missing", 5),
        ),
        (CSV.replace("purpose", "name"), ("field-twice", 1)),
        (CSV + CSV.split("\n")[1], ("twice", 3)),
    ],
)
def test_a_mistake_in_a_table_has_its_line(tmp_path: Path, text: str, problem: tuple[str, int]) -> None:
    file = tmp_path / "ours.csv"
    file.write_text(text)
    with pytest.raises(BadEntries) as bad:
        read_entries(file)
    assert (bad.value.problems[0].reason, bad.value.problems[0].line) == problem


def test_other_files_are_refused(tmp_path: Path) -> None:
    for name, content, reason in (
        ("ours.txt", b"x", "suffix"),
        ("ours.yaml", b"- id: \xff\n", "not-utf8"),
        ("ours.csv", b"x" * 2_000_001, "too-large"),
        (
            "many.csv",
            CSV.encode() + b"".join(b"a%d,A,T,wales,work,ask|us,us\n" % n for n in range(5001)),
            "too-many",
        ),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadEntries) as bad:
            read_entries(tmp_path / name)
        assert bad.value.problems[0].reason == reason


@pytest.mark.parametrize("name", ["empty.yaml", "empty.csv"])
def test_an_empty_file_has_no_entries(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    assert read_entries(tmp_path / name) == []
