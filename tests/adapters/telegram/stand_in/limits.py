"""The documented limits of what a bot may send."""

from typing import Any

from tests.adapters.telegram.stand_in.faults import bad


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def text(words: str) -> str:
    """The text as the server keeps it; refused where the server refuses it."""
    if not words:
        raise bad("message text is empty")
    if not words.strip():
        raise bad("text must be non-empty")
    if units(words) > 4096:
        raise bad("message is too long")
    return words


def entities(words: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(found) > 100:
        raise bad("too many entities")
    for entity in found:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > units(words):
            raise bad(f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text")
    return found


def keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        raise bad("reply markup is too long")
    for button in buttons:
        data = button.get("callback_data")
        if not button.get("text"):
            raise bad("BUTTON_TEXT_INVALID")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if data is None and not str(button.get("url", "")).startswith(("http", "tg://", "tel:")):
            raise bad("BUTTON_URL_INVALID")
    return markup
