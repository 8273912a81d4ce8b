"""A keyring's rows as they are stored, wrapped: for moving them, never for opening them.

They are read over a connection of their own and in short steps, so nobody stands in the way of the
servers that have the keyring open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

import apsw

from silkroad.kit.errors import refuse

from .sqlite import ADD, TABLE, translated

PAGE = 1_000
BUSY_TIMEOUT = 5_000  # ms
_READ = (
    "SELECT workspace_id, key_id, parent_id, version, wrapped FROM keys "
    "WHERE (workspace_id, key_id) > (?, ?) ORDER BY workspace_id, key_id LIMIT ?"
)

_PLACE = """
CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), region TEXT NOT NULL)
"""
_HAS_PLACE = "SELECT 1 FROM sqlite_master WHERE name = 'place'"
_MARK = "INSERT OR IGNORE INTO place VALUES (1, ?)"
_REGION = "SELECT region FROM place"

KeyRow = tuple[str, str, str | None, int, bytes]
"""Workspace, key, parent or None, version, and the key wrapped under its parent or the root."""


class KeyRows(Protocol):
    """The stored rows of a keyring, and its mark. All methods raise Refusal ``storage_failed``."""

    def rows(self) -> Iterator[list[KeyRow]]:
        """Yield the keys in pages, in order of their names; a keyring is never made by looking.

        Each page is a look of its own. What was there before the first and is not destroyed is
        among them; what is stored or destroyed meanwhile may or may not be.
        """
        ...

    def put_rows(self, pages: Iterator[list[KeyRow]]) -> None:
        """Store keys durably, all or none, in a keyring that is made if need be.

        Raises Refusal ``already_exists`` when one of them has a key already, ``storage_full``.
        """
        ...

    def mark(self, region: str = "") -> str:
        """Return the region that the keyring is marked with, or nothing. Clause 2.1.

        Without a mark it takes the given one, if any, once and for good, and is made if need be.
        """
        ...


class SqliteKeyRows:
    """The rows of a keyring in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self) -> Iterator[list[KeyRow]]:
        with self._opened() as file:
            file.execute("PRAGMA query_only=ON").fetchall()
            after = ("", "")
            while page := cast("list[KeyRow]", file.execute(_READ, (*after, PAGE)).fetchall()):
                yield page
                after = page[-1][:2]

    def put_rows(self, pages: Iterator[list[KeyRow]]) -> None:
        with self._made() as file:
            file.execute(TABLE)
            for page in pages:
                file.executemany(ADD, page)

    def mark(self, region: str = "") -> str:
        if region:
            with self._made() as file:
                file.execute(_PLACE)
                file.execute(_MARK, (region,))
        if not self._path.exists():
            return ""
        with self._opened() as file:
            row = file.execute(_REGION).fetchone() if file.execute(_HAS_PLACE).fetchone() else None
            return "" if row is None else str(row[0])

    @contextmanager
    def _made(self) -> Iterator[apsw.Connection]:
        """Open the file to write, made if need be, in one synced transaction. Raises Refusal."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path.touch(mode=0o600)
        with self._opened() as file:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                file.execute(f"PRAGMA {pragma}").fetchall()
            with file:
                yield file

    @contextmanager
    def _opened(self) -> Iterator[apsw.Connection]:
        """Open the file, which is never made by looking for it. Raises Refusal."""
        if not self._path.exists():
            raise refuse("storage_failed", f"There is no keyring at {self._path}.")
        try:
            file = apsw.Connection(str(self._path))
            try:
                file.set_busy_timeout(BUSY_TIMEOUT)
                yield file
            finally:
                file.close()
        except apsw.Error as error:
            raise translated(error) from error
