"""The server's role when it copies a whole database, and has the time that a node has not.

A lock for each workspace would be more locks than PostgreSQL has room for. Who copies keeps
everybody from writing in any table, until the commit; the guard compares every row as ever.
"""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.engines.database.tables import metadata

from .connection import PostgresConnection, PostgresStore
from .pipeline import Pipeline, connect


class CopyingStore(PostgresStore):
    """A PostgreSQL database, for reading or writing all that is in it."""

    def open(self, *, writes: bool) -> CopyingConnection:
        return CopyingConnection(self._url, writes=writes)


class CopyingConnection(PostgresConnection):
    """A connection with every workspace for itself, and no bound to how long a step takes."""

    def begin(self, workspaces: Iterable[str]) -> None:
        super().begin(workspaces)
        tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        self._line.send(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        self._line.settle()

    def _claim(self, workspace_id: str) -> None:
        """It has them all."""

    def _connected(self) -> Pipeline:
        return connect(self._url, patient=True)
