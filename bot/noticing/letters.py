"""Letters as people meant them: zero-width characters gone, look-alikes and fancy forms made plain.

Every character of the plain text remembers where it stood in the message, so that words
can be underlined there.
"""

import unicodedata
from dataclasses import dataclass

LONGEST = 2000
_HIDDEN = frozenset({"Cf", "Cc", "Mn", "Me", "Cs", "Co"})
_LOOKALIKES = str.maketrans(
    "абвгеёзијкмнорсстухуѕіјԁӏᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢαεικνορτυχωƒıłøđ",
    "aбвгeeзиjкмнopccтyxysijdlabcdeghijklmnoprtuvwyzaeiknoptuxwfilod",
)
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"'}
)
_KEPT_ACCENTS = frozenset("áéíóúüñ")


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` is lower case; ``origin[i]`` is where its character ``i`` stood in the message."""

    text: str
    origin: range | list[int]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Offsets in the message of ``text[begin:end]``."""
        return self.origin[begin], self.origin[end - 1] + 1


def plain(message: str) -> Plain:
    """The first ``LONGEST`` characters in plain letters; never raises, whatever the message holds."""
    cut = message[:LONGEST]
    if cut.isascii():
        return Plain(cut.lower(), range(len(cut)))
    cut = cut.translate(_MARKS)
    text: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(cut):
        for one in _plain_letters(letter):
            text.append(one)
            origin.append(place)
    return Plain("".join(text), origin)


def _plain_letters(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    lowered = letter.lower()
    if lowered in _KEPT_ACCENTS:
        return lowered
    if unicodedata.category(letter) in _HIDDEN:
        return ""
    opened = unicodedata.normalize("NFKD", lowered).lower().translate(_LOOKALIKES)
    kept = "".join(one for one in opened if unicodedata.category(one) not in _HIDDEN)
    return kept or " "
