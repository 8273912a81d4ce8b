"""What lies in the database file, read beside the running server without ever writing to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw

Row = tuple[Any, ...]
ID = re.compile(r"\b[a-z]{3}_[a-z2-7]{26}\b")
HOUSEKEEPING = {"jobs", "consumers"}  # how far the product's own work has come, whoever asks
UNSTEADY = {("sessions", "seen_at"), ("devices", "used_at")}  # noted, and changes nothing


def one(data: Path, sql: str, *values: Any) -> Any:
    """Return the first value of the first row."""
    with closing(_open(data)) as file:
        return file.execute(sql, values).fetchall()[0][0]


def rows_about(data: Path, names: set[str]) -> set[Row]:
    """Return every row of every table in which one of these ids stands, in the clear or in JSON."""
    return {row for row in _rows(data) if names & set(ID.findall(_text(row)))}


def ids_of(data: Path, workspace_id: str) -> set[str]:
    """Return all ids that stand in a workspace's own rows."""
    own = [row for row in _rows(data) if workspace_id in row]
    return {name for row in own for name in ID.findall(_text(row))}


def _rows(data: Path) -> Iterator[Row]:
    """Yield all rows, each behind its table's name."""
    with closing(_open(data)) as file:
        for table in _tables(file):
            steady = [c for c in _columns(file, table) if (table, c) not in UNSTEADY]
            columns = ", ".join(f'"{column}"' for column in steady)
            for row in file.execute(f'SELECT {columns} FROM "{table}"'):  # noqa: S608 - names from the schema itself
                yield (table, *row)


def _tables(file: apsw.Connection) -> list[str]:
    found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [str(name) for (name,) in found if name not in HOUSEKEEPING]


def _columns(file: apsw.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in file.execute(f'PRAGMA table_info("{table}")')]


def _text(row: Row) -> str:
    return " ".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row
    )


def _open(data: Path) -> apsw.Connection:
    return apsw.Connection(str(data / "silkroad.db"), flags=apsw.SQLITE_OPEN_READONLY)
