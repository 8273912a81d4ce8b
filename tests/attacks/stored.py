"""What lies in the database, read beside the running server without ever writing to it.

One function per engine reads the tables; everything else is the same for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

import apsw
import psycopg
from psycopg import sql

from tests.harness.server import Server

Row = tuple[Any, ...]
ID = re.compile(r"\b[a-z]{3}_[a-z2-7]{26}\b")
TRY = re.compile(rb'"(looks|tries)":\d+')
WAKING = {"SendWake", "SendNotice"}  # jobs that come again under another id, try by try
QUEUE = "jobs"  # the worker takes rows away when it has done them, whoever asks
GOES = {QUEUE, "code_challenges", "passkey_challenges", "tickets"}  # when its time is over
HOUSEKEEPING = {"consumers"}  # how far the product's own work has come
CLOCK_DRIVEN = {
    ("sessions", "seen_at"),  # noted, and changes nothing
    ("devices", "used_at"),
    ("wakes", "due_at"),  # who was written to is woken seconds later, and again if need be
    ("wakes", "sent_at"),
    (QUEUE, "run_at"),  # a job that failed or waits is put off
    (QUEUE, "attempts"),
}


class Table(NamedTuple):
    """One table as it is now."""

    name: str
    columns: list[str]
    rows: list[Row]


def _sqlite(server: Server) -> Iterator[Table]:
    path, flags = str(server.data / "silkroad.db"), apsw.SQLITE_OPEN_READONLY
    with closing(apsw.Connection(path, flags=flags)) as file:
        found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in found:
            columns = [str(row[1]) for row in file.execute(f'PRAGMA table_info("{name}")')]
            rows = file.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - a name from the schema itself
            yield Table(str(name), columns, rows)


def _postgresql(server: Server) -> Iterator[Table]:
    with psycopg.connect(server.superuser_url) as connection:
        found = connection.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) "
            "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1"
        ).fetchall()
        for name, columns in found:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
            yield Table(str(name), columns, rows.fetchall())


READERS: dict[str, Callable[[Server], Iterator[Table]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
"""How to read the tables of each database engine past the product and its guard."""


def tables(server: Server) -> Iterator[Table]:
    """Yield all tables but the product's own housekeeping."""
    return (table for table in READERS[server.engine](server) if table.name not in HOUSEKEEPING)


def find(server: Server, table: str, **known: str) -> dict[str, Any]:
    """Return the first row of a table in which these columns have these values."""
    return next(row for row in all_of(server, table) if known.items() <= row.items())


def all_of(server: Server, table: str) -> list[dict[str, Any]]:
    """Return the rows of one table by their columns."""
    (found,) = (t for t in tables(server) if t.name == table)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def rows(server: Server) -> set[Row]:
    """Return every row of every table."""
    return set(_steady(server))


def rows_about(server: Server, names: set[str]) -> set[Row]:
    """Return every row of every table in which one of these ids stands, in the clear or in JSON."""
    return {row for row in _steady(server) if names & set(ID.findall(_text(row)))}


def changes(before: set[Row], after: set[Row]) -> list[Row]:
    """Return the rows that came, went or changed; what is done or over and gone is no change."""
    return sorted(
        (row for row in before ^ after if not (row[0] in GOES and row in before)), key=repr
    )


def ids_of(server: Server, workspace_id: str) -> set[str]:
    """Return all ids that stand in a workspace's own rows."""
    own = [row for row in _steady(server) if workspace_id in row]
    return {name for row in own for name in ID.findall(_text(row))}


def _steady(server: Server) -> Iterator[Row]:
    """Yield all rows, each behind its table's name, without what only the clock drives."""
    for table in tables(server):
        keep = [(table.name, column) not in CLOCK_DRIVEN for column in table.columns]
        for row in table.rows:
            kept = (table.name, *(value for value, kept in zip(row, keep, strict=True) if kept))
            yield _whichever_try(kept) if WAKING & set(kept) else kept


def _whichever_try(job: Row) -> Row:
    """Return the job of a wake the same whether it is the first or another try of it."""
    return (
        job[0],
        *(
            TRY.sub(b"", value) if isinstance(value, bytes) else value
            for value in job
            if not (isinstance(value, int) or str(value).startswith("job_"))
        ),
    )


def _text(row: Row) -> str:
    return " ".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row
    )
