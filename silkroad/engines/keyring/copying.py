"""A keyring's rows as they are stored, wrapped: for moving them, never for opening them.

It has a connection of its own and reads in short steps, so it never stands in the way of the server
that has the keyring open.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import apsw

from silkroad.kit.errors import refuse

from .sqlite import TABLE

PAGE = 1_000
BUSY_TIMEOUT = 5_000  # ms
_READ = (
    "SELECT workspace_id, key_id, parent_id, version, wrapped FROM keys "
    "WHERE (workspace_id, key_id) > (?, ?) ORDER BY workspace_id, key_id LIMIT ?"
)
_ADD = "INSERT INTO keys (workspace_id, key_id, parent_id, version, wrapped) VALUES (?, ?, ?, ?, ?)"

KeyRow = tuple[str, str, str | None, int, bytes]


class SqliteKeyRows:
    """The rows of a keyring in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self) -> Iterator[list[KeyRow]]:
        """Yield the keys, wrapped, in order of their names."""
        file = self._opened()
        try:
            file.execute("PRAGMA query_only=ON").fetchall()
            after = ("", "")
            while page := cast("list[KeyRow]", file.execute(_READ, (*after, PAGE)).fetchall()):
                yield page
                after = page[-1][:2]
        finally:
            file.close()

    def put_rows(self, pages: Iterator[list[KeyRow]]) -> None:
        """Store keys, all or none; what has a key already is an error."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path.touch(mode=0o600)
        file = self._opened()
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                file.execute(f"PRAGMA {pragma}").fetchall()
            with file:
                file.execute(TABLE)
                for page in pages:
                    file.executemany(_ADD, page)
        finally:
            file.close()

    def _opened(self) -> apsw.Connection:
        """Open the file, which is never made by looking for it. Raises Refusal."""
        if not self._path.exists():
            raise refuse("storage_failed", f"There is no keyring at {self._path}.")
        file = apsw.Connection(str(self._path))
        file.set_busy_timeout(BUSY_TIMEOUT)
        return file
