"""Text for the wire: entities in UTF-16 units, pieces that fit, nothing that people typed is formatting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram import outbound, text
from bot.contract.actions import Button
from bot.contract.markup import Markup, Span


def block(*spans: Span) -> Markup:
    return Markup("test", spans)


def utf16(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def covered(piece: text.Text, kind: str) -> list[str]:
    raw = piece.text.encode("utf-16-le")
    found = [one for one in piece.entities if one.type == kind]
    return [raw[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le") for one in found]


def test_bold_links_and_items_become_entities_at_the_right_place_after_emoji() -> None:
    body = (
        block(Span("😀😀 "), Span("bold", bold=True), Span(" and "), Span("here", url="https://a.example")),
        block(Span("one", item=True), Span("two", item=True, bold=True)),
    )
    (piece,) = text.pieces(body)
    assert piece.text == "😀😀 bold and here\n\n• one\n• two"
    assert covered(piece, "bold") == ["bold", "two"]
    assert covered(piece, "text_link") == ["here"]


@pytest.mark.parametrize(
    "words", ["<b>x</b>", "*x* _y_ `z`", "[a](http://b)", "a & b", "\u202eright\u202c", "𝓐"]
)
def test_what_people_typed_stays_as_it_is(words: str) -> None:
    (piece,) = text.pieces((block(Span(words)),))
    assert piece.text == words.strip()
    assert piece.entities == ()


def test_a_telephone_number_is_shown_as_it_is_dialled() -> None:
    call = block(Span("Call 111", url="tel:111"))
    assert text.pieces((call,))[0].text == "Call 111 (111)"
    same = block(Span("111", url="tel:111"))
    assert text.pieces((same,))[0].text == "111"


@pytest.mark.parametrize(
    ("words", "messages"), [("x" * 4096, 1), ("x" * 4097, 2), ("😀" * 2048, 1), ("😀" * 4096, 2)]
)
def test_no_message_is_longer_than_telegram_takes(words: str, messages: int) -> None:
    found = text.pieces((block(Span(words)),))
    assert len(found) == messages
    assert "".join(piece.text for piece in found) == words
    assert all(utf16(piece.text) <= 4096 for piece in found)


def test_long_texts_are_cut_between_paragraphs_and_keep_their_formatting() -> None:
    body = tuple(block(Span("word " * 150, bold=True)) for _ in range(8))
    found = text.pieces(body)
    assert len(found) > 1
    for piece in found:
        assert piece.text == piece.text.strip()
        assert all(words.strip().startswith("word") for words in covered(piece, "bold"))


@pytest.mark.parametrize("words", ["", " ", "\n\n", "\u2003"])
def test_nothing_but_white_space_is_never_sent(words: str) -> None:
    assert text.pieces((block(Span(words)),))[0].text.strip()
    assert text.plain(words).text.strip()


def test_there_are_at_most_a_hundred_entities() -> None:
    body = (block(*(Span("x", bold=number % 2 == 0) for number in range(400))),)
    assert len(text.pieces(body)[0].entities) == 100


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans()), max_size=30), st.integers(5, 60))
def test_pieces_lose_no_word_and_entities_stay_inside(spans: list[tuple[str, bool]], longest: int) -> None:
    body = (block(*(Span(words, bold=bold) for words, bold in spans)),)
    found = text.pieces(body, longest)
    whole = "".join("".join(words for words, _ in spans).split())
    assert "".join("".join(piece.text.split()) for piece in found) == (whole or "…")
    for piece in found:
        assert 0 < utf16(piece.text) <= longest
        assert all(one.offset + one.length <= utf16(piece.text) for one in piece.entities)


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    buttons = [Button(label=label, payload="1-x") for label in ("Yes", "No", "Not sure", "A" * 40)]
    made = outbound.keyboard(buttons)
    assert made is not None
    assert [[one.text for one in row] for row in made.inline_keyboard] == [
        ["Yes", "No", "Not sure"],
        ["A" * 40],
    ]


def test_a_button_telegram_would_refuse_does_not_take_the_message_with_it() -> None:
    buttons = [Button(label="long", payload="x" * 65), Button(label="fits", payload="x" * 64)]
    made = outbound.keyboard(buttons)
    assert made is not None
    assert [one.text for row in made.inline_keyboard for one in row] == ["fits"]
    many = outbound.keyboard([Button(label=str(number), payload="1-x") for number in range(150)])
    assert many is not None
    assert sum(len(row) for row in many.inline_keyboard) == 100


def test_a_payload_without_room_for_its_community_keeps_working_as_it_is() -> None:
    full = Button(label="x", payload="1-" + "x" * 62)
    assert outbound.at_home([full], 7) == [full]


def test_what_is_to_be_shown_survives_being_written_down() -> None:
    body = (block(Span("see "), Span("this", url="https://a.example"), Span(" now", bold=True)),)
    (shown,) = outbound.messages(body, [Button(label="Go", payload="1-go")])
    again = outbound.Shown.unpacked(shown.packed())
    assert outbound.wire(again) == outbound.wire(shown)
