"""Where a conversation in a private chat began: its buttons carry the group and the topic along.

So what is asked in a topic and answered in private still belongs to that topic, with nothing kept about
who asked. Callback data holds 64 bytes; a button without room for it works as one of the private chat.
"""

import string

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram import inbound
from adapters.telegram.outbound import LONGEST_DATA, Shown
from bot.contract.events import Place

_SIGN, _DOT = "@", "."
_DIGITS = string.digits + string.ascii_lowercase


def carried(shown: Shown, place: Place) -> Shown:
    """The same message, its buttons knowing ``place``."""
    if shown.keyboard is None or not place.group:
        return shown
    where = f"{_SIGN}{_short(-int(place.group))}{_DOT}{_short(int(place.thread or 0))}"
    rows = [[_carrying(button, where) for button in row] for row in shown.keyboard.inline_keyboard]
    return Shown(shown.text, InlineKeyboardMarkup(rows))


def split(data: str) -> tuple[str, Place | None]:
    """A button's payload, and the place that it carries."""
    payload, sign, where = data.partition(_SIGN)
    chat, dot, thread = where.partition(_DOT)
    if not sign or not dot or not chat or not thread or not set(chat + thread) <= set(_DIGITS):
        return payload, None
    return payload, inbound.group_place(-int(chat, 36), int(thread, 36) or None)


def _carrying(button: InlineKeyboardButton, where: str) -> InlineKeyboardButton:
    data = button.callback_data
    if not isinstance(data, str) or len(f"{data}{where}".encode()) > LONGEST_DATA:
        return button
    return InlineKeyboardButton(button.text, callback_data=f"{data}{where}")


def _short(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    return letters or "0"
