"""Markup as Discord's Markdown, in pieces that fit a message. Every span is escaped here, once."""

import re
from collections.abc import Iterator, Sequence

from bot.contract.markup import Body, Markup, Span

LONGEST = 2000
_CUT = 300  # characters of a span that is cut because its line alone is too long
_ANYWHERE = re.compile(r"([\\*_~`|<>\[\]()@])")
_AT_THE_START = re.compile(r"^(\s*)([#+-])|^(\s*\d+)\.(?=\s)", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>|*`]+")
_WEB = re.compile(r"https?://[^\s<>()]+")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """What people typed, shown as they typed it: no formatting, no mention, no turned direction."""
    text = one_way(text)
    shown, last = [], 0
    for address in _ADDRESS.finditer(text):
        shown += [_escaped(text[last : address.start()]), address.group()]
        last = address.end()
    return _lines("".join([*shown, _escaped(text[last:])]))


def one_way(text: str) -> str:
    """Without the marks that turn the direction of what follows: for names, labels and titles."""
    return _HIDDEN.sub("", text)


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(r"\\\1", text)


def _lines(text: str) -> str:
    """Nothing at the start of a line makes a heading or a list."""
    return _AT_THE_START.sub(lambda at: f"{at[1]}\\{at[2]}" if at[2] else f"{at[3]}\\.", text)


def length(text: str) -> int:
    """How long Discord may count a text: in UTF-16 units, never less than in characters."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def pieces(body: Body) -> list[str]:
    """A body as texts of at most 2,000; cut between blocks, list items, or words, never in a link."""
    texts = [""]
    for separator, line in _all_lines(body):
        for part in _fitting(line):
            joined = f"{texts[-1]}{separator}{part}" if texts[-1] else part
            if length(joined) <= LONGEST:
                texts[-1] = joined
            else:
                texts.append(part)
            separator = " "
    return [text for text in texts if text.strip()] or [""]


def _all_lines(body: Body) -> Iterator[tuple[str, Sequence[Span]]]:
    """Each line with what stands between it and the one before."""
    for block in body:
        for number, line in enumerate(_items(block)):
            yield ("\n" if number else "\n\n"), line


def _items(block: Markup) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    for span in block.spans:
        if span.item and lines[-1]:
            lines.append([])
        lines[-1].append(span)
    return lines


def _fitting(line: Sequence[Span]) -> list[str]:
    whole = "".join(_span(span) for span in line)
    if length(whole) <= LONGEST:
        return [whole]
    parts: list[str] = [""]
    for span in line:
        for cut in _cut(span):
            shown = _span(cut)
            if length(parts[-1] + shown) <= LONGEST:
                parts[-1] += shown
            else:
                parts.append(shown.lstrip())
    return [part for part in parts if part.strip()]


def _cut(span: Span) -> list[Span]:
    """A long span in several with the same marks; a link stays whole."""
    if span.url:
        return [span]
    cuts, rest, item = [], span.text, span.item
    while rest:
        end = len(rest) if len(rest) <= _CUT else rest.rfind(" ", 1, _CUT) + 1 or _CUT
        cuts.append(Span(rest[:end], bold=span.bold, item=item, underlined=span.underlined))
        rest, item = rest[end:], False
    return cuts


def _span(span: Span) -> str:
    shown = _link(span) if span.url else escape(span.text)
    if span.bold:
        shown = _marked(shown, "**")
    if span.underlined:
        shown = _marked(shown, "__")
    return f"- {shown}" if span.item else shown


def _marked(shown: str, mark: str) -> str:
    """The marks stand at words, never at white space; nothing is marked in what has no words."""
    inner = shown.strip()
    if not inner:
        return shown
    start = shown.index(inner)
    return f"{shown[:start]}{mark}{inner}{mark}{shown[start + len(inner) :]}"


def _link(span: Span) -> str:
    """A link that Discord shows as one; other addresses (``tel:``) as words."""
    url = span.url or ""
    if _WEB.fullmatch(url):
        return f"<{url}>" if span.text in (url, "") else f"[{_label(span.text)}](<{url}>)"
    address = url.partition(":")[2] or url
    bare = re.sub(r"\W", "", address)
    if bare and bare in re.sub(r"\W", "", span.text):
        return escape(span.text)
    return escape(f"{span.text} ({address})")


def _label(text: str) -> str:
    """A label holds no address of its own, or Discord shows no link."""
    return _lines(_escaped(one_way(text))).replace("://", ":\u200b//").replace("\n", " ")
