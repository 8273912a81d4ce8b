"""The keyring in a SQLite file of its own, beside but never inside the database. Clause 3.2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import structlog

from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.randomness import Randomness

from . import KeyName
from .seal import SealKey
from .wrapped import WrappedKey, WrappedKeyring

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
ADD = "INSERT INTO keys (workspace_id, key_id, parent_id, version, wrapped) VALUES (?, ?, ?, ?, ?)"
_FIND = (
    "SELECT workspace_id, key_id, parent_id, version, wrapped FROM keys "
    "WHERE workspace_id = ? AND key_id = ?"
)
_DESTROY = "DELETE FROM keys WHERE workspace_id = ? AND key_id = ?"

_UNSYNCED = {apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_DIR_FSYNC}

BUSY_FOR = 2_000  # milliseconds

log = structlog.get_logger()


class SqliteKeyring(WrappedKeyring):
    """Keys on disk, wrapped; the most recently used ones also in memory, unwrapped.

    After a sync that failed nothing is written any more until the next start, as in the database.
    """

    def __init__(
        self, path: Path, root: SealKey, randomness: Randomness, vfs: str | None = None
    ) -> None:
        super().__init__(root, randomness)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._file = apsw.Connection(str(path), vfs=vfs)
        self._file.set_busy_timeout(BUSY_FOR)  # a command of the operator's may have it open too
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._file.execute(f"PRAGMA {pragma}").fetchall()
        self._file.execute(TABLE)
        # what a killed process wrote is seen, and not yet on disk: sync it before it is built upon
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._in_doubt = False

    def close(self) -> None:
        with self._lock:
            self._forget()
            self._file.close()

    def _find(self, name: KeyName) -> WrappedKey | None:
        with self._told():
            row = self._file.execute(_FIND, name).fetchone()
        return None if row is None else WrappedKey(*row)

    def _add(self, rows: list[WrappedKey]) -> None:
        with self._told():
            self._refuse_doubt()
            with self._file:
                for row in rows:
                    self._file.execute(ADD, row)

    def _delete(self, names: list[KeyName]) -> None:
        """Delete the rows and fold the log into the file, so that no copy stays behind in it."""
        with self._told():
            self._refuse_doubt()
            with self._file:
                for name in names:
                    self._file.execute(_DESTROY, name)
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

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
            raise translated(error) from error


def translated(error: apsw.Error) -> Refusal:
    """Return the product's word: ``already_exists``, ``storage_full`` or ``storage_failed``."""
    if isinstance(error, apsw.ConstraintError):
        return refuse("already_exists")
    return refuse("storage_full" if isinstance(error, apsw.FullError) else "storage_failed")
