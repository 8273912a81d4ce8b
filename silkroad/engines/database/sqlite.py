"""SQLite as the database: one writer thread that commits for everybody, and a few readers.

WAL with ``synchronous=FULL``: what is acknowledged is on disk. Only the writer checkpoints, between
batches (SQLite up to 3.51.2 can lose a commit that races another connection's checkpoint), so the
log stays bounded. APSW carries its own SQLite; see docs/decisions/003.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from .transaction import Row

PAGE = 4096
CHECKPOINT_WHEN_IDLE = 4 * 1024 * 1024 // PAGE
CHECKPOINT_AT_ONCE = 64 * 1024 * 1024 // PAGE

BUSY_TIMEOUT = 5_000  # ms

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "wal_autocheckpoint=0",
    "trusted_schema=OFF",
    f"busy_timeout={BUSY_TIMEOUT}",
    "temp_store=MEMORY",
)

Full = apsw.FullError
Violated = apsw.ConstraintError
Broken = apsw.Error


class UnsafeDatabase(Exception):
    """The file is not open the way that the promises need it; the server does not start."""


class Connection:
    """One APSW connection, as the transaction's driver sees it."""

    dialect = "sqlite"

    def __init__(self, path: Path, *, writes: bool) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if writes else 0)
        self._file = apsw.Connection(str(path), flags=flags)
        # plans do not depend on bound values: else SQLite prepares a statement anew at every run
        self._file.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        for pragma in _PRAGMAS:
            self._file.execute(f"PRAGMA {pragma}").fetchall()
        if not writes:
            self._file.execute("PRAGMA query_only=ON").fetchall()
        self.cursor = self._file.cursor().execute
        self.pages_in_log = 0
        if writes:
            self._file.set_wal_hook(self._measure_log)
        self._refuse_unsafe()

    def execute(self, sql: str, parameters: Row = ()) -> list[Row]:
        return self.cursor(sql, parameters).fetchall()

    def execute_many(self, sql: str, rows: list[Row]) -> None:
        """Run one statement for many rows."""
        self._file.executemany(sql, rows)

    def script(self, sql: str) -> None:
        self.cursor(sql).fetchall()

    def roll_back(self) -> None:
        """Undo the open transaction; SQLite has done so itself after some errors."""
        if self._file.in_transaction:
            self.cursor("ROLLBACK")

    @property
    def log_is_long(self) -> bool:
        """Whether the log is worth folding in when there is nothing else to do."""
        return self.pages_in_log >= CHECKPOINT_WHEN_IDLE

    def checkpoint(self, *, idle: bool) -> None:
        """Fold the log into the database file when it is long, without ever failing a writer."""
        if self.pages_in_log < (CHECKPOINT_WHEN_IDLE if idle else CHECKPOINT_AT_ONCE):
            return
        mode = apsw.SQLITE_CHECKPOINT_PASSIVE if idle else apsw.SQLITE_CHECKPOINT_RESTART
        self._file.set_busy_timeout(0)  # never wait for a reader while writers wait for us
        try:
            self._file.wal_checkpoint(mode=mode)
            self.pages_in_log = 0
        except (
            apsw.Error
        ):  # a reader holds the log, or the disk is full: the next batch tries again
            return
        finally:
            self._file.set_busy_timeout(BUSY_TIMEOUT)

    def close(self) -> None:
        self._file.close()

    def _measure_log(self, _connection: Any, _name: str, pages: int) -> int:
        self.pages_in_log = pages
        return apsw.SQLITE_OK

    def _refuse_unsafe(self) -> None:
        found = [self.execute(f"PRAGMA {p}")[0][0] for p in ("journal_mode", "synchronous")]
        if found != ["wal", 2]:
            raise UnsafeDatabase(f"journal_mode and synchronous are {found}, not WAL and FULL")


class Readers:
    """Read-only connections, one per thread that asks, each reading from one snapshot at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._open: list[Connection] = []

    def run(self, work: Callable[[Connection], Any]) -> Any:
        connection = self._connection()
        connection.cursor("BEGIN")
        try:
            return work(connection)
        finally:
            connection.roll_back()

    def close(self) -> None:
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()

    def _connection(self) -> Connection:
        known: Connection | None = getattr(self._mine, "connection", None)
        if known is None:
            known = self._mine.connection = Connection(self._path, writes=False)
            with self._lock:
                self._open.append(known)
        return known


def sqlite_version() -> str:
    """Return the version of the SQLite inside APSW."""
    return apsw.sqlite_lib_version()
