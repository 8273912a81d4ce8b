"""Many who do the same thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")

MANY = 50


def at_once(deed: Callable[[int], T], many: int = MANY) -> list[T]:
    """Let many do it side by side, each with a number; nobody begins before all are there."""
    ready = Barrier(many)

    def do(number: int) -> T:
        ready.wait()
        return deed(number)

    with ThreadPoolExecutor(many) as crowd:
        return list(crowd.map(do, range(many)))
