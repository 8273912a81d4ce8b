"""Chance, handed in, so that a simulation can replay it."""

from __future__ import annotations

import os
import random
from typing import Protocol


class Randomness(Protocol):
    """A source of random bytes."""

    def bytes(self, count: int) -> bytes: ...


class SystemRandomness:
    """The operating system's generator, fit for keys and tokens."""

    def bytes(self, count: int) -> bytes:
        return os.urandom(count)


class SeededRandomness:
    """The same bytes for the same seed: for simulations, never for keys that protect anybody."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)
