"""How much of what people upload may be on its way at once: for everybody, and for one.

A body is in memory until it is sealed and stored. Whoever sends slowly, or many at once, must not
fill that memory for all others; so each byte is taken from one budget, and given back at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from silkroad.kit.errors import refuse

MOST_BYTES = 128 * 1024 * 1024
AT_ONCE = 4
"""Of one person."""

WITHIN = 180.0
"""Seconds in which a body must be here: 15 MB at less than a megabit."""


class Arrivals:
    """Counts the bodies that are arriving. Not thread-safe: it lives on the event loop."""

    def __init__(self) -> None:
        self._bytes = 0
        self._of: Counter[str] = Counter()

    @contextmanager
    def one(self, who: str) -> Iterator[Callable[[int], None]]:
        """Let one body arrive; it takes its bytes with what is yielded, before it keeps them.

        Raises Refusal ``throttled`` when too many of this person's are under way, and
        ``unavailable`` when there is no room for more bytes of anybody.
        """
        if self._of[who] >= AT_ONCE:
            raise refuse("throttled", retry_after=5)
        self._of[who] += 1
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            if self._bytes + size > MOST_BYTES:
                raise refuse("unavailable", "Many files are arriving. Try again.", retry_after=5)
            self._bytes += size
            taken += size

        try:
            yield take
        finally:
            self._bytes -= taken
            self._of[who] -= 1
            if not self._of[who]:
                del self._of[who]
