"""Migrations: one dated, forward-only line, made by alembic, run on the product's own driver.

Alembic writes the SQL (its offline mode); the engine runs it in one transaction, on the same
SQLite that the product uses. A test compares the result with the declared tables.
"""

from __future__ import annotations

from pathlib import Path

from silkroad.engines.database.sqlite import Connection

HERE = Path(__file__).parent
_VERSION = "SELECT version_num FROM alembic_version"
_HAS_VERSION = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"


class SchemaTooNew(Exception):
    """The data was written by a newer Silkroad; going back is not possible."""


def migrate(database: Path) -> str:
    """Bring a database file to the newest schema and return its version.

    Raises SchemaTooNew.
    """
    connection = Connection(database, writes=True)
    try:
        known = connection.execute(_HAS_VERSION)
        current = str(connection.execute(_VERSION)[0][0]) if known else None
        head = newest()
        if current not in (*versions(), None):
            raise SchemaTooNew(f"The data has schema {current}; this Silkroad knows up to {head}.")
        if current != head:
            from .script import sql  # noqa: PLC0415 - alembic is loaded only when needed

            connection.script("BEGIN IMMEDIATE")
            try:
                connection.script(sql(current))
                connection.script("COMMIT")
            except BaseException:
                connection.roll_back()
                raise
        return head
    finally:
        connection.close()


def newest() -> str:
    """Return the newest version."""
    return versions()[-1]


def versions() -> list[str]:
    """Return all versions in order; each file's name begins with its date and number."""
    files = sorted((HERE / "versions").glob("[0-9]*.py"))
    return ["_".join(file.stem.split("_")[:2]) for file in files]
