"""The history checker: what was promised against what is there, for any run of any length."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.harness.people import Json

NOTES = "/notes"
"""Behind a conversation's id: its notes, which have numbers of their own."""


@dataclass
class Cell:
    """A value that one client alone writes: what was acknowledged last stands, or what came after.

    A mark ``grows``: whatever else is done may move it on, and nothing moves it back.
    """

    name: str
    acknowledged: Json
    tried: Json = None
    grows: bool = False

    def stands(self, found: Json) -> bool:
        if self.grows:
            return bool(found >= self.acknowledged)
        return found in (self.acknowledged, self.tried)


@dataclass
class History:
    """What the clients of one company tried, what they were told, and what they found wrong."""

    tried: dict[str, set[str]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # id -> digest, of those acknowledged
    contents: set[str] = field(default_factory=set)  # digests of all that was tried
    wrongs: list[str] = field(default_factory=list)
    canary: str = "words"
    foreign: frozenset[bytes] = frozenset()  # words that nobody of this company may ever hear
    acts: Counter[str] = field(default_factory=Counter)

    def try_to_send(self, conversation: str, client_id: str) -> None:
        self.tried.setdefault(conversation, set()).add(client_id)

    def acknowledge(self, conversation: str, client_id: str, seq: int) -> None:
        """Note an acknowledgement; the same message is never acknowledged under two numbers."""
        known = self.acknowledged.setdefault(conversation, {})
        assert known.get(client_id, seq) == seq, f"{client_id} was {known[client_id]}, is {seq}"
        known[client_id] = seq

    def try_to_upload(self, content: bytes) -> None:
        self.contents.add(digest(content))

    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def hear(self, said: bytes) -> None:
        """Listen to an answer or a frame for words of another company."""
        self.wrongs += (f"foreign: {word.decode()}" for word in self.foreign if word in said)

    def see(self, cell: Cell, found: Json) -> None:
        """Look at a cell as it is served now."""
        if not cell.stands(found):
            self.wrongs.append(
                f"lost: {cell.name} was acknowledged as {cell.acknowledged}, is {found}"
            )

    def faults(self, conversation: str, stored: list[Json]) -> list[str]:
        """Return what is wrong with a conversation, or with its notes, as one reader sees it.

        Events are numbered with the notes; nobody sends them.
        """
        found = []
        sent = [message for message in stored if message.get("kind") != "event"]
        by_id = {message["client_id"]: message["seq"] for message in sent}
        for client_id, seq in self.acknowledged.get(conversation, {}).items():
            if by_id.get(client_id) != seq:
                found.append(
                    f"lost: {client_id} was acknowledged as {seq}, is {by_id.get(client_id)}"
                )
        found += [f"twice: {name}" for name in twice(message["client_id"] for message in sent)]
        unsent = by_id.keys() - self.tried.get(conversation, set())
        found += [f"from nowhere: {client_id}" for client_id in sorted(unsent)]
        numbers = [message["seq"] for message in stored]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"gap or disorder: {numbers}")
        return found


def twice(names: Iterable[str]) -> list[str]:
    """Return what stands there more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
