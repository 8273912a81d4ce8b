"""AES-256-GCM with additional data that names the place of the value. Clause 3.2.

A sealed value is ``0x01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)``. Its additional data is
``workspace|table|row|column|key version``, so a value that is copied to another row, column or
tenant cannot be opened there. Nonces are random: 2³² seals under one key keep the chance of a
repeat below 2⁻³² (NIST SP 800-38D §8.3); a key protects one conversation, file or person.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
NONCE = 12
OVERHEAD = 1 + NONCE + 16


class SealBroken(Exception):
    """A sealed value does not belong here or was altered."""


def sealing_context(workspace_id: str, table: str, row: str, column: str, version: int) -> bytes:
    """Return the additional data of one stored value."""
    return f"{workspace_id}|{table}|{row}|{column}|{version}".encode()


class SealKey:
    """One 256-bit key in memory: it seals and opens, and derives keys for blind indexes."""

    __slots__ = ("_cipher", "_indexes", "material", "version")

    def __init__(self, material: bytes, version: int = 1) -> None:
        self.material = material
        self.version = version
        self._cipher = AESGCM(material)
        self._indexes: dict[str, bytes] = {}

    def seal(self, plain: bytes, context: bytes, nonce: bytes) -> bytes:
        return b"".join((FORMAT, nonce, self._cipher.encrypt(nonce, plain, context)))

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Return the plain bytes. Raises SealBroken."""
        if sealed[:1] != FORMAT or len(sealed) < OVERHEAD:
            raise SealBroken("unknown format")
        try:
            return self._cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], context)
        except InvalidTag as broken:
            raise SealBroken("altered, or sealed for another place") from broken

    def blind(self, field: str, value: str) -> bytes:
        """Return HMAC-SHA-256 of a value under a key of this field: equal values, equal bytes."""
        return hmac.digest(self._index_key(field), value.encode(), hashlib.sha256)

    def _index_key(self, field: str) -> bytes:
        known = self._indexes.get(field)
        if known is None:
            derive = HKDF(SHA256(), 32, salt=None, info=b"silkroad blind index|" + field.encode())
            known = self._indexes[field] = derive.derive(self.material)
        return known
