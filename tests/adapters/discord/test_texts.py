"""Texts: escaped, split, with their buttons; nobody can be pinged or imitated."""

import pytest

from adapters.discord import markdown, outbound
from bot.contract.actions import Button
from bot.contract.markup import Markup, Span
from tests.adapters.discord.small_core import body
from tests.adapters.discord.stand_in import limits
from tests.adapters.discord.stand_in.eyes import seen

TRICKS = (
    "**bold** and __under__ and ~~gone~~",
    "@everyone <@123> <@&4> <#5> <t:1:R>",
    "[safe](https://evil.example)",
    "# heading\n- item\n* item\n1. first\n> quoted\n-# small",
    "`code` ```block``` ||hidden||",
    "back\\slash \\* star",
)


@pytest.mark.parametrize("typed", TRICKS)
def test_what_people_type_is_shown_as_they_typed_it(typed: str) -> None:
    (piece,) = markdown.pieces(body(typed))
    assert seen(piece) == typed
    assert seen(piece, marks=True) == typed


def test_marks_that_turn_the_direction_are_left_out() -> None:
    assert markdown.escape("abc\u202edcba") == "abcdcba"


def test_addresses_keep_working() -> None:
    assert markdown.escape("see https://a.example/x_y_z now") == "see https://a.example/x_y_z now"


def test_markup_becomes_markdown() -> None:
    blocks = (
        Markup("a", (Span("Rules", bold=True), Span(" we use"))),
        Markup(
            "b",
            (
                Span("1. Be kind.", item=True),
                Span("Read ", item=True),
                Span("this page", url="https://x.example/a_b"),
                Span("Call 111", url="tel:111", item=True),
                Span("Call us", url="tel:+44123", item=True),
            ),
        ),
    )
    (piece,) = markdown.pieces(blocks)
    assert piece == (
        "**Rules** we use\n\n- 1\\. Be kind.\n- Read [this page](<https://x.example/a_b>)"
        "\n- Call 111\n- Call us \\(+44123\\)"
    )


def test_long_texts_are_cut_between_items_and_never_in_a_link() -> None:
    items = [Span("word " * 60, item=True), Span("a link", url="https://x.example/" + "y" * 300)]
    blocks = (Markup("a", tuple(items * 20)),)
    found = markdown.pieces(blocks)
    assert len(found) > 1
    assert all(markdown.length(piece) <= 2000 for piece in found)
    assert sum(piece.count("[a link](<https://x.example/" + "y" * 300 + ">)") for piece in found) == 20


@pytest.mark.parametrize("typed", ["*" * 2000, "x" * 4100, "a " * 3000, "🦉" * 2000, "\n" * 10 + "x"])
def test_no_text_is_too_long_or_lost(typed: str) -> None:
    found = markdown.pieces(body(typed))
    assert all(0 < markdown.length(piece) <= 2000 for piece in found)
    assert "".join("".join(seen(piece).split()) for piece in found) == "".join(typed.split())


@pytest.mark.parametrize(("many", "messages"), [(0, 1), (1, 1), (5, 1), (6, 1), (25, 1), (26, 2), (60, 3)])
async def test_many_buttons_stand_under_several_messages(many: int, messages: int) -> None:
    buttons = [Button(label=f"{n}" * 90, payload=f"1-x-{n}") for n in range(many)]
    shown = outbound.messages(body("Choose."), buttons)
    assert len(shown) == messages
    rows = [one.view.to_components() if one.view else [] for one in shown]
    assert [problem for row in rows for problem in limits.components(row)] == []
    assert sum(len(row["components"]) for one in rows for row in one) == many


async def test_the_same_payload_twice_has_two_ids_and_one_meaning() -> None:
    (shown,) = outbound.messages(body("Choose."), [Button(label="a", payload="1-x")] * 2)
    assert shown.view is not None
    ids = [one["custom_id"] for one in shown.view.to_components()[0]["components"]]
    assert len(set(ids)) == 2
    assert {outbound.payload_of(id) for id in ids} == {"1-x"}


async def test_a_number_to_call_is_written_out_because_no_button_can_dial() -> None:
    call = Button(label="Call 999", url="tel:999")
    page = Button(label="The page", url="https://x.example/")
    (shown,) = outbound.messages(body("Help."), (call, page))
    assert shown.text == "Help.\nCall 999: 999"
    assert shown.view is not None
    assert [one["url"] for one in shown.view.to_components()[0]["components"]] == ["https://x.example/"]
