"""All rows there are, table by table: read from one snapshot, and written into another database.

Only for moving an installation as a whole (``silkroad.archive``). The SQL is made from the declared
tables. On PostgreSQL it obeys the guard as everybody does: it enters one workspace after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Table

from silkroad.kit.scope import INSTALLATION

from .driver import EVERYWHERE, Connection, Row
from .statement import EVERY_STATEMENT, WORKSPACE
from .tables import metadata

PAGE = 500
_VERSION = "SELECT version_num FROM alembic_version"


def columns() -> dict[str, list[str]]:
    """Return the columns of each table; a table comes after those that its rows belong to."""
    return {
        str(table.name): list(map(str, table.columns.keys())) for table in metadata.sorted_tables
    }


def numbered() -> list[str]:
    """Return the tables whose rows the database numbers by itself."""
    return [str(table.name) for table in metadata.sorted_tables if "row" in table.c]


class Rows:
    """The rows of a database, over a connection that somebody else began a transaction on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._on_postgres = connection.dialect == "postgresql"

    def version(self) -> str:
        return str(self._connection.execute(_VERSION, (), EVERYWHERE)[0][0])

    def workspaces(self) -> list[str]:
        """Return the ids of all workspaces that have a row, the installation's own first."""
        found: set[str] = set()
        for table in metadata.sorted_tables:
            if not self._on_postgres or (table.name, "SELECT") in _reach():
                sql = f'SELECT DISTINCT "{WORKSPACE}" FROM "{table.name}"'  # noqa: S608 - a declared table's name
                found.update(row[0] for row in self._connection.execute(sql, (), EVERYWHERE))
        return [INSTALLATION, *sorted(found - {INSTALLATION})]

    def pages(self, table: str, workspaces: Iterable[str]) -> Iterator[list[Row]]:
        """Yield a table's rows; those of a workspace, or of a whole SQLite, in order of their key.

        On SQLite a workspace's rows need not lie together, so all are read in one go there.
        """
        for workspace_id in workspaces if self._on_postgres else [EVERYWHERE]:
            yield from self._pages(metadata.tables[table], workspace_id)

    def count(self) -> int:
        """Return how many rows a SQLite has."""
        queries = [f'SELECT count(*) FROM "{name}"' for name in columns()]  # noqa: S608 - as above
        return sum(self._connection.execute(sql, (), EVERYWHERE)[0][0] for sql in queries)

    def add(self, table: str, rows: list[Row], *, again: bool = False) -> None:
        """Write rows. Returns when all are in.

        Raises Violated when the key of one is there already; ``again`` leaves it as it is then.
        """
        names = columns()[table]
        sql = (
            f'INSERT INTO "{table}" ({_listed(names)}) '  # noqa: S608 - as above
            f"VALUES ({', '.join(self._places(len(names)))})"
            f"{' ON CONFLICT DO NOTHING' if again else ''}"
        )
        workspace_of = itemgetter(names.index(WORKSPACE))
        for workspace_id, some in groupby(sorted(rows, key=workspace_of), workspace_of):
            self._connection.execute_many(sql, list(some), workspace_id)
            self._connection.execute("SELECT 1", (), workspace_id)  # hears how it went

    def _pages(self, table: Table, workspace_id: str) -> Iterator[list[Row]]:
        at = [table.columns.keys().index(column.name) for column in table.primary_key]
        mine = () if workspace_id == EVERYWHERE else (workspace_id,)
        after: Row = ()
        while True:
            sql = self._select(table, one=bool(mine), first=not after)
            rows = self._connection.execute(sql, (*mine, *after), workspace_id)
            if rows:
                yield rows
            if len(rows) < PAGE:
                return
            after = tuple(rows[-1][place] for place in at)

    def _select(self, table: Table, *, one: bool, first: bool) -> str:
        keys = table.primary_key.columns.keys()
        places = self._places(one + len(keys))
        conditions = [f'"{WORKSPACE}" = {places[0]}'] if one else []
        if not first:
            conditions.append(f"({_listed(keys)}) > ({', '.join(places[one:])})")
        where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        return (
            f'SELECT {_listed(table.columns.keys())} FROM "{table.name}" '  # noqa: S608 - declared names
            f"{where}ORDER BY {_listed(keys)} LIMIT {PAGE}"
        )

    def _places(self, count: int) -> list[str]:
        return [f"${number}" if self._on_postgres else "?" for number in range(1, count + 1)]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _reach() -> set[tuple[str, str]]:
    """Return what PostgreSQL's guard lets be seen of all workspaces at once."""
    return set().union(*(statement.reach for statement in EVERY_STATEMENT))


def numbering_sql(highest: dict[str, int]) -> list[str]:
    """Return what lets PostgreSQL's own numbers go on behind the highest ones, as the owner.

    It never takes a number back that was given already.
    """
    return [
        f"SELECT setval(s, greatest({number}, coalesce(pg_sequence_last_value(s::regclass), 1))) "  # noqa: S608 - a number, and a name from our own schema
        f"FROM pg_get_serial_sequence('\"{table}\"', 'row') AS s"
        for table, number in highest.items()
        if number
    ]
