"""The keyring: which key opens what, in a store of its own. Clauses 2.2c, 3.2; ground of 6.1e.

Root key → workspace key → subject key → conversation or file key. A key is named by the id of the
thing that it protects, within its workspace; it is stored wrapped by its parent. Destroying a
subject's key makes everything below it unreadable at once.

An action may not wait for the keyring, so a transaction asks only for keys that are in memory
(``held``); one that is not raises ``KeyNotLoaded``, and the writer loads it and tries again. New
keys become durable (``persist``) before the rows that use them commit; a key whose row never came
is an orphan and harmless.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from .seal import SealKey, sealing_context

__all__ = ["KeyName", "KeyNotLoaded", "Keyring", "NewKey", "SealKey", "sealing_context"]


class KeyName(NamedTuple):
    """A key's address: the workspace and the id of what it protects."""

    workspace_id: str
    key_id: str


class NewKey(NamedTuple):
    """A key made inside a transaction, not yet durable. A workspace's own has no parent."""

    name: KeyName
    parent_id: str | None
    key: SealKey


class KeyNotLoaded(Exception):
    """The key exists perhaps, but not in memory: load it and run the action again."""

    def __init__(self, name: KeyName) -> None:
        super().__init__(name)
        self.name = name


class Keyring(Protocol):
    """What a transaction needs of a keyring. All methods may be called from any thread."""

    def held(self, name: KeyName) -> SealKey:
        """Return the key from memory. Raises KeyNotLoaded."""
        ...

    def load(self, name: KeyName) -> SealKey:
        """Return the key, reading and unwrapping it if need be; may block.

        Raises Refusal ``erased`` when the keyring holds no such key.
        """
        ...

    def persist(self, keys: list[NewKey]) -> None:
        """Store new keys durably, wrapped by their parents; may block. All or none."""
        ...

    def destroy(self, names: list[KeyName]) -> None:
        """Forget keys for good, in memory and in the store; may block."""
        ...

    def close(self) -> None: ...
