"""Migrations: one dated, forward-only line, made by alembic, run on the product's own drivers.

Alembic writes the SQL (its offline mode); the engine runs it in one transaction, on the same
database that the product uses. A test compares the result with the declared tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from silkroad.engines.database.driver import Row
from silkroad.engines.database.sqlite import SqliteConnection

HERE = Path(__file__).parent
_VERSION = "SELECT version_num FROM alembic_version"
_HAS_VERSION = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version'",
}


class SchemaTooNew(Exception):
    """The data was written by a newer Silkroad; going back is not possible."""


class Migrated(Protocol):
    """What runs the line: a connection inside a transaction, or one that has begun none."""

    def execute(self, sql: str, parameters: Row = (), workspace_id: str = "") -> list[Row]: ...

    def script(self, sql: str) -> None: ...


def migrate(database: Path, vfs: str | None = None) -> str:
    """Bring a SQLite file to the newest schema and return its version.

    Raises SchemaTooNew.
    """
    connection = SqliteConnection(database, writes=True, vfs=vfs)
    try:
        connection.script("BEGIN IMMEDIATE")
        try:
            advance(connection, "sqlite")
            connection.script("COMMIT")
        except BaseException:
            connection.roll_back()
            raise
        return newest()
    finally:
        connection.close()


def migrate_postgres(owner_url: str, server_url: str) -> str:
    """Bring a PostgreSQL database to the newest schema, and put the guard on it for the role that
    the server comes as; return the version. Raises SchemaTooNew, Unreachable.
    """
    from silkroad.engines.database.postgres import (  # noqa: PLC0415 - psycopg is an extra
        Owner,
        guard_sql,
        role_in,
    )

    with Owner(owner_url) as owner:
        advance(owner, "postgresql")
        owner.script(guard_sql(owner, role_in(server_url)))
    return newest()


def advance(connection: Migrated, dialect: str) -> None:
    """Run what is missing of the line. Raises SchemaTooNew."""
    current = version(connection, dialect)
    if current not in (*versions(), None):
        raise SchemaTooNew(f"The data has schema {current}; this Silkroad knows up to {newest()}.")
    if current != newest():
        from .script import sql  # noqa: PLC0415 - alembic is loaded only when needed

        connection.script(sql(current, dialect))


def version(connection: Migrated, dialect: str) -> str | None:
    """Return where in the line a database is; None when it is empty."""
    if not connection.execute(_HAS_VERSION[dialect]):
        return None
    return str(connection.execute(_VERSION)[0][0])


def newest() -> str:
    """Return the newest version."""
    return versions()[-1]


def versions() -> list[str]:
    """Return all versions in order; each file's name begins with its date and number."""
    files = sorted((HERE / "versions").glob("[0-9]*.py"))
    return ["_".join(file.stem.split("_")[:2]) for file in files]
