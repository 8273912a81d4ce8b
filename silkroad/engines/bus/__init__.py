"""The bus: "look at workspace w, feed number n". It carries hints between nodes, never truth.

With every hint lost, delivery still happens: each node looks at the feeds it serves every two
seconds by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Listener = Callable[[str, int], None]


class Bus(Protocol):
    """Publishes and hears hints: a workspace and the newest feed number in it."""

    def publish(self, workspace_id: str, number: int) -> None: ...

    def listen(self, listener: Listener) -> None: ...
