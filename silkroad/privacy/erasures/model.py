"""How far an erasure has come."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """When it was asked for, when the keys were gone, and when all was (ms)."""

    asked_at: int
    shredded_at: int | None
    erased_at: int | None


class Remains(NamedTuple):
    """What hangs on a person outside the database: names of keys, and of what lies in blobs."""

    keys: list[str]
    contents: list[str]
