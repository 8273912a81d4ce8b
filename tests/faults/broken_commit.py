"""The server of the tests, broken on purpose: it acknowledges up to 0.4 s before it commits."""

from __future__ import annotations

import time
from collections.abc import Iterable

import uvloop

from silkroad.engines.database.sqlite import SqliteConnection
from tests.harness import served

LATE = 0.4


class Lazy:
    """Remembers when it last committed, and whether there is something uncommitted."""

    def __init__(self) -> None:
        self.begin, self.commit = SqliteConnection.begin, SqliteConnection.commit
        self.committed_at = 0.0
        self.open = False


_honest = Lazy()


def begin(self: SqliteConnection, workspaces: Iterable[str]) -> None:
    if not _honest.open:
        _honest.begin(self, workspaces)
    _honest.open = True


def commit(self: SqliteConnection) -> None:
    if time.monotonic() - _honest.committed_at > LATE:
        _honest.commit(self)
        _honest.committed_at, _honest.open = time.monotonic(), False


if __name__ == "__main__":
    SqliteConnection.begin = begin  # type: ignore[method-assign]  # this is the fault
    SqliteConnection.commit = commit  # type: ignore[method-assign]  # as above
    uvloop.run(served.main())
