"""Which names the bot repeats: plain ones only. Any other person is welcomed without a name."""

import hashlib
import re
import unicodedata

LONGEST = 32
_PLAIN = re.compile(r"[\w'’. -]+")
_LOOKS_LIKE_A_LINK = re.compile(r"\w\.\w|www|http|\.com\b", re.IGNORECASE)
_LOOKALIKES = (str.maketrans("013457", "oleast"), str.maketrans("013457", "oieast"))

# Slurs and the like, as the start of their SHA-256, so that nobody has to read them here.
_NOT_REPEATED = """
044eb98b18 08a841e996 0dcc4d3364 11cf8376a1 120f6e5b4e 12e6274e43 158869a973 16ea09fc78 1802d08145
1e02eec4f1 22fc75e65a 268651b3ec 27a62b6817 2a6937d721 2f5f6ce5ae 31506a8448 333f761809 33740da8a8
3b1e0d7c5d 3cc0a581d3 402f7ebd98 45cd3e1bb4 4b18aefe82 517ae3f732 544fc8545c 566f532d48 5a9d9dcefb
5b3ae48be1 619bc82e0d 6ac3c336e4 7122c9a14b 82159dd028 85fc17f706 886d51e97a 89133bc00e 8a2496b950
8f5083e3e5 92a9bf818e 937d56e497 94a877e2ce 98b52c4b6b 9915ba2d82 9ae315a94e a76d588d00 b3cec2f6ec
b690cdbe59 bb61ef4081 bcd1642bca bdb1cc258d c1cabb6f6e c2c3b68b48 c3de533e9b ca8aca2ceb cc02032349
d067075bc9 d75a838dc7 daec0c235d dd92623b0a e7b98c6aa5 eef3bd0916 f64c6fad9c f9d0d9b18a fd70ad909b
"""


def can_be_repeated(name: str) -> bool:
    """Whether a display name is letters and digits only, short, no link and no slur."""
    if not 1 <= len(name.strip()) <= LONGEST or not _PLAIN.fullmatch(name) or "_" in name:
        return False
    if _LOOKS_LIKE_A_LINK.search(name) or not any(letter.isalpha() for letter in name):
        return False
    return not any(_digest(word) in _NOT_REPEATED for word in _words(name))


def _words(name: str) -> set[str]:
    """The words of a name in several readings: as written, digits read as letters, run together."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    readings = {bare, *(bare.translate(table) for table in _LOOKALIKES)}
    words = {word for reading in readings for word in re.split(r"[^a-z0-9]+", reading)}
    together = {re.sub(r"[^a-z]", "", reading) for reading in readings}
    return words | together | {re.sub(r"(.)\1+", r"\1", word) for word in words | together}


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:10]
