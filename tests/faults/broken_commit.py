"""The server of the tests, broken on purpose: it acknowledges up to 0.4 s before it commits."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import uvloop

from silkroad.engines.database import sqlite
from tests.harness import served

LATE = 0.4

_honest = sqlite.Connection.__init__


def __init__(self: sqlite.Connection, path: Path, *, writes: bool) -> None:  # noqa: N807 - it takes the place of one
    _honest(self, path, writes=writes)
    execute, file = self.cursor, self._file
    committed = 0.0

    def lazily(sql: Any, *rest: Any) -> Any:
        nonlocal committed
        if sql == "BEGIN IMMEDIATE" and file.in_transaction:
            return execute("SELECT 1")
        if sql == "COMMIT":
            if time.monotonic() - committed < LATE:
                return execute("SELECT 1")
            committed = time.monotonic()
        return execute(sql, *rest)

    if writes:
        self.cursor = lazily  # type: ignore[assignment]  # - so that the writer meets it


if __name__ == "__main__":
    sqlite.Connection.__init__ = __init__  # type: ignore[method-assign]  # - this is the fault
    uvloop.run(served.main())
