"""The bus of a single node: it hears itself."""

from __future__ import annotations

from . import Listener


class MemoryBus:
    """Hands each hint to the listeners at once."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def publish(self, workspace_id: str, number: int) -> None:
        for listener in self._listeners:
            listener(workspace_id, number)

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)
