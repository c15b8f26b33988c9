"""The little syntax of catalogue entries, and that no value can use it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.contract.markup import Markup, Span
from bot.texts import Reader, TemplateError, Texts
from bot.texts.template import Template, parse

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def filled(text: str, **values: str | int | Markup) -> tuple[Span, ...]:
    (block,) = parse(text).fill("a.key", values)
    assert block.key == "a.key"
    return block.spans


def written(folder: Path, language: str, entries: dict[str, str], *, plurals: str = "") -> None:
    """A catalogue file; several forms of one entry are parted by "|"."""
    head = HEAD + (f'"Plural-Forms: {plurals}\\n"\n' if plurals else "")
    lines = [head]
    for key, text in entries.items():
        forms = text.split("|")
        if len(forms) == 1:
            lines.append(f'msgid "{key}"\nmsgstr "{text}"\n')
        else:
            strings = "\n".join(f'msgstr[{n}] "{form}"' for n, form in enumerate(forms))
            lines.append(f'msgid "{key}"\nmsgid_plural "{key}"\n{strings}\n')
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "all.po").write_text("\n".join(lines), "utf-8")


def test_plain_words_are_one_span() -> None:
    assert filled("Read the rules.") == (Span("Read the rules."),)


def test_stars_make_bold_and_values_inside_them_are_bold_too() -> None:
    assert filled("Rule **{number}** holds.", number=4) == (
        Span("Rule "),
        Span("4", bold=True),
        Span(" holds."),
    )


def test_a_link_takes_its_address_from_a_value() -> None:
    assert filled("See [their page]({url}).", url="https://a.example/b") == (
        Span("See "),
        Span("their page", url="https://a.example/b"),
        Span("."),
    )


def test_square_brackets_without_an_address_are_only_brackets() -> None:
    assert filled("/rules [number or word]") == (Span("/rules [number or word]"),)


def test_lines_that_start_with_a_dash_are_list_items() -> None:
    spans = filled("You can:\n- **read**\n- write")
    assert spans == (Span("You can:"), Span("read", bold=True, item=True), Span("write", item=True))
    assert Markup("k", spans).plain == "You can:\n- read\n- write"


def test_an_empty_line_starts_a_new_block() -> None:
    assert [block.plain for block in parse("One.\n\nTwo.\n \nThree.").fill("k", {})] == [
        "One.",
        "Two.",
        "Three.",
    ]


@pytest.mark.parametrize(
    "text", ["{x.__class__}", "{0}", "{}", "{x!r}", "{x:>9}", "{X}", "a } b", "a { b", "**open"]
)
def test_anything_but_a_bare_name_is_refused_in_a_template(text: str) -> None:
    with pytest.raises(TemplateError):
        parse(text)


@pytest.mark.parametrize(
    "typed",
    ["{x.__class__}", "{other}", "**bold**", "[free](https://bad.example)", "- item", "a\n\nb", "\\*"],
)
def test_what_a_member_typed_stays_as_typed(typed: str) -> None:
    assert filled("They wrote: {words}", words=typed, other="secret") == (Span(f"They wrote: {typed}"),)


def test_a_block_put_into_another_keeps_its_form() -> None:
    rule = Markup("rule", (Span("No judging", bold=True), Span(": be kind")))
    assert filled("Now: {rule}.", rule=rule) == (
        Span("Now: "),
        Span("No judging", bold=True),
        Span(": be kind."),
    )


def test_right_to_left_names_do_not_turn_the_sentence() -> None:
    assert filled("{name} joined.", name="سارة") == (Span("\u2068سارة\u2069 joined."),)
    assert filled("{name} joined.", name="Sara") == (Span("Sara joined."),)


def test_marks_that_reorder_text_do_not_leave_a_name() -> None:
    (span,) = filled("{name} joined.", name="ab\u202ecd\u2067")
    assert "\u202e" not in span.text
    assert span.text.count("\u2067") == span.text.count("\u2069")


def test_numbers_stand_apart_in_a_right_to_left_language() -> None:
    (block,) = parse("اتصل {number}").fill("k", {"number": "0345 123 2399"}, rtl=True)
    assert block.plain == "اتصل \u20680345 123 2399\u2069"


def test_the_names_of_a_template_include_those_of_addresses() -> None:
    template: Template = parse("{a} [label {b}](https://x.example/{c})")
    assert template.names == {"a", "b", "c"}


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    written(
        tmp_path,
        "en",
        {"hello": "Hello {name}", "only": "Only English", "votes": "{n} vote|{n} votes"},
        plurals="nplurals=2; plural=(n != 1);",
    )
    polish = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    written(tmp_path, "pl", {"votes": "{n} głos|{n} głosy|{n} głosów"}, plurals=polish)
    written(tmp_path, "pt", {"hello": "Olá {name}", "only": "Só"})
    written(tmp_path, "pt_BR", {"hello": "Oi {name}"})
    return Texts.load(tmp_path)


def test_plural_forms_follow_the_language(texts: Texts) -> None:
    assert [texts.reader("en").many("votes", n).plain for n in (0, 1, 2)] == [
        "0 votes",
        "1 vote",
        "2 votes",
    ]
    polish = texts.reader("pl")
    assert [polish.many("votes", n).plain for n in (1, 3, 5, 22)] == [
        "1 głos",
        "3 głosy",
        "5 głosów",
        "22 głosy",
    ]


def test_plural_forms_of_english_are_used_where_a_language_has_none(texts: Texts) -> None:
    assert texts.reader("pt").many("votes", 1).plain == "1 vote"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("pt-BR", "Oi Ana"),
        ("pt_BR", "Oi Ana"),
        ("pt-PT", "Olá Ana"),
        ("pt", "Olá Ana"),
        ("en-GB", "Hello Ana"),
        ("ja", "Hello Ana"),
        ("not a locale", "Hello Ana"),
        ("", "Hello Ana"),
        (None, "Hello Ana"),
        ("../../en", "Hello Ana"),
    ],
)
def test_the_nearest_language_is_taken(texts: Texts, locale: str | None, expected: str) -> None:
    assert texts.reader(locale).plain("hello", name="Ana") == expected


def test_a_missing_entry_comes_from_the_next_language(texts: Texts) -> None:
    assert texts.reader("pt-BR").plain("only") == "Só"
    assert texts.reader("pl").plain("only") == "Only English"


def test_an_unknown_key_and_a_missing_value_are_errors_that_name_the_key(texts: Texts) -> None:
    with pytest.raises(KeyError, match="nothing"):
        texts.reader("pt")("nothing")
    with pytest.raises(KeyError, match=r"hello.*name"):
        texts.reader("pt")("hello")


def test_a_key_in_two_files_is_an_error(tmp_path: Path) -> None:
    written(tmp_path, "en", {"a": "A"})
    (tmp_path / "en" / "more.po").write_text(HEAD + 'msgid "a"\nmsgstr "B"\n')
    with pytest.raises(ValueError, match="a stands in another file"):
        Texts.load(tmp_path)


def test_an_unfinished_translation_is_not_shown(tmp_path: Path) -> None:
    written(tmp_path, "en", {"a": "A"})
    written(tmp_path, "cy", {"a": ""})
    assert Texts.load(tmp_path).reader("cy").plain("a") == "A"


def test_blocks_of_one_entry_share_its_key_and_read_as_one_where_one_is_asked_for() -> None:
    reader: Reader = Texts.load().reader()
    blocks = reader.body("help.as-story.text")
    assert {block.key for block in blocks} == {"help.as-story.text"}
    assert len(blocks) == 3
    assert reader("help.as-story.text").plain == "\n\n".join(block.plain for block in blocks)


def test_loading_twice_gives_the_same_words() -> None:
    now = datetime(2026, 12, 3, tzinfo=UTC)
    assert Texts.load().reader().day(now, UTC) == Texts.load().reader("en").day(now, UTC)
