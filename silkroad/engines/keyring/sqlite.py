"""The keyring in a SQLite file of its own, beside but never inside the database. Clause 3.2.

A wrapped key is sealed by its parent with additional data naming its place, so keys cannot be
swapped between workspaces or things.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import structlog

from silkroad.kit.errors import refuse
from silkroad.kit.randomness import Randomness

from . import KeyName, KeyNotLoaded, NewKey
from .seal import NONCE, SealKey, sealing_context

TABLE = """
CREATE TABLE IF NOT EXISTS keys (
    workspace_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    parent_id TEXT,
    version INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (workspace_id, key_id)
) WITHOUT ROWID
"""
_ADD = "INSERT INTO keys (workspace_id, key_id, parent_id, version, wrapped) VALUES (?, ?, ?, ?, ?)"
_FIND = "SELECT parent_id, version, wrapped FROM keys WHERE workspace_id = ? AND key_id = ?"
_DESTROY = "DELETE FROM keys WHERE workspace_id = ? AND key_id = ?"

_UNSYNCED = {apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_DIR_FSYNC}

log = structlog.get_logger()

KEPT_IN_MEMORY = 100_000


class SqliteKeyring:
    """Keys on disk, wrapped; the most recently used ones also in memory, unwrapped.

    After a sync that failed nothing is written any more until the next start, as in the database.
    """

    def __init__(
        self, path: Path, root: SealKey, randomness: Randomness, vfs: str | None = None
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root = root
        self._randomness = randomness
        self._lock = threading.RLock()
        self._memory: OrderedDict[KeyName, SealKey] = OrderedDict()
        path.touch(mode=0o600)
        self._file = apsw.Connection(str(path), vfs=vfs)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._file.execute(f"PRAGMA {pragma}").fetchall()
        self._file.execute(TABLE)
        # what a killed process wrote is seen, and not yet on disk: sync it before it is built upon
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._in_doubt = False

    def held(self, name: KeyName) -> SealKey:
        key = self._memory.get(name)
        if key is None:
            raise KeyNotLoaded(name)
        return key

    def load(self, name: KeyName) -> SealKey:
        with self._lock:
            key = self._memory.get(name)
            if key is None:
                key = self._read(name)
                self._keep(name, key)
            else:
                self._memory.move_to_end(name)
            return key

    def persist(self, keys: list[NewKey]) -> None:
        """Store the keys in one synced transaction; parents are held, or earlier in the list.

        Raises Refusal ``storage_full``, ``storage_failed``.
        """
        with self._lock, self._told(), self._file:
            self._refuse_doubt()
            made: dict[KeyName, SealKey] = {}
            for new in keys:
                self._file.execute(_ADD, self._wrapped(new, made))
                made[new.name] = new.key
        for name, key in made.items():
            self._keep(name, key)

    def destroy(self, names: list[KeyName]) -> None:
        """Delete the keys and fold the log into the file, so that no copy stays behind in it."""
        with self._lock, self._told():
            self._refuse_doubt()
            with self._file:
                for name in names:
                    self._file.execute(_DESTROY, name)
            self._memory.clear()  # what hangs below these keys must not stay open either
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with self._lock:
            self._memory.clear()
            self._file.close()

    def _keep(self, name: KeyName, key: SealKey) -> None:
        with self._lock:
            self._memory[name] = key
            if len(self._memory) > KEPT_IN_MEMORY:
                self._memory.popitem(last=False)

    def _refuse_doubt(self) -> None:
        if self._in_doubt:
            raise refuse("storage_failed")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a full disk from a broken one, and note a sync that failed."""
        try:
            yield
        except apsw.Error as error:
            if getattr(error, "extendedresult", 0) in _UNSYNCED and not self._in_doubt:
                self._in_doubt = True
                log.error("sync_failed", file="keyring")  # noqa: TRY400 - a trace tells no more
            full = isinstance(error, apsw.FullError)
            raise refuse("storage_full" if full else "storage_failed") from error

    def _read(self, name: KeyName) -> SealKey:
        with self._told():
            row = self._file.execute(_FIND, name).fetchone()
        if row is None:
            raise refuse("erased")
        parent_id, version, wrapped = row
        material = self._parent(name.workspace_id, parent_id).open(wrapped, _place(name, version))
        return SealKey(material, version)

    def _parent(self, workspace_id: str, parent_id: str | None) -> SealKey:
        return self._root if parent_id is None else self.load(KeyName(workspace_id, parent_id))

    def _wrapped(
        self, new: NewKey, made: dict[KeyName, SealKey]
    ) -> tuple[str, str, str | None, int, bytes]:
        workspace_id, key_id = new.name
        parent = made.get(KeyName(workspace_id, new.parent_id or ""))
        parent = parent or self._parent(workspace_id, new.parent_id)
        place = _place(new.name, new.key.version)
        wrapped = parent.seal(new.key.material, place, self._randomness.bytes(NONCE))
        return workspace_id, key_id, new.parent_id, new.key.version, wrapped


def _place(name: KeyName, version: int) -> bytes:
    return sealing_context(name.workspace_id, "keys", name.key_id, "wrapped", version)
