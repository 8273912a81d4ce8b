"""How far a long command is."""

from __future__ import annotations

import sys

WIDTH = 30


class Bar:
    """A line on standard error that grows up to ``total``."""

    def __init__(self, total: int) -> None:
        self._total, self._done = max(total, 1), 0

    def grow(self, count: int, what: str) -> None:
        self._done += count
        full = WIDTH * self._done // self._total
        share = 100 * self._done // self._total
        line = f"\r[{'#' * full:{WIDTH}}] {share:3} % {what:24}"
        print(line, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        print(file=sys.stderr)
