"""Migrations: one dated, forward-only line, made by alembic, run on the product's own driver.

Alembic writes the SQL (its offline mode); the engine runs it in one transaction, on the same
SQLite that the product uses. A test compares the result with the declared tables.
"""

from __future__ import annotations

import io
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

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
    return str(_scripts().get_current_head())


def versions() -> list[str]:
    return [script.revision for script in _scripts().walk_revisions()]


def sql(current: str | None, dialect: str = "sqlite") -> str:
    """Return the SQL that leads from a version (None: from nothing) to the newest one."""
    config, scripts = _config(), _scripts()
    output = io.StringIO()
    with EnvironmentContext(
        config,
        scripts,
        fn=lambda revision, _context: scripts._upgrade_revs(  # noqa: SLF001 - alembic's own recipe
            "head", revision
        ),
        as_sql=True,
        starting_rev=current,
        destination_rev="head",
    ) as environment:
        environment.configure(
            dialect_name=dialect,
            as_sql=True,
            output_buffer=output,
            transactional_ddl=False,
        )
        environment.run_migrations()
    return output.getvalue()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
