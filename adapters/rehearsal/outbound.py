"""Actions as the room shows them: plain JSON values. Every text stays text; nothing is formatted here."""

from typing import Any

from bot.contract.actions import Ask, Button
from bot.contract.markup import Body, Markup, Span


def body(blocks: Body) -> list[dict[str, Any]]:
    """A body as JSON: blocks of spans, each span with only the marks it has."""
    return [{"spans": [_span(span) for span in block.spans]} for block in blocks]


def words(text: str) -> list[dict[str, Any]]:
    """What a person typed, as one block of plain text."""
    return [{"spans": [{"text": text}]}]


def buttons(row: tuple[Button, ...]) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "payload": one.payload, "url": one.url, "typed": one.typed}
        for one in row
        if one.payload or one.url  # the room shows its places beside each other: none has an address
    ]


def form(ask: Ask) -> dict[str, Any]:
    """An Ask as the page's dialog shows it."""
    return {
        "payload": ask.payload,
        "title": ask.title,
        "note": body(ask.note),
        "fields": [
            {
                "name": one.name,
                "label": one.label,
                "value": one.value,
                "longest": one.longest,
                "lines": one.lines,
                "optional": one.optional,
            }
            for one in ask.fields
        ],
    }


def plain(shown: list[dict[str, Any]]) -> str:
    """What a body looks like without any marks, list items on lines of their own."""
    blocks = (Markup("", tuple(Span(**span) for span in block["spans"])) for block in shown)
    return "\n\n".join(block.plain for block in blocks)


def _span(span: Span) -> dict[str, Any]:
    marks = {"bold": span.bold, "url": span.url, "item": span.item, "underlined": span.underlined}
    return {"text": span.text} | {name: value for name, value in marks.items() if value}
