"""What a file is."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

MOST_BYTES = 15 * 1024 * 1024


class FileInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A stored file; ``width`` and ``height`` are in pixels, for pictures."""

    id: str
    name: str
    media_type: str
    bytes: int
    width: int | None
    height: int | None


class Prepared(NamedTuple):
    """A file that was recognised and, if it is a picture, drawn anew: ready to be sealed."""

    data: bytes
    name: str
    media_type: str
    width: int | None
    height: int | None
