"""The bus of a single node: nobody else is there."""

from __future__ import annotations

from . import Listener, Topic


class Alone:
    """Says nothing to nobody."""

    def say(self, topic: Topic, about: str, word: bytes) -> None:
        """Nobody hears it."""

    def listen(self, topic: Topic, listener: Listener) -> None:
        """Nobody speaks."""

    async def mark(self) -> str:
        """Nobody stands anywhere."""
        return ""

    async def close(self) -> None:
        """There is nothing to close."""
