"""What every keyring does alike: keys are stored wrapped, and the ones in use stay in memory.

A wrapped key is sealed by its parent with additional data naming its place, so keys cannot be
swapped between workspaces or things. Where the wrapped keys lie is a subclass's affair.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from typing import NamedTuple

from silkroad.kit.errors import refuse
from silkroad.kit.randomness import Randomness

from . import KeyName, KeyNotLoaded, NewKey
from .seal import NONCE, SealKey, sealing_context

KEPT_IN_MEMORY = 100_000


class WrappedKey(NamedTuple):
    """A row of a keyring's table."""

    workspace_id: str
    key_id: str
    parent_id: str | None
    version: int
    wrapped: bytes


class WrappedKeyring(ABC):
    """A ``Keyring`` over a store of wrapped keys, which is asked by one thread at a time."""

    def __init__(self, root: SealKey, randomness: Randomness) -> None:
        self._root = root
        self._randomness = randomness
        self._lock = threading.RLock()
        self._memory: OrderedDict[KeyName, SealKey] = OrderedDict()
        self._memory_lock = threading.Lock()  # never held while the store is asked
        self._times_forgotten = 0

    @abstractmethod
    def _find(self, name: KeyName) -> WrappedKey | None:
        """Return the row. Raises Refusal ``storage_failed``."""

    @abstractmethod
    def _add(self, rows: list[WrappedKey]) -> None:
        """Store all rows durably or none. Raises Refusal ``already_exists``, ``storage_…``."""

    @abstractmethod
    def _delete(self, names: list[KeyName]) -> None:
        """Forget the rows for good. Raises Refusal ``storage_failed``."""

    @abstractmethod
    def close(self) -> None: ...

    def held(self, name: KeyName) -> SealKey:
        key = self._memory.get(name)
        if key is None:
            raise KeyNotLoaded(name)
        return key

    def load(self, name: KeyName) -> SealKey:
        """Return the key. Raises Refusal ``erased``, ``storage_failed``."""
        key = self._used(name)
        if key is None:
            with self._lock:
                since = self._times_forgotten
                key = self._read(name)
                self._keep({name: key}, since)
        return key

    def persist(self, keys: list[NewKey]) -> None:
        """Store the keys in one synced transaction; a parent is stored, or earlier in the list.

        Raises Refusal ``already_exists``, ``erased`` when a parent is gone, ``storage_full``,
        ``storage_failed``; then none of them is stored.
        """
        with self._lock:
            since = self._times_forgotten
            made: dict[KeyName, SealKey] = {}
            rows = []
            for new in keys:
                rows.append(self._wrap(new, made))
                made[new.name] = new.key
            self._add(rows)
            self._keep(made, since)

    def destroy(self, names: list[KeyName]) -> None:
        """Delete the keys. What hangs below them must not stay open either, so all are let go."""
        with self._lock:
            try:
                self._delete(names)
            finally:
                self._forget()  # also when it is not known how it went

    def _used(self, name: KeyName) -> SealKey | None:
        with self._memory_lock:
            key = self._memory.get(name)
            if key is not None:
                self._memory.move_to_end(name)
            return key

    def _keep(self, keys: dict[KeyName, SealKey], since: int) -> None:
        """Keep what was read or made, unless something was destroyed meanwhile."""
        with self._memory_lock:
            if since == self._times_forgotten:
                self._memory.update(keys)
            while len(self._memory) > KEPT_IN_MEMORY:
                self._memory.popitem(last=False)

    def _forget(self) -> None:
        with self._memory_lock:
            self._times_forgotten += 1
            self._memory.clear()

    def _read(self, name: KeyName) -> SealKey:
        row = self._find(name)
        if row is None:
            raise refuse("erased")
        parent = self._parent(name.workspace_id, row.parent_id)
        return SealKey(parent.open(row.wrapped, place_of(name, row.version)), row.version)

    def _parent(self, workspace_id: str, parent_id: str | None) -> SealKey:
        return self._root if parent_id is None else self.load(KeyName(workspace_id, parent_id))

    def _wrap(self, new: NewKey, made: dict[KeyName, SealKey]) -> WrappedKey:
        workspace_id, key_id = new.name
        parent = made.get(KeyName(workspace_id, new.parent_id or ""))
        parent = parent or self._parent(workspace_id, new.parent_id)
        place = place_of(new.name, new.key.version)
        wrapped = parent.seal(new.key.material, place, self._randomness.bytes(NONCE))
        return WrappedKey(workspace_id, key_id, new.parent_id, new.key.version, wrapped)


def place_of(name: KeyName, version: int) -> bytes:
    """Return the additional data under which a key is wrapped by its parent."""
    return sealing_context(name.workspace_id, "keys", name.key_id, "wrapped", version)
