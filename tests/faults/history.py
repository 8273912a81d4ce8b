"""The history checker: what was promised against what is there, for any run of any length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.harness.people import Json


@dataclass
class History:
    """What clients tried and what they were told, per conversation."""

    tried: dict[str, set[str]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)

    def try_to_send(self, conversation: str, client_id: str) -> None:
        self.tried.setdefault(conversation, set()).add(client_id)

    def acknowledge(self, conversation: str, client_id: str, seq: int) -> None:
        """Note an acknowledgement; the same message is never acknowledged under two numbers."""
        known = self.acknowledged.setdefault(conversation, {})
        assert known.get(client_id, seq) == seq, f"{client_id} was {known[client_id]}, is {seq}"
        known[client_id] = seq

    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def faults(self, conversation: str, stored: list[Json]) -> list[str]:
        """Return what is wrong with a conversation as one reader sees it."""
        found = []
        by_id = {message["client_id"]: message["seq"] for message in stored}
        for client_id, seq in self.acknowledged.get(conversation, {}).items():
            if by_id.get(client_id) != seq:
                found.append(
                    f"lost: {client_id} was acknowledged as {seq}, is {by_id.get(client_id)}"
                )
        copies = Counter(message["client_id"] for message in stored)
        found += [f"twice: {client_id}" for client_id, count in copies.items() if count > 1]
        unsent = by_id.keys() - self.tried.get(conversation, set())
        found += [f"from nowhere: {client_id}" for client_id in sorted(unsent)]
        numbers = [message["seq"] for message in stored]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"gap or disorder: {numbers}")
        return found
