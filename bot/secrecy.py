"""Every keyed hash and seal in one place: people, votes and ballots (docs/secret-ballots.md), and what is
kept of a worry.

One secret key is the root. A vote's key is derived from it and the vote's random nonce; with the
nonce erased nobody, the host included, can work out again whose ballot was whose.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken

from bot.contract.events import Person

PAD_LIMIT = 2**62


class Secrecy:
    """Hashes under one secret key. Deterministic: the same person always has the same key."""

    def __init__(self, secret_key: str) -> None:
        self._root = hashlib.sha256(b"common-ground:" + secret_key.encode()).digest()

    def person_key(self, person: Person) -> str:
        """How a person is known in storage: 32 hexadecimal digits, useless without the secret key."""
        return self._digest(self._root, b"person", f"{person.platform}:{person.id}")[:32]

    def new_nonce(self) -> str:
        """The random part of a new vote's key."""
        return secrets.token_hex(16)

    def check_value(self, nonce: str) -> str:
        """What a vote stores to notice a changed secret key before it hands out a second ballot."""
        return self._digest(self._vote_key(nonce), b"check", "")

    def fits(self, nonce: str, check_value: str) -> bool:
        """Whether the secret key is still the one that this vote was opened with."""
        return hmac.compare_digest(self.check_value(nonce), check_value)

    def voter_key(self, nonce: str, person: Person) -> str:
        """The key of a ballot: 64 hexadecimal digits, different in every vote."""
        return self._digest(self._vote_key(nonce), b"voter", f"{person.platform}:{person.id}")

    def masked(self, nonce: str, voter: str, seq: int) -> int:
        """``seq`` plus a pad of this voter: later is still larger, but the time cannot be read from it."""
        pad = int(self._digest(self._vote_key(nonce), b"pad", voter)[:16], 16) % PAD_LIMIT
        return pad + seq % PAD_LIMIT

    def sealed(self, case: str, text: str) -> str:
        """``text`` encrypted for one case: nobody reads it without the secret key. Empty stays empty."""
        return self._seal(case).encrypt(text.encode()).decode() if text else ""

    def unsealed(self, case: str, token: str) -> str | None:
        """What ``sealed`` was given; None if the secret key is another, or the token of another case."""
        try:
            return self._seal(case).decrypt(token).decode() if token else ""
        except InvalidToken:
            return None

    def _seal(self, case: str) -> Fernet:
        key = hmac.digest(self._root, b"case:" + case.encode(), "sha256")
        return Fernet(base64.urlsafe_b64encode(key))

    def _vote_key(self, nonce: str) -> bytes:
        return hmac.digest(self._root, b"vote:" + nonce.encode(), "sha256")

    @staticmethod
    def _digest(key: bytes, purpose: bytes, text: str) -> str:
        return hmac.new(key, purpose + b":" + text.encode(), "sha256").hexdigest()
