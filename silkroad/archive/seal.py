"""One sealed file: AES-256-GCM in chunks, so that it is written and read as a stream.

``header ‖ chunk ‖ … ‖ chunk``. The key comes from the root key by HKDF-SHA256 with the header's
random salt, so each file has its own. A chunk's nonce is its number and whether it is the last one
(the STREAM construction): none can be left out, swapped, repeated or added, and the end is where
the writer ended. The header is additional data of every chunk.
"""

from __future__ import annotations

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from silkroad.engines.keyring import SealKey

MAGIC = b"SILKROAD BACKUP\x01"
SALT = 32
HEADER = len(MAGIC) + SALT
CHUNK = 64 * 1024
TAG = 16


class Damaged(Exception):
    """The file is not, to the bit, what was written; the message says where that was seen."""


class SealedWriter:
    """Writes a sealed stream; nothing is complete before ``end``."""

    def __init__(self, file: BinaryIO, root: SealKey, salt: bytes) -> None:
        self._file = file
        self._header = MAGIC + salt
        self._cipher = _cipher(root, salt)
        self._number = 0
        self._unsealed = bytearray()
        file.write(self._header)

    def write(self, data: bytes) -> None:
        self._unsealed += data
        while len(self._unsealed) > CHUNK:  # what is exactly full may be the last one
            self._seal(bytes(self._unsealed[:CHUNK]), last=False)
            del self._unsealed[:CHUNK]

    def end(self) -> None:
        self._seal(bytes(self._unsealed), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._number += 1


class SealedReader:
    """Reads a sealed stream. Every method may raise Damaged."""

    def __init__(self, file: BinaryIO, root: SealKey) -> None:
        self._file = file
        self._header = file.read(HEADER)
        if len(self._header) != HEADER or not self._header.startswith(MAGIC):
            raise Damaged("it does not begin as a backup of Silkroad does")
        self._cipher = _cipher(root, self._header[len(MAGIC) :])
        self._number = 0
        self._next = file.read(CHUNK + TAG)
        self._opened = bytearray()
        self._ended = False

    def read(self, count: int) -> bytes:
        """Return so many bytes."""
        while len(self._opened) < count:
            if self._ended:
                raise Damaged("it ends too early")
            self._open()
        taken = bytes(self._opened[:count])
        del self._opened[:count]
        return taken

    def refuse_more(self) -> None:
        """See to it that the stream ends here."""
        while not self._ended:
            self._open()
        if self._opened:
            raise Damaged("there is something behind its end")

    def _open(self) -> None:
        chunk, self._next = self._next, self._file.read(CHUNK + TAG)
        self._ended = not self._next
        nonce = _nonce(self._number, last=self._ended)
        try:
            self._opened += self._cipher.decrypt(nonce, chunk, self._header)
        except InvalidTag as broken:
            where = f"the seal of part {self._number + 1} is broken"
            raise Damaged(where + _HINT * (self._number == 0)) from broken
        self._number += 1


_HINT = ", or it was sealed under another root key"


def _cipher(root: SealKey, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"silkroad backup").derive(root.material))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
