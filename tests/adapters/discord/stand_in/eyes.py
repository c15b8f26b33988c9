"""What a person sees of a message: Discord's Markdown, as far as the bot uses it, shown as plain text."""

import re

_TOKEN = re.compile(
    r"\\([^0-9A-Za-z\s])"  # an escaped sign
    r"|\[((?:\\.|[^\]\\])+)\]\(<?([^)>\s]+)>?\)"  # a link with a label
    r"|<(https?://[^>]+)>"  # a bare link without a preview
    r"|(https?://[^\s<>]+)"
    r"|(\*\*|__|~~|\|\||```|`|\*|_)"
    r"|<(@&?|#|t:)\w+(?::\w)?>"
    r"|^(\#{1,3} |-\# |> )",
    re.MULTILINE,
)


def seen(text: str, *, marks: bool = False) -> str:
    """The text without its marks; with ``marks``, what would be formatted is shown as «it»."""

    def shown(found: re.Match[str]) -> str:
        sign, label, address, bare, plain, mark, mention, start = found.groups()
        if sign:
            return sign
        if label:
            return f"{seen(label)} ({address})"
        if bare or plain:
            return bare or plain
        return f"«{mark or mention or start}»" if marks else ""

    return _TOKEN.sub(shown, text).replace("\u200b", "")
