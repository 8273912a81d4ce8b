"""An event loop whose time passes only when nothing is left to do: sleeps cost nothing."""

from __future__ import annotations

import asyncio
import selectors


class _Nobody(selectors.SelectSelector):
    """Never waits: when the loop would sleep, its clock moves instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits, and nothing will come")
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """One thread and no input: what runs on it runs the same way every time."""

    def __init__(self) -> None:
        self._hands = _Nobody()
        super().__init__(self._hands)

    def time(self) -> float:
        return self._hands.now
