"""A Body as Telegram shows it: plain text and entities, counted in UTF-16 units, in pieces that fit.

Never a parse mode: what people typed cannot become formatting, whatever it contains.
"""

from dataclasses import dataclass, field

from telegram import MessageEntity

from bot.contract.markup import Body, Markup, Span

LONGEST = 4096  # UTF-16 units
MOST_ENTITIES = 100
_ITEM = "• "
_EMPTY = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """Text and its entities; offsets are UTF-16 units."""

    text: str = field(repr=False)
    entities: tuple[MessageEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Formatting of ``start`` to ``end``, in code points of the whole text."""

    start: int
    end: int
    kind: str
    url: str | None = None


def units(text: str) -> int:
    """The length of ``text`` as Telegram counts it."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def pieces(body: Body, longest: int = LONGEST) -> list[Text]:
    """The whole body in as few messages as hold it; at least one, never one of white space only."""
    text, marks = _written(body)
    return [_piece(text, marks, start, end) for start, end in _cuts(text, longest)] or [Text(_EMPTY)]


def plain(text: str, longest: int = LONGEST) -> Text:
    """Unformatted text, shortened with an ellipsis if it is too long."""
    if units(text) > longest:
        text = text[: _fitting(text, 0, longest - 1)] + _EMPTY
    return Text(text if text.strip() else _EMPTY)


def _written(body: Body) -> tuple[str, list[_Mark]]:
    parts: list[str] = []
    marks: list[_Mark] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for number, block in enumerate(body):
        if number:
            add("\n\n")
        for shown, span in _spans(block):
            start = length
            add(shown)
            marks += _marks(span, start, length)
    return "".join(parts), marks


def _spans(block: Markup) -> list[tuple[str, Span]]:
    shown = []
    for number, span in enumerate(block.spans):
        if span.item:
            shown.append(("\n" + _ITEM if number else _ITEM, Span("")))
        aside = span.url is not None and not _opens(span.url) and span.url.partition(":")[2] != span.text
        address = span.url.partition(":")[2] if span.url and aside else ""
        shown.append((f"{span.text} ({address})" if address else span.text, span))
    return shown


def _opens(url: str) -> bool:
    """Whether Telegram makes a link of it; of a telephone number or mail address it does so by itself."""
    return url.startswith(("https://", "http://", "tg://"))


def _marks(span: Span, start: int, end: int) -> list[_Mark]:
    found = []
    if span.bold and end > start:
        found.append(_Mark(start, end, MessageEntity.BOLD))
    if span.underlined and end > start:
        found.append(_Mark(start, end, MessageEntity.UNDERLINE))
    if span.url and _opens(span.url) and span.url != span.text and end > start:
        found.append(_Mark(start, end, MessageEntity.TEXT_LINK, span.url))
    return found


def _cuts(text: str, longest: int) -> list[tuple[int, int]]:
    """Where each piece begins and ends, without the white space around it."""
    cuts: list[tuple[int, int]] = []
    start = 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        if start == len(text):
            return cuts
        end = _fitting(text, start, longest)
        if end < len(text):
            end = _nice_end(text, start, end)
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        cuts.append((start, stop))
        start = end


def _fitting(text: str, start: int, longest: int) -> int:
    """The furthest end so that ``text[start:end]`` has at most ``longest`` units."""
    end = min(len(text), start + longest)
    while units(text[start:end]) > longest:
        end -= max(1, (units(text[start:end]) - longest) // 2)
    return end


def _nice_end(text: str, start: int, end: int) -> int:
    """An end between paragraphs, lines or words in the second half of the piece, if there is one."""
    for border in ("\n\n", "\n", " "):
        found = text.rfind(border, start + (end - start) // 2, end)
        if found > start:
            return found
    return end


def _piece(text: str, marks: list[_Mark], start: int, end: int) -> Text:
    entities = []
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            entities.append(
                MessageEntity(
                    type=mark.kind,
                    offset=units(text[start:first]),
                    length=units(text[first:last]),
                    url=mark.url,
                )
            )
    return Text(text[start:end], tuple(entities[:MOST_ENTITIES]))
