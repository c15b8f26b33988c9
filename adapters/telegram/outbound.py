"""Actions as Telegram's messages: text with entities and an inline keyboard."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity

from adapters.telegram import text
from adapters.telegram.core import PLATFORM
from bot.contract.actions import Button
from bot.contract.markup import Body
from bot.contract.payload import at_community

MOST_BUTTONS = 100
LONGEST_DATA = 64  # bytes
_CHATS = "https://t.me/c"
_SUPERGROUP = "-100"
_ROW = 3
_ROW_LETTERS = 26
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, ready for the wire."""

    text: text.Text
    keyboard: InlineKeyboardMarkup | None = field(default=None, repr=False)

    def packed(self) -> str:
        """As JSON, for a file of our own."""
        entities = [entity.to_dict() for entity in self.text.entities]
        keyboard = self.keyboard.to_dict() if self.keyboard else None
        return json.dumps({"text": self.text.text, "entities": entities, "keyboard": keyboard})

    @classmethod
    def unpacked(cls, packed: str) -> "Shown":
        kept = json.loads(packed)
        entities = MessageEntity.de_list(kept["entities"], None)
        keyboard = InlineKeyboardMarkup.de_json(kept["keyboard"], None) if kept["keyboard"] else None
        return cls(text.Text(kept["text"], tuple(entities)), keyboard)


def messages(body: Body, buttons: Sequence[Button] = ()) -> list[Shown]:
    """A body in as many messages as it needs; the buttons stand under the last."""
    shown = [Shown(piece) for piece in text.pieces(body)]
    return [*shown[:-1], Shown(shown[-1].text, keyboard(buttons))]


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Short labels side by side, long ones on rows of their own."""
    rows: list[list[InlineKeyboardButton]] = []
    letters = 0
    for button in buttons[:MOST_BUTTONS]:
        made = _button(button)
        if made is None:
            continue
        full = not rows or len(rows[-1]) == _ROW or letters + len(button.label) > _ROW_LETTERS
        if full:
            rows.append([])
            letters = 0
        rows[-1].append(made)
        letters += len(button.label)
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton | None:
    label = button.label.strip() or "…"
    if url := button.url or _address(button):
        return InlineKeyboardButton(label, url=url)
    if button.payload and len(button.payload.encode()) <= LONGEST_DATA:
        return InlineKeyboardButton(label, callback_data=button.payload)
    return None


def _address(button: Button) -> str | None:
    """Where a message or topic is seen by those in its group. Only supergroups have such addresses."""
    shown = button.opens
    if shown is None or shown.place.platform != PLATFORM or not shown.place.group.startswith(_SUPERGROUP):
        return None
    where = [part for part in (shown.place.thread, shown.id) if part] or ["1"]
    return "/".join((_CHATS, shown.place.group.removeprefix(_SUPERGROUP), *where))


def link(label: str, url: str) -> InlineKeyboardMarkup:
    """One button that opens an address."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]])


def at_home(buttons: Sequence[Button], community: int | None) -> Sequence[Button]:
    """These buttons naming their community, for the private chat, which does not tell it."""
    return buttons if community is None else [_at_home(button, community) for button in buttons]


def _at_home(button: Button, community: int) -> Button:
    if button.payload is None:
        return button
    try:
        payload = at_community(button.payload, community)
    except ValueError:  # no room for it, or not ours
        return button
    return Button(label=button.label, payload=payload, url=button.url, typed=button.typed)


def wire(shown: Shown) -> dict[str, Any]:
    """The parameters that every kind of sending and editing shares."""
    return {
        "text": shown.text.text,
        "entities": list(shown.text.entities) or None,
        "reply_markup": shown.keyboard,
        "link_preview_options": NO_PREVIEW,
    }
