"""Where a database stands, whatever its schema: asked before it is migrated. Clause 2.1."""

from __future__ import annotations

from pathlib import Path

from silkroad.kit.scope import INSTALLATION

from .driver import EVERYWHERE
from .sqlite import SqliteConnection

_ENTER = f"SELECT set_config('silkroad.workspace', '{INSTALLATION}', true)"
_REGION = f"SELECT region FROM places WHERE workspace_id = '{INSTALLATION}'"  # noqa: S608 - a constant


def in_file(database: Path) -> str:
    """Return the region that a SQLite file is marked with; empty: none, or no file."""
    if not database.exists():
        return ""
    connection = SqliteConnection(database, writes=False)
    try:
        has = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'places'", (), EVERYWHERE
        )
        found = connection.execute(_REGION, (), EVERYWHERE) if has else []
        return str(found[0][0]) if found else ""
    finally:
        connection.close()


def in_postgres(owner_url: str) -> str:
    """Return the same of a PostgreSQL, as the owner of its tables. Raises Unreachable."""
    from .postgres import Owner  # noqa: PLC0415 - psycopg is an extra

    with Owner(owner_url) as owner:
        ((has,),) = owner.execute("SELECT to_regclass('places') IS NOT NULL")
        owner.execute(_ENTER)
        found = owner.execute(_REGION) if has else []
        return str(found[0][0]) if found else ""
