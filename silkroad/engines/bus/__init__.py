"""The bus: short words between the nodes of one installation. It carries hints, never truth.

"Look at workspace w, its feed has come to n", "somebody is typing", "these people are here with
me". A word may be lost, come twice or come late, and nothing that was promised depends on it: each
node looks at the feeds by itself every two seconds. Words hold ids only.

Nodes of one region hear each other only, and a node that comes asks who is there: where only nodes
of another region answer, it has nothing to look for (clause 2.1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

Topic = Literal["feed", "typing", "presence"]
Listener = Callable[[bytes], None]


class Bus(Protocol):
    """Says words to the other nodes, and hears theirs; never its own. Lives on the event loop."""

    def say(self, topic: Topic, about: str, word: bytes) -> None:
        """Say a word, without waiting. It takes the place of an unsent one about the same."""
        ...

    def listen(self, topic: Topic, listener: Listener) -> None:
        """Hear the others' words on a topic."""
        ...

    async def mark(self) -> str:
        """Return the other region that the nodes which are there already stand in. Clause 2.1.

        Empty: somebody of the own region is there, or nobody, or nobody has said one, or the bus
        does not answer. A node that learns later that it is among strangers says nothing until
        somebody of its own region answers, or nobody is there any more.
        """
        ...

    async def close(self) -> None: ...
