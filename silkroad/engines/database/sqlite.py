"""SQLite as the database: one writer thread that commits for everybody, and a few readers.

WAL with ``synchronous=FULL``: what is acknowledged is on disk. Only the writer checkpoints, between
batches (SQLite up to 3.51.2 can lose a commit that races another connection's checkpoint), so the
log stays bounded. APSW carries its own SQLite; see docs/decisions/003.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
import structlog

from .driver import Again, Broken, Full, Question, Row, Unfit, Unsafe, Violated

log = structlog.get_logger()

PAGE = 4096
CHECKPOINT_WHEN_IDLE = 4 * 1024 * 1024 // PAGE
CHECKPOINT_AT_ONCE = 64 * 1024 * 1024 // PAGE

BUSY_TIMEOUT = 5_000  # ms

_UNSYNCED = {apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_DIR_FSYNC}

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


class SqliteStore:
    """A database file. ``vfs`` names the way to the disk, where it is not the system's own."""

    writers = 1

    def __init__(self, path: Path, vfs: str | None = None) -> None:
        self._path = path
        self._vfs = vfs

    def open(self, *, writes: bool) -> SqliteConnection:
        return SqliteConnection(self._path, writes=writes, vfs=self._vfs)


class SqliteConnection:
    """One APSW connection. Who writes has the whole file for themselves, all workspaces in it.

    After a sync that failed nobody knows what the disk holds, and a second one that works says
    nothing about the first. So nothing is written any more until the next start.
    """

    dialect = "sqlite"
    answers_together = False

    def __init__(self, path: Path, *, writes: bool, vfs: str | None = None) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if writes else 0)
        with _errors():
            self._file = apsw.Connection(str(path), flags=flags, vfs=vfs)
            # plans do not depend on bound values: else SQLite prepares a statement at every run
            self._file.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
            for pragma in _PRAGMAS:
                self._file.execute(f"PRAGMA {pragma}").fetchall()
            if not writes:
                self._file.execute("PRAGMA query_only=ON").fetchall()
        self._run = self._file.cursor().execute
        self._pages_in_log = 0
        self._in_doubt = False
        if writes:
            self._file.set_wal_hook(self._measure_log)
        self._refuse_unsafe()

    def look(self) -> None:
        self.script("BEGIN")

    def begin(self, workspaces: Iterable[str]) -> None:  # noqa: ARG002 - it has all of them
        if self._in_doubt:
            raise Broken("a sync has failed: nothing is written until the next start")
        self.script("BEGIN IMMEDIATE")

    def mark(self) -> None:
        self.script("SAVEPOINT action")

    def go_back(self) -> None:
        self.script("ROLLBACK TO action")
        self.script("RELEASE action")

    def keep(self) -> None:
        self.script("RELEASE action")

    def commit(self) -> None:
        self.script("COMMIT")

    def roll_back(self) -> None:
        """Undo the open transaction; SQLite has done so itself after some errors."""
        if self._file.in_transaction:
            with suppress(apsw.Error):
                self._run("ROLLBACK")

    def execute(self, sql: str, parameters: Row = (), workspace_id: str = "") -> list[Row]:  # noqa: ARG002 - the guard stands in the SQL
        try:
            return self._run(sql, parameters).fetchall()
        except apsw.Error as error:
            raise self._failure(error) from error

    def execute_together(self, questions: list[Question]) -> list[list[Row] | None]:
        return [self.execute(*question) for question in questions]

    def execute_many(self, sql: str, rows: list[Row], workspace_id: str = "") -> None:  # noqa: ARG002 - as above
        try:
            self._file.executemany(sql, rows)
        except apsw.Error as error:
            raise self._failure(error) from error

    def script(self, sql: str) -> None:
        """Run one or several statements that take and return nothing."""
        try:
            self._run(sql).fetchall()
        except apsw.Error as error:
            raise self._failure(error) from error

    @property
    def has_chores(self) -> bool:
        """Whether the log is worth folding in when there is nothing else to do."""
        return self._pages_in_log >= CHECKPOINT_WHEN_IDLE

    def do_chores(self, *, idle: bool) -> None:
        """Fold the log into the database file when it is long, without ever failing a writer."""
        if self._pages_in_log < (CHECKPOINT_WHEN_IDLE if idle else CHECKPOINT_AT_ONCE):
            return
        mode = apsw.SQLITE_CHECKPOINT_PASSIVE if idle else apsw.SQLITE_CHECKPOINT_RESTART
        self._file.set_busy_timeout(0)  # never wait for a reader while writers wait for us
        try:
            self._file.wal_checkpoint(mode=mode)
            self._pages_in_log = 0
        except apsw.Error as error:
            self._failure(error)  # a reader holds the log, or the disk is full: try again later
        finally:
            self._file.set_busy_timeout(BUSY_TIMEOUT)

    def close(self) -> None:
        self._file.close()

    def _measure_log(self, _connection: Any, _name: str, pages: int) -> int:
        self._pages_in_log = pages
        return apsw.SQLITE_OK

    def _failure(self, error: apsw.Error) -> Exception:
        """Return the engine's own error for SQLite's, and note a sync that failed."""
        if getattr(error, "extendedresult", 0) in _UNSYNCED and not self._in_doubt:
            self._in_doubt = True
            log.error("sync_failed", file="database")
        return _translated(error)

    def _refuse_unsafe(self) -> None:
        found = [self.execute(f"PRAGMA {p}")[0][0] for p in ("journal_mode", "synchronous")]
        if found != ["wal", 2]:
            raise Unsafe(f"journal_mode and synchronous are {found}, not WAL and FULL")


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise _translated(error) from error


def _translated(error: apsw.Error) -> Exception:
    """Return the engine's own error for SQLite's."""
    match error:
        case apsw.ConstraintError():
            return Violated(str(error))
        case apsw.TooBigError() | apsw.MismatchError():
            return Unfit(str(error))
        case apsw.FullError():
            return Full(str(error))
        case apsw.BusyError() | apsw.LockedError():
            return Again(str(error))
        case _:
            return Broken(f"{type(error).__name__}: {error}")


def sqlite_version() -> str:
    """Return the version of the SQLite inside APSW."""
    return apsw.sqlite_lib_version()
