"""Whether entries are right: numbers, addresses, places. And the self-check of the packs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.directory import BadEntries, Directory, Entry, Route, self_check
from bot.directory.check import checked_entries, problems_of
from bot.directory.files import write_entries
from bot.directory.packs import PACKS, pack
from bot.texts import Texts

DIRECTORY = Directory.load()
TODAY = date(2026, 11, 25)
ENTRY = Entry(
    id="a-place",
    name="A place",
    purpose="Talking",
    countries=("england",),
    topics=("burnout",),
    routes=(Route(kind="phone", to="0808 808 1677"),),
    source="their page",
)


def reasons(entry: Entry) -> list[str]:
    return [problem.reason for problem in problems_of(entry, DIRECTORY, TODAY)]


def called(number: str, *countries: str, kind: str = "phone") -> Entry:
    return replace(ENTRY, countries=countries or ("england",), routes=(Route(kind=kind, to=number),))


def test_the_packs_have_no_mistake() -> None:
    assert self_check.problems(DIRECTORY, TODAY) == []


def test_no_number_is_excused_that_needs_no_excuse() -> None:
    assert self_check.unneeded_exceptions(DIRECTORY) == []


@pytest.mark.parametrize("name", PACKS)
def test_each_pack_is_for_its_own_country(name: str) -> None:
    nations = {"uk", "england", "scotland", "wales", "northern_ireland"}
    allowed = nations if name == "uk" else {name}
    assert all(allowed.issuperset(entry.countries) for entry in pack(name))
    assert pack(name)


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("116 213", "england"),  # two digits of 116 123 swapped
        ("116 12", "england"),
        ("116 1233", "england"),
        ("1161234567890123", "england"),
        ("0808 808 16777", "england"),
        ("0808 808", "wales"),
        ("O808 808 1677", "england"),  # a letter
        ("999 or 112", "england"),
        ("call 999", "england"),
        ("12", "us"),
        ("116 123", "us"),
        ("13 11 41 1", "australia"),
        ("14417", "india"),
        ("", "england"),
    ],
)
def test_a_number_that_cannot_be_called_is_found(number: str, country: str) -> None:
    assert reasons(called(number, country))[0] in ("number", "foreign")


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("1800 66 66 66", "england"),  # Childline in Ireland
        ("+353 1800 666666", "wales"),
        ("+1 866 662 1235", "england"),
        ("0808 808 8000", "ireland"),
        ("020 7713 2030", "us"),
    ],
)
def test_a_number_of_another_country_is_found(number: str, country: str) -> None:
    assert reasons(called(number, country))[0] in ("foreign", "number")


@pytest.mark.parametrize(
    "number", ["+44 808 808 1677", "0808 8081677", "(0808) 808-1677", "116 123", "116123", "999"]
)
def test_a_right_number_may_be_written_in_its_own_way(number: str) -> None:
    assert reasons(called(number)) == []


def test_a_number_must_fit_every_country_of_its_entry() -> None:
    assert reasons(called("116 123", "uk", "ireland")) == []
    assert reasons(called("0808 808 8000", "uk", "ireland")) == ["foreign"]
    assert reasons(called("0808 808 8000", "anywhere")) == ["number"]
    assert reasons(called("+44 808 808 8000", "anywhere")) == []


def test_relay_numbers_are_looked_at_behind_their_prefix() -> None:
    assert reasons(called("18001 116 123", kind="relay")) == []
    assert reasons(called("18001 116 213", kind="relay")) == ["number"]
    assert reasons(called("Relay UK app", kind="relay")) == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://samaritans.org", "address-http"),
        ("https://bit.ly/abc", "address-short"),
        ("https://tinyurl.com/x", "address-short"),
        ("samaritans.org", "address-wrong"),
        ("https://samaritans", "address-wrong"),
        ("https://user:word@samaritans.org", "address-wrong"),
        ("https://127.0.0.1/x", "address-wrong"),
        ("https://samaritans.org:8443", "address-wrong"),
        ("javascript:alert(1)", "address-wrong"),
        ("https://samaritans.org/a b", "address-wrong"),
    ],
)
def test_an_address_must_be_full_and_secure(address: str, reason: str) -> None:
    assert reasons(called(address, kind="web")) == [reason]
    assert reasons(called(address, kind="webchat")) == [reason]
    assert reasons(replace(ENTRY, page=address)) == [reason]


CHANGES: Mapping[str, tuple[dict[str, object], str]] = {
    "a place that is no country": ({"countries": ("atlantis",)}, "unknown-countries"),
    "somewhere else": ({"countries": ("elsewhere",)}, "unknown-countries"),
    "an unknown topic": ({"topics": ("eczema",)}, "unknown-topics"),
    "an unknown audience": ({"audience": ("cats",)}, "unknown-audience"),
    "an unknown status": ({"status": "fine"}, "unknown-status"),
    "an id with spaces": ({"id": "A Place"}, "id"),
    "an id that leaves its folder": ({"id": "../x"}, "id"),
    "a formula": ({"name": "=HYPERLINK(1)"}, "formula"),
    "a very long text": ({"purpose": "x" * 201}, "too-long"),
    "a glucose level": ({"purpose": "When you are below 4 mmol/l"}, "clinical"),
    "a dose": ({"not_for": "more than 10 units"}, "clinical"),
    "no check for a year and more": ({"check_every_days": 366}, "check-every-days"),
    "a crisis line checked twice a year": ({"crisis": True, "check_every_days": 180}, "check-every-days"),
    "checked tomorrow": ({"last_checked": date(2026, 11, 26)}, "future"),
    "a crisis line that one person checked": (
        {"crisis": True, "check_every_days": 90, "status": "ok", "checked_by": ("Mo",)},
        "two-people",
    ),
    "the same person twice": (
        {"crisis": True, "check_every_days": 90, "status": "ok", "checked_by": ("Mo", "Mo")},
        "two-people",
    ),
    "an unknown way": ({"routes": (Route(kind="pigeon", to="the roof"),)}, "unknown-kind"),
    "an email address without a host": ({"routes": (Route(kind="email", to="jo@samaritans"),)}, "email"),
    "a number where words belong": ({"routes": (Route(kind="local", to="call 911"),)}, "local"),
    "nine ways": ({"routes": (Route(kind="ask", to="us"),) * 9}, "routes"),
    "a list in a list": ({"languages": ("English; Welsh",)}, "list"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_else_is_wrong_is_found(name: str) -> None:
    changes, reason = CHANGES[name]
    assert reasons(replace(ENTRY, **changes)) == [reason]  # type: ignore[arg-type]


def test_every_reason_has_its_words() -> None:
    keys = {
        key.removeprefix("directory.problem-") for key in Texts.load().keys if "directory.problem-" in key
    }
    assert {reason for _, reason in CHANGES.values()} <= keys
    assert {"number", "foreign", "address-http", "address-short", "address-wrong"} <= keys


def test_of_a_file_with_one_mistake_nothing_is_taken_and_its_line_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    bad = replace(ENTRY, id="b-place", routes=(Route(kind="phone", to="116 213"),))
    write_entries(file, [ENTRY, bad])
    with pytest.raises(BadEntries) as found:
        checked_entries(file, DIRECTORY, TODAY)
    (problem,) = found.value.problems
    line = file.read_text().splitlines()[problem.line - 1]
    assert (problem.reason, problem.value, problem.entry) == ("number", "116 213", "b-place")
    assert line.strip() == "routes:"
    write_entries(file, [ENTRY])
    assert checked_entries(file, DIRECTORY, TODAY) == [ENTRY]


def changed(id: str, **changes: object) -> Directory:
    entries = [replace(e, **changes) if e.id == id else e for e in DIRECTORY.entries]  # type: ignore[arg-type]
    return replace(DIRECTORY, entries=tuple(entries))


def found_in(directory: Directory) -> set[str]:
    return {problem.reason for problem in self_check.problems(directory, TODAY)}


def test_the_self_check_finds_a_crisis_topic_that_nothing_answers() -> None:
    without = tuple(
        e for e in DIRECTORY.entries if e.id not in ("tele-manas", "find-a-helpline", "befrienders")
    )
    assert found_in(replace(DIRECTORY, entries=without, fallback=())) == {"unanswered", "not-in-pack"}


def test_the_self_check_finds_two_countries_with_one_number() -> None:
    ireland = (Route(kind="phone", to="0800 1111"),)
    assert "two-countries" in found_in(changed("childline-ireland", routes=ireland))
    assert found_in(changed("childline-ireland", routes=ireland)) >= {"two-countries", "foreign"}


def test_the_self_check_finds_a_country_whose_number_no_service_has() -> None:
    wales = replace(DIRECTORY.countries["wales"], urgent="101")
    assert found_in(replace(DIRECTORY, countries={**DIRECTORY.countries, "wales": wales})) == {"not-in-pack"}


def test_the_self_check_finds_an_id_that_is_there_twice() -> None:
    assert found_in(replace(DIRECTORY, entries=(*DIRECTORY.entries, DIRECTORY.entries[0]))) == {"twice"}
