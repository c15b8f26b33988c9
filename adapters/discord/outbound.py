"""Actions as Discord shows them: texts with buttons, and forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import discord
from discord import ui

from adapters.discord import markdown
from adapters.discord.core import PLATFORM
from bot.contract.actions import Ask, Button, Field
from bot.contract.markup import Body

IN_A_ROW = 5
IN_A_MESSAGE = 25
_LABEL = 80
_ADDRESS = 512
_FIELD = 45
_TITLE = 100
_DESCRIPTION = 100
_CHANNELS = "https://discord.com/channels"
_AGAIN = "~"  # between a payload and a number that keeps ids in one message different


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, ready for the wire."""

    text: str = field(repr=False)
    buttons: Sequence[Button] = field(default=(), repr=False)

    @property
    def view(self) -> ui.View | None:
        return _view(self.buttons) if self.buttons else None


def messages(body: Body, buttons: Sequence[Button] = ()) -> list[Shown]:
    """A body in as many messages as it needs; buttons stand under the last, many under further ones."""
    buttons = [_addressed(button) for button in buttons]
    usable = [button for button in buttons if button.payload or _opens(button)]
    dialled = [button for button in buttons if button.url and not button.payload and not _opens(button)]
    texts = markdown.pieces(body)
    for button in dialled:
        line = markdown.escape(f"{button.label}: {(button.url or '').partition(':')[2]}")
        fits = markdown.length(texts[-1]) + len(line) < markdown.LONGEST
        texts = [*texts[:-1], f"{texts[-1]}\n{line}"] if fits else [*texts, line]
    under = [usable[start : start + IN_A_MESSAGE] for start in range(0, len(usable), IN_A_MESSAGE)] or [[]]
    shown = [Shown(text) for text in texts[:-1]] + [Shown(texts[-1], under[0])]
    return shown + [Shown("\u200b", more) for more in under[1:]]


def payload_of(custom_id: str) -> str:
    """The payload of a button that was pressed; anything else is passed on as it is."""
    return custom_id.partition(_AGAIN)[0]


def form(ask: Ask) -> ui.Modal:
    """An Ask as a form: at most five things in it, the note first where there is room."""
    modal = ui.Modal(title=_short(ask.title, 45), custom_id=ask.payload)
    note = "\n\n".join(markdown.pieces(ask.note)) if ask.note else ""
    if note and len(ask.fields) < IN_A_ROW:
        modal.add_item(ui.TextDisplay(note[: markdown.LONGEST * 2]))
    for one in ask.fields[:IN_A_ROW]:
        modal.add_item(_field(one))
    modal.stop()
    return modal


def _field(one: Field) -> ui.Label[Any]:
    fits = len(one.label) <= _FIELD
    typed: ui.TextInput[Any] = ui.TextInput(
        custom_id=one.name,
        style=discord.TextStyle.long if one.lines > 1 else discord.TextStyle.short,
        default=one.value[: one.longest] or None,
        required=not one.optional,
        max_length=min(one.longest, 4000),
    )
    description = None if fits else _short(one.label, _DESCRIPTION)
    return ui.Label(text=_short(one.label, _FIELD), description=description, component=typed)


def _view(buttons: Sequence[Button]) -> ui.View:
    """Buttons five in a row. Nothing is kept in memory for them: presses come in by their payload."""
    view = ui.View(timeout=None)
    ids: dict[str, int] = {}
    for number, button in enumerate(buttons):
        row, label = number // IN_A_ROW, _short(button.label.strip() or "…", _LABEL)
        if button.payload is None:
            view.add_item(ui.Button(label=label, url=button.url, row=row))
            continue
        again = ids[button.payload] = ids.get(button.payload, 0) + 1
        custom_id = button.payload if again == 1 else f"{button.payload}{_AGAIN}{again}"
        view.add_item(ui.Button(label=label, custom_id=custom_id, row=row))
    view.stop()
    return view


def _addressed(button: Button) -> Button:
    """A button that shows a message or place of ours, with its address."""
    shown = button.opens
    if shown is None or shown.place.platform != PLATFORM or not shown.place.group:
        return button
    parts = (shown.place.group, shown.place.thread or shown.place.channel, shown.id)
    return replace(button, url="/".join((_CHANNELS, *(part for part in parts if part))))


def _opens(button: Button) -> bool:
    url = button.url or ""
    return url.startswith(("http://", "https://", "discord://")) and len(url) <= _ADDRESS


def title(text: str) -> str:
    """The name of a thread or forum post."""
    return _short(text.strip(), _TITLE) or "…"


def _short(text: str, longest: int) -> str:
    text = markdown.one_way(text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
