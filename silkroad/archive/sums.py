"""How much there is of something, and a sum that tells whether it is the same, in any order.

Each row has its SHA-256, and these are added up modulo 2²⁵⁶: two databases sort differently, and
still have the same sum. Against somebody who alters a backup stands its seal; the sum finds what a
move has lost, doubled or changed by mistake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

_encode = msgspec.msgpack.Encoder().encode
_ROUND = 2**256


class Sum:
    """A count and a sum of rows."""

    __slots__ = ("_total", "count")

    def __init__(self) -> None:
        self.count = 0
        self._total = 0

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            self._total += int.from_bytes(hashlib.sha256(_encode(row)).digest(), "big")
            self.count += 1
        self._total %= _ROUND

    def told(self) -> tuple[int, bytes]:
        """Return the count and the sum in 32 bytes."""
        return self.count, self._total.to_bytes(32, "big")
