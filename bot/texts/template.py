"""Templates: a catalogue entry, parsed once, into which values are put as plain text.

``**bold**``, ``[label](url)``, lines that start with ``- `` (list items), ``{name}`` (a value) and
empty lines (a new paragraph). What a value contains is never read as any of these.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.contract.markup import Markup, Span
from bot.texts.direction import isolated

Value = str | int | Markup
_TOKEN = re.compile(r"(\*\*)|\{([^{}]*)\}|\[([^\[\]]*)\]\(([^()\s]+)\)|([{}])")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


class TemplateError(ValueError):
    """A catalogue entry that cannot be read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a template: literal text, or the name of a value. ``url`` is itself made of pieces."""

    text: str = ""
    name: str = ""
    bold: bool = False
    item: bool = False
    url: tuple["Piece", ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed entry: its paragraphs, each a run of pieces, and the names of its values."""

    paragraphs: tuple[tuple[Piece, ...], ...]

    @property
    def names(self) -> frozenset[str]:
        pieces = [piece for paragraph in self.paragraphs for piece in paragraph]
        pieces += [inner for piece in pieces for inner in piece.url]
        return frozenset(piece.name for piece in pieces if piece.name)

    def fill(self, key: str, values: Mapping[str, Value], rtl: bool = False) -> tuple[Markup, ...]:
        """One ``Markup`` a paragraph. KeyError if a value is missing."""
        return tuple(Markup(key, _joined(_spans(paragraph, values, rtl))) for paragraph in self.paragraphs)


def parse(text: str) -> Template:
    """The template in a catalogue entry. TemplateError says what is wrong with it."""
    paragraphs = _EMPTY_LINES.split(text.strip())
    return Template(tuple(_paragraph(paragraph) for paragraph in paragraphs))


def _paragraph(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for line in text.split("\n"):
        if line.startswith("- "):
            first, *rest = _line(line[2:].strip()) or [Piece()]
            pieces += [replace(first, item=True), *rest]
        else:
            if pieces:
                pieces.append(Piece("\n"))
            pieces += _line(line.strip())
    return tuple(pieces)


def _line(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    bold, at = False, 0
    for token in _TOKEN.finditer(text):
        stars, name, label, url, stray = token.groups()
        if token.start() > at:
            pieces.append(Piece(text[at : token.start()], bold=bold))
        at = token.end()
        if stray:
            raise TemplateError(f"a single {stray!r}")
        if stars:
            bold = not bold
        elif name is not None:
            pieces.append(Piece(name=_named(name), bold=bold))
        else:
            target = tuple(_line(url))
            pieces += [replace(piece, bold=bold, url=target) for piece in _line(label)]
    if bold:
        raise TemplateError("** is opened and not closed in the same line")
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{{{name}}} is not a bare name")
    return name


def _spans(pieces: tuple[Piece, ...], values: Mapping[str, Value], rtl: bool) -> list[Span]:
    spans: list[Span] = []
    for piece in pieces:
        url = "".join(part.text or _plain(values[part.name]) for part in piece.url) or None
        value = values[piece.name] if piece.name else piece.text
        if isinstance(value, Markup) and not url:
            inner = [replace(span, bold=span.bold or piece.bold) for span in value.spans]
            if piece.item:
                inner[:1] = [replace(span, item=True) for span in inner[:1]] or [Span("", item=True)]
            spans += inner
        else:
            text = isolated(_plain(value), rtl) if piece.name else piece.text
            spans.append(Span(text, bold=piece.bold, url=url, item=piece.item))
    return spans


def _plain(value: Value) -> str:
    return value.plain if isinstance(value, Markup) else str(value)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours of one kind as one span, empty ones left out."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and not span.item and _marks(last) == _marks(span):
            joined[-1] = replace(last, text=last.text + span.text)
        elif span.text or span.item:
            joined.append(span)
    return tuple(joined)


def _marks(span: Span) -> tuple[object, ...]:
    return span.bold, span.url, span.underlined
